CREATE TABLE items (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE ticks (id serial PRIMARY KEY, at timestamptz DEFAULT now());
INSERT INTO items (name) SELECT 'item ' || n FROM generate_series(1, 1000) n;
