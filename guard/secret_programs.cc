#include "guard/secret_programs.h"

#include <algorithm>

namespace composelint::guard {

namespace {

constexpr std::string_view kMysqlFlags = "ABCEHNTXbfnqrstvw";
constexpr LetterRow kLetters[] = {
    {"mysql", "p", "", kMysqlFlags},
    {"mysqldump", "p", "", kMysqlFlags},
    {"mysqladmin", "p", "", kMysqlFlags},
    {"mysqlimport", "p", "", kMysqlFlags},
    {"mysqlcheck", "p", "", kMysqlFlags},
    {"mysqlshow", "p", "", kMysqlFlags},
    {"mysqlbinlog", "p", "", kMysqlFlags},
    {"mysqlpump", "p", "", kMysqlFlags},
    {"mysqlslap", "p", "", kMysqlFlags},
    {"mysql_upgrade", "p", "", kMysqlFlags},
    {"mysqlsh", "p", "", ""},
    {"mariadb", "p", "", kMysqlFlags},
    {"mariadb-dump", "p", "", kMysqlFlags},
    {"mariadb-admin", "p", "", kMysqlFlags},
    {"mariadb-binlog", "p", "", kMysqlFlags},
    {"mariadb-check", "p", "", kMysqlFlags},
    {"mariadb-import", "p", "", kMysqlFlags},
    {"mariadb-upgrade", "p", "", kMysqlFlags},
    {"mariabackup", "p", "", ""},
    {"mariadb-backup", "p", "", ""},
    {"xtrabackup", "p", "", ""},
    {"mydumper", "p", "", ""},
    {"myloader", "p", "", ""},
    {"sshpass", "p", "", "ve"},
    {"mongo", "p", "", ""},
    {"mongosh", "p", "", ""},
    {"mongodump", "p", "", "v"},
    {"mongorestore", "p", "", "v"},
    {"mongoexport", "p", "", "v"},
    {"mongoimport", "p", "", "v"},
    {"mongostat", "p", "", "v"},
    {"mongotop", "p", "", "v"},
    {"redis-cli", "a", "", ""},
    {"redis-benchmark", "a", "", ""},
    {"valkey-cli", "a", "", ""},
    {"valkey-benchmark", "a", "", ""},
    {"keydb-cli", "a", "", ""},
    {"curl", "b", "uUE", "#0123456BGIJLMNOSafgijklnpqsv"},
    {"http", "", "a", ""},
    {"https", "", "a", ""},
    {"sqlcmd", "P", "", "CIE"},
    {"osql", "P", "", ""},
    {"tsql", "P", "", ""},
    {"bcp", "P", "", ""},
    {"ldapsearch", "w", "", "xvnZLA"},
    {"ldapmodify", "w", "", "xvnZac"},
    {"ldapadd", "w", "", "xvnZc"},
    {"ldapdelete", "w", "", "xvnZcr"},
    {"ldapwhoami", "w", "", "xvnZ"},
    {"ldappasswd", "asw", "", "xvnZSA"},
    {"cqlsh", "p", "", ""},
    {"cypher-shell", "p", "", ""},
    {"couchbase-cli", "p", "", ""},
    {"cbq", "p", "", ""},
    {"login", "p", "", ""},
    {"az", "p", "", ""},
    {"zip", "P", "", "rjqmu9"},
    {"unzip", "P", "", "oqntlvjp"},
    {"7z", "p", "", ""},
    {"7za", "p", "", ""},
    {"7zr", "p", "", ""},
    {"7zz", "p", "", ""},
    {"rar", "p", "", "h"},
    {"unrar", "p", "", ""},
    {"mosquitto_pub", "P", "", ""},
    {"mosquitto_sub", "P", "", ""},
    {"ipmitool", "P", "", ""},
    {"useradd", "p", "", ""},
    {"usermod", "p", "", ""},
    {"elasticsearch-users", "p", "", ""},
    {"kcadm.sh", "p", "", ""},
    {"add-user-keycloak.sh", "p", "", ""},
    {"add-user.sh", "p", "", ""},
    {"rabbitmqadmin", "p", "", ""},
    {"register_new_matrix_user", "p", "", ""},
    {"odoo", "w", "", ""},
    {"odoo-bin", "w", "", ""},
};

constexpr OptionRow kOptions[] = {
    {"", "--env --build-arg --from-literal --label", '='},
    {"", "--dbpass --bearer --otp --license-key"},
    {"curl", "--user --proxy-user --cert --proxy-cert", ':'},
    {"curl", "--oauth2-bearer"},
    {"http", "--auth", ':'},
    {"https", "--auth", ':'},
    {"etcdctl", "--user", ':'},
    {"smbclient", "-U --user", '%'},
    {"rpcclient", "-U --user", '%'},
    {"net", "-U --user", '%'},
    {"lftp", "-u --user", ','},
    {"keytool",
     "-storepass -keypass -new -srcstorepass -deststorepass -srckeypass -destkeypass -storepasswd"},
    {"jarsigner", "-storepass -keypass"},
    {"openssl", "-k -K"},
    {"influx", "-t -p -password"},
    {"ssh-keygen", "-N -P"},
    {"swaks", "-ap"},
    {"nodetool", "-pw"},
    {"snmpget", "-c -A -X"},
    {"snmpset", "-c -A -X"},
    {"snmpwalk", "-c -A -X"},
    {"aws", "--secret-string --secret-binary --master-user-password"},
    {"gh", "-b --body"},
    {"rar", "-hp"},
};

constexpr PlaceRow kPlaces[] = {
    {"ansible-vault", "encrypt_string"},
    {"bundle", "config", 1, ':'},
    {"drush", "upwd", 2},
    {"drush", "user-password", 2},
    {"drush", "user:password", 2},
    {"etcdctl", "add", 1, ':'},
    {"etcdctl", "passwd", 2},
    {"exp", "", 1, '/'},
    {"expdp", "", 1, '/'},
    {"htpasswd", "", 0, 0, 'b'},
    {"imp", "", 1, '/'},
    {"impdp", "", 1, '/'},
    {"isql", "", 3},
    {"mc", "add", 3},  // admin user add ALIAS KEY SECRET
    {"mc", "set", 3},  // alias set ALIAS URL KEY SECRET
    {"mattermost", "password", 2},
    {"minio-client", "add", 3},
    {"minio-client", "set", 3},
    {"mkpasswd", ""},
    {"mosquitto_passwd", "", 0, 0, 'b'},
    {"openssl", "passwd"},
    {"rabbitmqctl", "add_user", 2},
    {"rabbitmqctl", "authenticate_user", 2},
    {"rabbitmqctl", "change_password", 2},
    {"rclone", "obscure"},
    {"rman", "target", 1, '/'},
    {"sqlldr", "", 1, '/'},
    {"sqlplus", "", 1, '/'},
    {"vault", "login"},
    {"vault", "lookup"},
    {"vault", "patch", 2, '='},
    {"vault", "put", 2, '='},
    {"vault", "renew"},
    {"vault", "revoke"},
    {"vault", "unseal"},
    {"vault", "unwrap"},
    {"vault", "write", 2, '='},
};

constexpr std::string_view kAsking[] = {"psql",       "pg_dump",  "pg_dumpall",
                                        "pg_restore", "createdb", "createuser",
                                        "dropdb",     "vacuumdb", "pg_basebackup"};

constexpr std::string_view kByInput[] = {
    "chpasswd",         "smbpasswd",       "cryptsetup", "kinit",
    "--password-stdin", "--passphrase-fd", "--stdin",    "--with-token",
    "--token-stdin",    "--pass-stdin",    "stdin"};

struct AheadRow {
  std::string_view word;
  std::size_t ahead;
};
constexpr AheadRow kAhead[] = {
    {"fos:user:change-password", 2},
    {"masterauth", 1},  // redis-cli CONFIG SET
    {"primaryauth", 1},
    {"requirepass", 1},
    {"reset-admin-password", 1},  // grafana-cli admin
    {"security:hash-password", 1},
    {"set-initial-password", 1},  // neo4j-admin
    {"set-password", 2},
};

}  // namespace

std::span<const LetterRow> letter_rows() {
  return kLetters;
}

std::span<const OptionRow> option_rows() {
  return kOptions;
}

std::span<const PlaceRow> place_rows() {
  return kPlaces;
}

bool asks_for_password(std::string_view program) {
  return std::find(std::begin(kAsking), std::end(kAsking), program) != std::end(kAsking);
}

bool takes_secret_by_input(std::string_view word) {
  return std::find(std::begin(kByInput), std::end(kByInput), word) != std::end(kByInput);
}

std::size_t secret_ahead(std::string_view word) {
  for (const AheadRow& row : kAhead) {
    if (row.word == word) return row.ahead;
  }
  return 0;
}

}  // namespace composelint::guard
