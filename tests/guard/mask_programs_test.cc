#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "guard/mask.h"

namespace composelint::guard {
namespace {

using Words = std::vector<std::string>;

TEST(MaskPrograms, HidesWhatTheirWordsHold) {
  // Masked: what has "canary" in it.
  const Words rows[] = {
      {"redis-cli", "ACL", "SETUSER", "x", "on", ">canary", "allkeys"},
      {"redis-cli", "acl", "setuser", "x", "#canary"},
      {"redis-cli", "-u", "redis://canary@h", "flushall"},
      {"redis-cli", "MIGRATE", "h", "6379", "", "0", "1000", "AUTH", "canary"},
      {"rabbitmqctl", "-n", "x", "add_user", "u", "canary"},
      {"rabbitmqctl", "change_password", "u", "canary"},
      {"rabbitmqadmin", "-u", "x", "-p", "canary", "declare", "queue"},
      {"php", "bin/console", "fos:user:change-password", "u", "canary"},
      {"php", "bin/console", "security:hash-password", "canary"},
      {"drush", "upwd", "admin", "canary"},
      {"vendor/bin/drush", "user:password", "admin", "canary"},
      {"drush", "config:set", "x.y", "api_key", "canary"},
      {"wp", "config", "create", "--dbname=a", "--dbpass=canary"},
      {"wp", "user", "create", "x", "y", "--user_pass=canary"},
      {"wp", "core", "install", "--admin_password=canary"},
      {"wp", "config", "set", "AUTH_KEY", "canary"},
      {"wp", "option", "update", "stripe_secret_key", "canary"},
      {"php", "occ", "config:system:set", "smtppassword", "--value=canary"},
      {"php", "occ", "config:system:set", "secret", "--value", "canary"},
      {"vault", "kv", "patch", "secret/x", "a=canary"},
      {"vault", "kv", "put", "-mount=secret", "x", "a=canary"},
      {"consul", "kv", "put", "app/db_password", "canary"},
      {"keycloak/bin/add-user-keycloak.sh", "-u", "x", "-p", "canary"},
      {"bundle", "config", "set", "gems.x.com", "u:canary"},
      {"curl", "-E", "cert:canary", "http://x"},
      {"curl", "--cert", "c.pem:canary", "http://x"},
      {"odoo", "-d", "x", "-w", "canary"},
      {"airflow", "users", "create", "-u", "a", "-p", "canary"},
      {"gitea", "admin", "user", "change-password", "-u", "x", "-p", "canary"},
      {"minio-client", "alias", "set", "x", "http://y", "canary", "canary"},
      {"flyway", "-url=jdbc:oracle:thin:u/canary@//h:1521/x", "migrate"},
      {"curl", "https://api.telegram.org/bot123:canary/sendMessage"},
      {"rake", "users:create[a,canary]"},
      {"rake", "admin:reset_password[canary]"},
      {"app", "create-user", "u", "canary"},
      {"php", "artisan", "user:create", "a", "a@b.c", "canary"},
      {"app", "users", "add", "u", "canary"},
      {"app", "login", "u", "canary"},
      {"app", "-u", "u", "-p", "canary"},
      {"app", "-p", "canary", "-u", "u"},
      {"app", "--pin", "canary"},
      {"vault", "token", "revoke", "canary"},
      {"curl", "-X", "POST", "http://h/?a=1&sig=canary"},
      {"composer", "config", "http-basic.x.com", "u", "canary"},
      {"sh", "-c", "read -r P <<<canary; ./x"},
  };
  const Mask mask;
  for (const Words& row : rows) {
    const Words masked = mask.argv(row);
    ASSERT_EQ(masked.size(), row.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
      EXPECT_EQ(masked[i].find("canary"), std::string::npos) << masked[i];
      if (row[i].find("canary") == std::string::npos) {
        EXPECT_EQ(masked[i], row[i]);
      }
    }
  }
}

TEST(MaskPrograms, HidesStringsOfProgramTexts) {
  const struct {
    const char* text;
    const char* masked;
  } rows[] = {
      {"db.changeUserPassword(\"u\",\"canary\")", "db.changeUserPassword(\"***\",\"***\")"},
      {"db.auth('u', 'canary')", "db.auth('***', '***')"},
      {"db.getUsers(); db.auth({user: \"u\", pwd: \"canary\"})",
       "db.getUsers(); db.auth({user: \"u\", pwd: \"***\"})"},
      {"User::first()->update(['password' => Hash::make('canary')])",
       "User::first()->update(['password' => ***'***')])"},
      {"$u->update(['password' => 'canary'])", "$u->update(['password' => '***'])"},
      {"save(Hash::make('canary'), 'x')", "save(Hash::make('***'), 'x')"},
      {"$h = bcrypt('canary'); save('x');", "$h = bcrypt('***'); save('x');"},
      {"echo password_hash('canary', PASSWORD_DEFAULT);",
       "echo password_hash('***', PASSWORD_DEFAULT);"},
      {"User.objects.create_superuser('a', 'b', 'canary')",
       "User.objects.create_superuser('***', '***', '***')"},
      {"select pgp_sym_encrypt(name, 'canary') from users",
       "select pgp_sym_encrypt(name, '***') from users"},
      {"select set_config('app.secret', 'canary', false)",
       "select set_config('app.secret', '***', false)"},
      {"update users set key = md5('canary') where id = 'a'",
       "update users set key = md5('***') where id = 'a'"},
      {"alter role x password U&'canary'", "alter role x password U&'***'"},
      {"insert into users (name, password) values ('a', 'canary')",
       "insert into users (name, password) values ('***', '***')"},
      {"insert into settings values ('smtp_password', 'canary')",
       "insert into settings values ('smtp_password', '***')"},
  };
  const Mask mask;
  for (const auto& row : rows) {
    EXPECT_EQ(mask.argv({"x", "-c", row.text}), (Words{"x", "-c", row.masked}));
  }
  for (const char* text : {
           "update users set password=crypt('canary', gen_salt('bf')) where id = 1",
           "update users set password = my_hash('canary')",
           "printf '%s\\n' canary canary | passwd x",
           "echo 'u:canary' | chpasswd",
           "echo h:5432:db:u:canary >> ~/.pgpass",
           "echo h:5432:db:u:canary | tee ~/.pgpass",
           "cat > ~/.pgpass <<E\nh:5432:db:u:canary\nE\n",
           "mongosh --eval \"db.changeUserPassword('u', 'canary')\"",
           "mongosh <<E\ndb.changeUserPassword('u', 'canary')\nE\n",
       }) {
    const std::string masked = mask.argv({"sh", "-c", text})[2];
    EXPECT_EQ(masked.find("canary"), std::string::npos) << masked;
  }
}

TEST(MaskPrograms, LeaveOrdinaryWords) {
  const Words rows[] = {
      {"psql", "-c", "select name from users where role = 'admin'"},
      {"psql", "-c", "select token_count('orders'), length('password')"},
      {"psql", "-c", "insert into users (name, role) values ('anna', 'admin')"},
      {"mongosh", "--eval", "db.users.find({name: 'anna'}).forEach(printjson)"},
      {"mongosh", "--eval", "db.createUser({user: 'anna', roles: ['readWrite']})"},
      {"python", "-c", "import auth; print('ready')"},
      {"rails", "runner", "puts User.find_by(name: 'anna').role"},
      {"sh", "-c", "grep -c token 'app.ini'; echo \"all done\""},
      {"sh", "-c", "grep root /etc/passwd | cut -d: -f1; echo ready"},
      {"sh", "-c", "chmod 600 ~/.pgpass; echo ready"},
      {"php", "occ", "config:system:set", "loglevel", "--value=2"},
      {"redis-cli", "ACL", "SETUSER", "x", "on", "~*", "+@all"},
      {"airflow", "webserver", "-p", "8080"},
      {"gitea", "admin", "user", "list", "-p", "2"},
      {"bundle", "config", "set", "mirror.x", "https://gems.x.com"},
      {"npm", "config", "set", "always-auth", "true"},
      {"kcadm.sh", "set-password", "-r", "shop", "--username", "anna"},
      {"docker", "compose", "config", "auth", "api"},
      {"etcdctl", "put", "/app/name", "shop"},
      {"curl", "https://api.telegram.org/bot", "http://x/a:b/"},
      {"redis-cli", "-u", "redis://cache:6379", "ping"},
  };
  const Mask mask;
  for (const Words& row : rows) EXPECT_EQ(mask.argv(row), row);
}

}  // namespace
}  // namespace composelint::guard
