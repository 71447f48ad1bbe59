#include "guard/mask.h"

#include <gtest/gtest.h>

#include "analyzer/compose/loader.h"
#include "tests/compose/memory_files.h"

namespace composelint::guard {
namespace {

using Words = std::vector<std::string>;

TEST(Mask, TakesSecretsOutOfArguments) {
  const struct {
    Words argv;
    Words masked;
  } rows[] = {
      {{"run", "-e", "A=canary", "app"}, {"run", "-e", "A=***", "app"}},
      {{"run", "-eA=canary", "app"}, {"run", "-eA=***", "app"}},
      {{"run", "--env", "A=canary"}, {"run", "--env", "A=***"}},
      {{"run", "--env=A=canary"}, {"run", "--env=A=***"}},
      {{"run", "-e", "A", "app"}, {"run", "-e", "A", "app"}},
      {{"env", "PGPASSWORD=canary", "x"}, {"env", "PGPASSWORD=***", "x"}},
      {{"tool", "--api-key", "canary", "x"}, {"tool", "--api-key", "***", "x"}},
      {{"tool", "--api-key=canary"}, {"tool", "--api-key=***"}},
      {{"tool", "--password-file", "f"}, {"tool", "--password-file", "f"}},
      {{"docker", "compose", "-p", "name", "exec", "db", "mysql", "-pcanary", "app"},
       {"docker", "compose", "-p", "name", "exec", "db", "mysql", "-p***", "app"}},
      {{"psql", "postgres://u:canary@db/app"}, {"psql", "postgres://u:***@db/app"}},
      {{"git", "https://canary@host/x"}, {"git", "https://***@host/x"}},
      {{"sh", "-c", "x PASSWORD=canary y; y --token canary z"},
       {"sh", "-c", "x PASSWORD=*** y; y --token *** z"}},
      {{"DB_PASSWORD=canary with blanks"}, {"DB_PASSWORD=***"}},
      {{"run", "--label", "tok=canary", "app"}, {"run", "--label", "tok=***", "app"}},
      {{"run", "-l", "tok=canary", "app"}, {"run", "-l", "tok=***", "app"}},
      {{"ls", "-l", "/srv"}, {"ls", "-l", "/srv"}},
      {{"sh", "-c", "PGPASSWORD=canary psql -c 'drop table t'"},
       {"sh", "-c", "PGPASSWORD=*** psql -c 'drop table t'"}},
      {{"bash", "-ec", "PGPASSWORD='canary x' psql -c 'drop table t'"},
       {"bash", "-ec", "PGPASSWORD=*** psql -c 'drop table t'"}},
      {{"env", "-c", "DB_PASSWORD=canary with blanks"}, {"env", "-c", "DB_PASSWORD=***"}},
      {{"curl", "https://h/x?token=canary&a=b"}, {"curl", "https://h/x?token=***&a=b"}},
      {{"curl", "https://h/x?a=b&token=canary"}, {"curl", "https://h/x?a=b&token=***"}},
      {{"sh", "-c", "printf '%s' canary > /run/pw"}, {"sh", "-c", "printf '***' *** > /run/pw"}},
      {{"sh", "-c", "echo canary>/run/secrets/db && ls"},
       {"sh", "-c", "echo ***>/run/secrets/db && ls"}},
      {{"sh", "-c", "echo 'a>canary' >> ~/.netrc"}, {"sh", "-c", "echo '***' >> ~/.netrc"}},
      {{"sh", "-c", "echo hello > /srv/motd"}, {"sh", "-c", "echo hello > /srv/motd"}},
      {{"curl", "-H", "Authorization: Bearer canary"}, {"curl", "-H", "Authorization: ***"}},
      {{"x", "{\"secret\": \"canary\", \"a\": 1}"}, {"x", "{\"secret\": \"***\", \"a\": 1}"}},
      {{"x", "key=value", "ssh://anna@host"}, {"x", "key=value", "ssh://anna@host"}},
  };
  const Mask mask;
  for (const auto& row : rows) EXPECT_EQ(mask.argv(row.argv), row.masked);
}

TEST(Mask, KnowsHowProgramsTakeTheirPasswords) {
  const struct {
    Words argv;
    Words masked;
  } rows[] = {
      {{"run", "-Te", "K=canary", "app"}, {"run", "-Te", "K=***", "app"}},
      {{"run", "-TeK=canary", "app"}, {"run", "-TeK=***", "app"}},
      {{"run", "-e=K=canary", "app"}, {"run", "-e=K=***", "app"}},
      {{"build", "--build-arg", "X=canary", "app"}, {"build", "--build-arg", "X=***", "app"}},
      {{"build", "--build-arg=X=canary"}, {"build", "--build-arg=X=***"}},
      {{"env", "DB_PASS=canary", "x"}, {"env", "DB_PASS=***", "x"}},
      {{"x", "--pass", "canary"}, {"x", "--pass", "***"}},
      {{"x", "--pass=canary", "--secret", "canary"}, {"x", "--pass=***", "--secret", "***"}},
      {{"x", "-password", "canary"}, {"x", "-password", "***"}},
      {{"mysql", "-u", "root", "-p", "canary"}, {"mysql", "-u", "root", "-p", "***"}},
      {{"mysqladmin", "password", "canary"}, {"mysqladmin", "password", "***"}},
      {{"mongosh", "-u", "a", "-p", "canary"}, {"mongosh", "-u", "a", "-p", "***"}},
      {{"redis-cli", "-a", "canary", "PING"}, {"redis-cli", "-a", "***", "PING"}},
      {{"redis-cli", "AUTH", "u", "canary"}, {"redis-cli", "AUTH", "***", "***"}},
      {{"redis-cli", "CONFIG", "SET", "requirepass", "canary"},
       {"redis-cli", "CONFIG", "SET", "requirepass", "***"}},
      {{"curl", "-u", "admin:canary", "http://x/"}, {"curl", "-u", "admin:***", "http://x/"}},
      {{"curl", "-su", "admin:canary"}, {"curl", "-su", "admin:***"}},
      {{"curl", "-uadmin:canary", "--user", "a:canary"},
       {"curl", "-uadmin:***", "--user", "a:***"}},
      {{"curl", "-H", "Cookie: a=canary; b=canary"}, {"curl", "-H", "Cookie: ***"}},
      {{"curl", "-H", "X-Api-Key: canary"}, {"curl", "-H", "X-Api-Key: ***"}},
      {{"rabbitmqctl", "add_user", "anna", "canary"}, {"rabbitmqctl", "add_user", "anna", "***"}},
      {{"openssl", "rsa", "-passin", "pass:canary"}, {"openssl", "rsa", "-passin", "pass:***"}},
      {{"x", "--dsn", "u:canary@tcp(db:3306)/app"}, {"x", "--dsn", "u:***@tcp(db:3306)/app"}},
      {{"x", "root:canary@db:3306"}, {"x", "root:***@db:3306"}},
      {{"x", "Server=db;Pwd=canary;Database=app"}, {"x", "Server=db;Pwd=***;Database=app"}},
      {{"x", "Server=db;Password=canary;"}, {"x", "Server=db;Password=***;"}},
      {{"sh", "-c", "mysql -pcanary -e 'drop database x'"},
       {"sh", "-c", "mysql -p*** -e 'drop database x'"}},
      {{"sh", "-c", "a; DB_PASS=canary cmd && redis-cli -a 'canary' x"},
       {"sh", "-c", "a; DB_PASS=*** cmd && redis-cli -a '***' x"}},
      {{"sh", "-c", "sh -c 'mongosh -p \"canary\"'"}, {"sh", "-c", "sh -c 'mongosh -p \"***\"'"}},
      {{"psql", "-c", "ALTER USER x WITH PASSWORD 'canary'"},
       {"psql", "-c", "ALTER USER x WITH PASSWORD '***'"}},
      {{"psql", "-c", "create role x login encrypted password 'it''s canary' in role y"},
       {"psql", "-c", "create role x login encrypted password '***' in role y"}},
      {{"psql", "-c", "ALTER USER x PASSWORD $$canary$$"},
       {"psql", "-c", "ALTER USER x PASSWORD $$***$$"}},
      {{"mysql", "-e", "CREATE USER x IDENTIFIED BY 'canary'"},
       {"mysql", "-e", "CREATE USER x IDENTIFIED BY '***'"}},
      {{"mysql", "-e", "SET PASSWORD FOR 'x'@'%' = PASSWORD('canary')"},
       {"mysql", "-e", "SET PASSWORD FOR 'x'@'%' = PASSWORD('***')"}},
      {{"mysql", "-e", "ALTER USER x IDENTIFIED WITH caching_sha2_password BY \"canary\""},
       {"mysql", "-e", "ALTER USER x IDENTIFIED WITH caching_sha2_password BY \"***\""}},
      {{"mongosh", "--eval", "db.createUser({user: 'a', pwd: 'canary', roles: []})"},
       {"mongosh", "--eval", "db.createUser({user: 'a', pwd: '***', roles: []})"}},
      {{"sh", "-c", "psql -c \"ALTER USER x PASSWORD 'canary'\""},
       {"sh", "-c", "psql -c \"ALTER USER x PASSWORD '***'\""}},
  };
  const Mask mask;
  for (const auto& row : rows) EXPECT_EQ(mask.argv(row.argv), row.masked);
}

TEST(Mask, KnowsTheWaysOfToolsThatNameNoPassword) {
  // Masked: each word, or part of one, that has "canary" in it.
  const Words rows[] = {
      {"keytool", "-list", "-storepass", "canary", "-keypass=canary"},
      {"jarsigner", "-storepass", "canary", "app.jar"},
      {"sqlplus", "-S", "scott/canary@db"},
      {"sqlplus", "scott/canary"},
      {"impdp", "scott/canary@db", "file=x"},
      {"htpasswd", "-b", "file", "anna", "canary"},
      {"htpasswd", "-nbB", "anna", "canary"},
      {"mosquitto_passwd", "-b", "file", "anna", "canary"},
      {"openssl", "enc", "-aes-256-cbc", "-k", "canary", "-in", "x"},
      {"openssl", "passwd", "canary"},
      {"openssl", "enc", "-pass", "pass:canary"},
      {"vault", "login", "canary"},
      {"vault", "login", "-no-store", "canary"},
      {"vault", "write", "secret/x", "value=canary", "other=canary"},
      {"vault", "kv", "put", "secret/x", "key=canary"},
      {"env", "VAULT_TOKEN=canary", "vault", "read", "x"},
      {"mc", "alias", "set", "x", "http://minio", "canary", "canary"},
      {"aws", "configure", "set", "aws_secret_access_key", "canary"},
      {"aws", "secretsmanager", "put-secret-value", "--secret-string", "canary"},
      {"npm", "config", "set", "//registry.example/:_authToken", "canary"},
      {"npm", "config", "set", "//registry.example/:_authToken=canary"},
      {"influx", "delete", "-t", "canary"},
      {"influx", "--token", "canary"},
      {"influx", "-password", "canary", "-execute", "drop database x"},
      {"smbclient", "-U", "anna%canary", "//host/x"},
      {"smbclient", "-Uanna%canary", "//host/x"},
      {"lftp", "-u", "anna,canary", "host"},
      {"ldappasswd", "-w", "canary", "-s", "canary"},
      {"etcdctl", "--user", "root:canary", "get", "x"},
      {"etcdctl", "user", "add", "anna:canary"},
      {"gpg", "--batch", "--passphrase", "canary", "-c", "x"},
      {"7z", "a", "-pcanary", "x.7z"},
      {"zip", "-r", "-P", "canary", "x.zip", "x"},
      {"ansible-vault", "encrypt_string", "canary"},
      {"kubectl", "create", "secret", "generic", "x", "--from-literal", "k=canary"},
      {"kubectl", "create", "secret", "generic", "x", "--from-literal=k=canary"},
      {"ssh-keygen", "-N", "canary", "-f", "x"},
      {"mosquitto_pub", "-u", "a", "-P", "canary"},
      {"neo4j-admin", "set-initial-password", "canary"},
      {"grafana-cli", "admin", "reset-admin-password", "canary"},
      {"curl", "--oauth2-bearer", "canary", "http://x/"},
      {"git", "clone", "https://anna:canary@host/x"},
      {"pip", "install", "--index-url", "https://anna:canary@host/simple", "x"},
      {"sh", "-c", "echo canary | docker login -u x --password-stdin; migrate"},
      {"sh", "-c", "echo 'anna:canary' | chpasswd; migrate"},
      {"sh", "-c", "printf '%s' \"canary\" | docker secret create x -"},
      {"sh", "-c", "echo canary | sudo -S migrate"},
      {"sh", "-c", "docker login -u x --password-stdin <<<canary"},
      {"sh", "-c", "docker login -u x --password-stdin <<< 'canary'"},
      {"sh", "-c", "chpasswd <<E\nanna:canary\nE\n"},
      {"sh", "-c", "P=canary; curl -u \"u:$P\" http://h"},
      {"sh", "-c", "export X='canary'; mysql -p${X} app"},
      {"sh", "-c", "vault login canary && keytool -storepass canary"},
      {"x", "ghp_canary0123456789abcdefghijklmnopq"},
      {"curl", "https://hooks.slack.com/services/T0/B0/canary0123456789abcd"},
  };
  const Mask mask;
  for (const Words& row : rows) {
    const Words masked = mask.argv(row);
    ASSERT_EQ(masked.size(), row.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
      EXPECT_EQ(masked[i].find("canary"), std::string::npos) << masked[i];
      if (row[i].find("canary") != std::string::npos) {
        EXPECT_NE(masked[i].find("***"), std::string::npos) << row[i];
      } else if (row[0] != "openssl") {
        EXPECT_EQ(masked[i], row[i]);
      }
    }
  }
}

TEST(Mask, HidesAHereDocumentToItsEnd) {
  for (const char* text : {"cat >/run/secrets/pw <<X\ncanary\nX\ntouch /y",
                           "cat >/run/secrets/pw <<-'X'\n\tcanary\n\tX\ntouch /y",
                           "cat >/run/secrets/pw << \"X\"\ncanary\nX\ntouch /y"}) {
    const std::string masked = Mask().argv({"sh", "-c", text}).back();
    EXPECT_EQ(masked.find("canary"), std::string::npos) << masked;
    EXPECT_NE(masked.find("touch /y"), std::string::npos) << masked;
  }
}

TEST(Mask, HidesNoVariableOfAnotherName) {
  EXPECT_EQ(Mask().argv({"sh", "-c", "P=plain; curl -u \"u:$PW\" h"}).back(),
            "P=plain; curl -u \"u:***\" h");
}

TEST(Mask, LeavesWhatAReaderNeeds) {
  const Words rows[] = {
      {"docker", "compose", "exec", "mysql", "openssl", "x509", "-keyform", "PEM", "-in", "x"},
      {"openssl", "req", "-key", "k.pem", "-passin", "env:PW"},
      {"htpasswd", "file", "anna"},
      {"keytool", "-list", "-alias", "x"},
      {"imp", "/srv/dump/x"},
      {"vault", "read", "secret/x"},
      {"mc", "ls", "x/y"},
      {"influx", "query", "from(bucket: 1)"},
      {"npm", "config", "set", "registry", "http://host/"},
      {"git", "config", "user.name", "anna"},
      {"sh", "-c", "echo ready | tee log; printf '%s' x"},
      {"sh", "-c", "cat <<E\nanna\nE\n"},
      {"x", "npm_config_cache", "glpat-short", "sk_live_x"},
      {"docker", "compose", "-p", "shop", "exec", "mysql", "sh"},
      {"docker", "compose", "exec", "-u", "1000:1000", "-T", "app", "x"},
      {"docker", "compose", "run", "-e", "DEBUG=1", "--build-arg", "FAST=true", "app"},
      {"psql", "--password", "-U", "postgres"},
      {"psql", "--no-password", "app"},
      {"mysql", "-u", "root", "-p", "--host", "db"},
      {"mysql", "--port=3306", "-P", "3306"},
      {"grep", "-e", "pattern", "file"},
      {"sh", "-ec", "a=1; b"},
      {"sh", "-c", "cd /srv && PWD=/srv ./tidy"},
      {"docker", "pull", "shop/app:1@sha256:0123"},
      {"git", "clone", "git@github.com:shop/app"},
      {"x", "--password-file", "/run/secrets/pw", "--token-path=/run/t"},
      {"pytest", "-k", "pass: 12, fail: 0"},
      {"psql", "-c", "SELECT password_changed FROM users"},
      {"psql", "-c", "ALTER USER x PASSWORD NULL"},
      {"curl", "-X", "POST", "http://x/login"},
  };
  const Mask mask;
  for (const Words& row : rows) EXPECT_EQ(mask.argv(row), row);
  const char* texts[] = {
      "password authentication failed for user \"postgres\"",
      "tests: pass=12 fail=0",
      "the primary key is identified by its name",
      "Authorization failed",
      "worker is at work",
      "2026-11-28T18:00:00Z ERROR app: cannot connect to db:5432",
  };
  for (const char* text : texts) EXPECT_EQ(mask.text(text), text);
}

TEST(Mask, HidesValuesOfTheArgumentsWhereverTheyAreQuoted) {
  Mask mask;
  mask.hide_argv({"docker", "compose", "run", "-e", "K=canary-e", "-e", "RAILS_ENV=production",
                  "-e", "TAG=1", "app", "sh", "-c", "redis-cli -a 'canary-\"a' x"});
  EXPECT_EQ(mask.text("canary-e of production 1"), "*** of production 1");
  EXPECT_EQ(mask.text("ERR canary-\"a"), "ERR ***");
  EXPECT_EQ(mask.text("ERR \"canary-\\\"a\""), "ERR \"***\"");
}

TEST(Mask, HidesWhatComposeQuotesOfAFileItCannotRead) {
  const Mask mask;
  EXPECT_EQ(mask.text("failed to read /p/.env: line 2: unexpected character \"\\\"\" in variable "
                      "name \"BROKEN canary \\\"x\""),
            "failed to read /p/.env: line 2: unexpected character \"\\\"\" in variable name ***");
  EXPECT_EQ(mask.text("yaml: unknown anchor 'canary's' referenced"),
            "yaml: unknown anchor '***' referenced");
  EXPECT_EQ(mask.text("line 5: cannot unmarshal !!str `canary` into map"),
            "line 5: cannot unmarshal !!str `***` into map");
  EXPECT_EQ(mask.text("failed to read /p/.env: required variable X is missing a value: canary"),
            "failed to read /p/.env: required variable X is missing a value: ***");
  EXPECT_EQ(mask.text("required variable X is missing a value: canary"),
            "required variable X is missing a value: ***");
  EXPECT_EQ(mask.text("error: required variable X is missing a value: set it in .env"),
            "error: required variable X is missing a value: set it in .env");
  EXPECT_EQ(mask.text("a.P: invalid interpolation format: \"${canary\"; you may need to escape it"),
            "a.P: invalid interpolation format: ***; you may need to escape it");
  EXPECT_EQ(mask.text("line 1: unterminated quoted value \"canary"),
            "line 1: unterminated quoted value ***");
}

TEST(Mask, LeavesWhatComposeIsSetUpBy) {
  const compose::MemoryFiles files(std::map<std::string, std::string>{
      {"/p/.env", "COMPOSE_PROJECT_NAME=shop-live\nTOKEN=canary-1\n"}});
  Mask mask;
  mask.hide_env_files(nullptr, {"/p/.env"}, files);
  EXPECT_EQ(mask.text("shop-live-app-1 canary-1"), "shop-live-app-1 ***");
}

TEST(Mask, HidesTheVariablesOfAFileThatIsRefused) {
  Mask mask;
  mask.hide_refused(
      "services:\n  app:\n    image: shop:1\n    environment:\n      SMTP_PASS: canary-mail\n"
      "      AT: @canary-at\n      STAR: *canary-star\n      - KEY=canary-list\n"
      "      - \"QUOTED=canary-quoted\"\n      api_token: canary-token\n"
      "      PEM: |\n        MIIcanaryMIIcanaryMIIcanary\n");
  EXPECT_EQ(mask.text("`SMTP_PASS: canary-mail` does not fit into the mapping above"),
            "`SMTP_PASS: ***` does not fit into the mapping above");
  EXPECT_EQ(mask.text("unknown anchor 'canary-star' referenced"),
            "unknown anchor '***' referenced");
  for (const char* seen : {"canary-at", "canary-list", "canary-quoted", "canary-token",
                           "MIIcanaryMIIcanaryMIIcanary"}) {
    EXPECT_EQ(mask.text(seen), "***");
  }
  EXPECT_EQ(mask.text("the image of app is shop:1"), "the image of app is shop:1");
}

TEST(Mask, HidesWhatFilesOfTheProjectHold) {
  compose::MemoryFiles files(
      {{"/p/compose.yaml",
        "services:\n"
        "  app:\n"
        "    image: shop/app\n"
        "    build: {context: ., args: {NPM_TOKEN: canary-arg, V: '1.2.3-rc'}}\n"
        "    secrets: [pw, own, short, same]\n"
        "  db:\n"
        "    image: postgres:16\n"
        "    environment: {POSTGRES_USER: shop, POSTGRES_PASSWORD: shop}\n"
        "secrets:\n"
        "  pw: {file: ./pw.txt}\n"
        "  own: {environment: OWN}\n"
        "  short: {file: ./short.txt}\n"
        "  same: {file: ./same.txt}\n"},
       {"/p/pw.txt", "canary-secretfile\n"},
       {"/p/short.txt", "tr4\n"},
       {"/p/same.txt", "db\n"},
       {"/p/other.env", "GOOD='canary-good'\nBROKEN canary-line \"x\n"}});
  text::SourceStore store(files, "/p");
  compose::LoadRequest request;
  request.working_directory = "/p";
  const auto loaded = compose::load(request, store);
  ASSERT_TRUE(loaded) << loaded.failure().message;
  Mask mask;
  const Mask::Environment environment = {{"OWN", "canary-variable"}};
  mask.hide_values(environment, &loaded->project);
  mask.hide_env_files(&loaded->project, {"/p/other.env"}, files);
  mask.hide_model(environment, loaded->model, "/p", files);
  for (const char* text : {"canary-secretfile", "canary-variable", "canary-good", "canary-line",
                           "canary-arg", "tr4"}) {
    EXPECT_EQ(mask.text("<" + std::string(text) + ">"), "<***>");
  }
  const std::string plain = "app and db of shop in /p: postgres:16 tr4ce 1.2.3-rc true 1";
  EXPECT_EQ(mask.text(plain), plain);
}

TEST(Mask, HidesWhatTheStackAndTheCallerHoldAndNothingPlain) {
  compose::MemoryFiles files({{"/p/compose.yaml",
                               "services:\n"
                               "  app:\n"
                               "    image: shop/app:2026-11\n"
                               "    env_file: app.env\n"
                               "    environment:\n"
                               "      LOGIN: canary-inline\n"
                               "      MODE: production\n"
                               "      PORT: '8080809'\n"
                               "      WHERE: /srv/data\n"
                               "      KEY_PEM: \"-----BEGIN-----\\ncanary-line\\n\"\n"
                               "      URL: redis://:canary-url@cache:6379\n"
                               "      REFERS: app\n"},
                              {"/p/app.env", "FROM_FILE=canary-file\n"},
                              {"/p/.env", "FROM_DOTENV=canary-dotenv\n"}});
  text::SourceStore store(files, "/p");
  compose::LoadRequest request;
  request.working_directory = "/p";
  const auto loaded = compose::load(request, store);
  ASSERT_TRUE(loaded) << loaded.failure().message;
  Mask mask;
  mask.hide_values({{"MY_TOKEN", "canary-own"}, {"EDITOR", "emacs-nox"}, {"OPAQUE_SECRET", "abc"}},
                   &loaded->project);
  for (const char* text : {"canary-inline", "canary-file", "canary-dotenv", "canary-line",
                           "canary-url", "canary-own"}) {
    EXPECT_EQ(mask.text("<" + std::string(text) + ">"), "<***>");
    EXPECT_EQ(mask.argv({"x" + std::string(text)}), Words{"x***"});
  }
  const std::string plain = "production 8080809 /srv/data emacs-nox app shop/app:2026-11";
  EXPECT_EQ(mask.text(plain), plain);
  EXPECT_EQ(mask.text("abc"), "***");
}

TEST(Mask, LetsNothingReachATerminal) {
  const Mask mask;
  EXPECT_EQ(mask.text("a\x1b[2Jb\r\n\xff"), "a\\x1b[2Jb\\x0d\\x0a\\xff");
}

}  // namespace
}  // namespace composelint::guard
