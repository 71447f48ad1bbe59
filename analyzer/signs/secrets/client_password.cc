#include "analyzer/signs/secrets/client_password.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/client_program.h"

namespace composelint {

namespace {

struct PasswordOption {
  std::string_view program;
  std::string_view option;
  bool attached = false;  // `-Psecret` as well
};

// From the manual of each.
constexpr std::array<PasswordOption, 26> kPasswordOptions = {{
    {"bcp", "-P", true},
    {"couchbase-cli", "-p", false},
    {"cqlsh", "-p", false},
    {"cypher-shell", "-p", false},
    {"influx", "-password", false},
    {"influx", "-t", false},
    {"isql-fb", "-p", false},
    {"ldapadd", "-w", true},
    {"ldapdelete", "-w", true},
    {"ldapmodify", "-w", true},
    {"ldappasswd", "-s", false},
    {"ldappasswd", "-w", true},
    {"ldapsearch", "-w", true},
    {"ldapwhoami", "-w", true},
    {"mosquitto_pub", "-P", true},
    {"mosquitto_sub", "-P", true},
    {"osql", "-P", true},
    {"rclone", "--pass", false},
    {"redis-cli", "--pass", false},
    {"redis-cli", "-a", false},
    {"slapcat", "-w", false},
    {"sqlcmd", "-P", true},
    {"sshpass", "-p", true},
    {"tsql", "-P", true},
    {"valkey-cli", "--pass", false},
    {"valkey-cli", "-a", false},
}};

struct PasswordVerb {
  std::string_view program;
  std::string_view verb;
  std::size_t behind;          // how many words behind the verb it stands
  std::string_view what = {};  // its name in the manual, where the verb is none for it
};

constexpr std::array<PasswordVerb, 6> kPasswordVerbs = {{
    {"mc", "set", 4, "SECRETKEY"},  // mc alias set ALIAS URL ACCESSKEY SECRETKEY
    {"neo4j-admin", "set-initial-password", 1},
    {"rabbitmqctl", "add_user", 2},
    {"rabbitmqctl", "change_password", 2},
    {"vault", "login", 1},
    {"vault", "unseal", 1},
}};

}  // namespace

std::optional<ClientPassword> password_at(std::string_view program,
                                          const std::vector<Argument>& words, std::size_t at) {
  const std::string_view text = words[at].text;
  const bool follows = at + 1 < words.size() && !words[at + 1].text.starts_with('-');
  if (is_mongo(program) && text == "-p" && follows) return ClientPassword{at + 1, 0, "-p"};
  for (const PasswordOption& row : kPasswordOptions) {
    if (row.program != program || !text.starts_with(row.option)) continue;
    if (text.size() == row.option.size() && words[at].holes.empty()) {
      if (follows) return ClientPassword{at + 1, 0, row.option};
    } else if (row.attached) {
      return ClientPassword{at, row.option.size(), row.option};
    }
  }
  // `htpasswd -b FILE USER PASSWORD`, `htpasswd -nbB USER PASSWORD`
  const bool batch = program == "htpasswd" || program == "mosquitto_passwd";
  if (batch && text.starts_with('-') && text.find('b') != std::string_view::npos) {
    const std::size_t word = at + (text.find('n') == std::string_view::npos ? 3 : 2);
    if (word < words.size()) return ClientPassword{word, 0, "-b"};
  }
  for (const PasswordVerb& row : kPasswordVerbs) {
    const std::size_t word = at + row.behind;
    if (row.program == program && text == row.verb && word < words.size() &&
        !words[word].text.starts_with('-')) {
      return ClientPassword{word, 0, row.what.empty() ? row.verb : row.what};
    }
  }
  return std::nullopt;
}

bool has_no_other_way(std::string_view text) {
  // From the manual of each.
  static constexpr std::array<std::string_view, 6> kPrograms = {"7z",   "7za", "7zr",
                                                                "gvmd", "zip", "unzip"};
  text = text.substr(text.find_last_of(";&|\n") + 1);  // npos + 1 is 0
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  text = text.substr(0, text.find_first_of(" \t"));
  text = text.substr(text.rfind('/') + 1);
  return std::find(kPrograms.begin(), kPrograms.end(), text) != kPrograms.end();
}

}  // namespace composelint
