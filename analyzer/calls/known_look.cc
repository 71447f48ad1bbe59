#include "analyzer/calls/known_look.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

#include "analyzer/calls/request_look.h"
#include "analyzer/calls/sed_look.h"
#include "analyzer/calls/statement_look.h"
#include "analyzer/calls/statements.h"
#include "analyzer/calls/told_more.h"
#include "analyzer/knowledge/interpreters.h"
#include "analyzer/knowledge/option_words.h"
#include "analyzer/knowledge/programs.h"
#include "analyzer/knowledge/vocabulary.h"
#include "analyzer/knowledge/vocabulary_match.h"

namespace composelint::calls {

namespace {

using Words = std::span<const Argument>;
using knowledge::matches_any;

// One line of options and operands, read by an allow list; none is left unread.
struct ReadLine {
  bool allowed = true;
  bool needed = false;  // an option that is asked for stands there
  std::vector<std::string_view> operands;
};

bool is_option(std::string_view text) {
  return text.size() > 1 && text.front() == '-';
}

ReadLine read_line(Words words, const LookRow& row) {
  ReadLine out;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view text = words[at].text;
    if (!is_option(text)) {
      out.operands.push_back(text);
      continue;
    }
    if (!matches_any(row.options, text) || row.options.empty()) out.allowed = false;
    if (!row.needs.empty() && matches_any(row.needs, text)) out.needed = true;
    // `remote -v`: an option in the place of a subcommand's subcommand.
    if (out.operands.size() == 1 && !row.verbs.empty()) {
      const std::string two = std::string(out.operands.front()) + " " + std::string(text);
      if (matches_any(row.verbs, two)) {
        out.operands.push_back(text);
        continue;
      }
    }
    if (!row.with_value.empty() && matches_any(row.with_value, text)) ++at;
  }
  out.needed = out.needed || row.needs.empty();
  return out;
}

// How many operands are the verb; nothing: it is none of them.
std::size_t verb_size(const LookRow& row, const std::vector<std::string_view>& operands) {
  if (operands.empty()) return 0;
  if (operands.size() > 1) {
    const std::string two = std::string(operands[0]) + " " + std::string(operands[1]);
    if (matches_any(row.verbs, two)) return 2;
  }
  return matches_any(row.verbs, operands[0]) ? 1 : 0;
}

bool by_row(const LookRow& row, Words words) {
  const ReadLine line = read_line(words, row);
  if (!line.allowed || !line.needed) return false;
  std::size_t verb = 0;
  if (!row.verbs.empty()) {
    verb = verb_size(row, line.operands);
    if (verb == 0) return false;
  }
  return row.operands < 0 || line.operands.size() <= verb + static_cast<std::size_t>(row.operands);
}

// `redis-cli --version`: the one word that there is. A script may take no notice of its words.
bool asks_what_it_is(Words argv) {
  constexpr std::string_view kOfProjects =
      "manage.py|artisan|console|occ|rails|rake|drush|drush.phar|wp-cli.phar|composer.phar|alembic|"
      "flask|phinx|sequelize|typeorm|prisma|knex";
  constexpr std::string_view kShortV =
      "npm|pnpm|yarn|node|ruby|perl|php|gem|bundle|bundler|java|nginx|httpd|apache2|haproxy";
  if (argv.size() != 2) return false;
  const std::string_view program = knowledge::base_name(argv.front());
  const std::string_view word = argv[1].text;
  if (word == "-v" || word == "-version") return matches_any(kShortV, program);
  if (word != "--version" && word != "--help" && word != "-V") return false;
  if (matches_any(kOfProjects, program)) return true;
  return argv.front().text.find_first_of("/.") == std::string::npos &&
         !knowledge::recognise_by_name(program);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return out;
}

bool redis_looks(Words words) {
  constexpr LookRow kClient = {
      "",
      "",
      "-h|-p|-a|-n|-u|-s|-r|-i|-t|-c|-2|-3|--user|--pass|--raw|--no-raw|--csv|--json|--tls|--"
      "cacert|"
      "--cert|--key|--sni|--insecure|--no-auth-warning|--scan|--pattern|--count|--bigkeys|--"
      "memkeys|"
      "--hotkeys|--stat|--latency|--latency-history|--latency-dist|--quoted-pattern|--verbose|-e",
      "-h|-p|-a|-n|-u|-s|-r|-i|-t|--user|--pass|--cacert|--cert|--key|--sni|--pattern|--count|"
      "--quoted-pattern",
      "--scan|--bigkeys|--memkeys|--hotkeys|--stat|--latency|--latency-history|--latency-dist",
      -1};
  constexpr std::string_view kLook =
      "ping|echo|info|dbsize|lastsave|role|time|llen|get|mget|keys|scan|exists|type|ttl|pttl|"
      "expiretime|pexpiretime|strlen|getrange|getbit|bitcount|bitpos|hget|hgetall|hkeys|hlen|hvals|"
      "hmget|hexists|hstrlen|hscan|hrandfield|lrange|lindex|lpos|smembers|scard|sismember|"
      "smismember|srandmember|sscan|sinter|sunion|sdiff|sintercard|zrange|zrevrange|zrangebyscore|"
      "zrevrangebyscore|zrangebylex|zcard|zscore|zmscore|zcount|zlexcount|zrank|zrevrank|zscan|"
      "xlen|xrange|xrevrange|xpending|geodist|geohash|geopos|geosearch|sort_ro|bitfield_ro|"
      "georadius_ro|dump|randomkey";
  constexpr std::string_view kTwo =
      "config get|client list|client id|client info|client getname|client trackinginfo|"
      "client getredir|slowlog get|slowlog len|latency latest|latency history|latency doctor|"
      "latency graph|latency histogram|memory usage|memory stats|memory doctor|memory malloc-stats|"
      "object encoding|object freq|object idletime|object refcount|xinfo stream|xinfo groups|"
      "xinfo consumers|cluster info|cluster nodes|cluster slots|cluster shards|cluster myid|"
      "cluster keyslot|cluster links|cluster countkeysinslot|cluster getkeysinslot|"
      "cluster replicas|acl list|acl whoami|acl users|acl getuser|acl cat|command count|"
      "command info|command docs|command list|module list|sentinel masters|sentinel master|"
      "sentinel replicas|sentinel slaves|sentinel sentinels|sentinel get-master-addr-by-name|"
      "sentinel ckquorum|function list|function stats|script exists|pubsub channels|"
      "pubsub numsub|pubsub numpat";
  // Behind the command all is its own, with or without a dash.
  LookRow row = kClient;
  std::size_t command = 0;
  while (command < words.size() && is_option(words[command].text)) {
    command += matches_any(row.with_value, words[command].text) ? 2 : 1;
  }
  command = std::min(command, words.size());
  const ReadLine line = read_line(words.subspan(0, command), row);
  if (!line.allowed) return false;
  if (command == words.size()) return line.needed;
  const std::string first = lower(words[command].text);
  if (matches_any(kLook, first)) return true;
  return command + 1 < words.size() &&
         matches_any(kTwo, first + " " + lower(words[command + 1].text));
}

// `cqlsh -e 'describe keyspaces'`
bool cqlsh_looks(Words words) {
  constexpr LookRow kRow = {
      "",
      "",
      "-e|--execute|-u|-p|-k|--request-timeout|--connect-timeout|-C|--no-color|"
      "--ssl|--execute=*|--username=*|--password=*|--keyspace=*",
      "-e|--execute|-u|-p|-k|--request-timeout|--connect-timeout",
      "-e|--execute|--execute=*",
      2};
  if (!by_row(kRow, words)) return false;
  for (std::size_t at = 0; at < words.size(); ++at) {
    std::string_view text = words[at].text;
    if (text == "-e" || text == "--execute") {
      if (++at == words.size()) return false;
      text = words[at].text;
    } else if (text.starts_with("--execute=")) {
      text.remove_prefix(text.find('=') + 1);
    } else {
      if (matches_any(kRow.with_value, text)) ++at;
      continue;
    }
    // Its comments begin with two slashes as well.
    if (text.find("//") != std::string_view::npos || text.find('\n') != std::string_view::npos ||
        !only_asks(text)) {
      return false;
    }
  }
  return true;
}

// `wp db query 'select 1'`
bool wordpress_asks(Words words) {
  constexpr LookRow kRow = {"",
                            "db query",
                            "--allow-root|--path=*|--url=*|--quiet|--skip-plugins|"
                            "--skip-themes|--skip-column-names",
                            "",
                            "",
                            1};
  if (!by_row(kRow, words)) return false;
  const ReadLine line = read_line(words, kRow);
  return line.operands.size() == 3 && only_asks(line.operands[2]);
}

bool mongo_looks(Words words) {
  bool told = false;
  for (std::size_t at = 0; at < words.size(); ++at) {
    std::string_view text = words[at].text;
    if (text == "--eval") {
      if (++at == words.size()) return false;
      text = words[at].text;
    } else if (text.starts_with("--eval=")) {
      text.remove_prefix(text.find('=') + 1);
    } else {
      continue;
    }
    told = true;
    if (!only_asks_mongo(text)) return false;
  }
  return told;
}

bool tls_client_looks(Words words, bool fed) {
  constexpr LookRow kRow = {"",
                            "s_client",
                            "-connect|-servername|-showcerts|-brief|-starttls|-verify_return_error|"
                            "-verify|-CAfile|-CApath|-tls1_2|-tls1_3|-status|-alpn|-host|-port|"
                            "-verify_hostname|-no_ign_eof|-quiet|-4|-6",
                            "-connect|-servername|-starttls|-verify|-CAfile|-CApath|-alpn|-host|"
                            "-port|-verify_hostname",
                            "",
                            1};
  return !fed && by_row(kRow, words);
}

}  // namespace

bool surely_looks(std::span<const Argument> argv, bool fed) {
  // `python -m pip list`; other options of an interpreter may load anything.
  const knowledge::Interpreted inner = knowledge::skip_interpreter(argv);
  if (inner.at > 1 && !(inner.at == 2 && argv[1].is("-m"))) return false;
  const Words all = argv.subspan(inner.at);
  if (all.empty() ||
      !std::all_of(all.begin(), all.end(), [](const Argument& word) { return word.known(); })) {
    return false;
  }
  if (asks_what_it_is(all)) return true;
  const std::string_view program = knowledge::base_name(all.front());
  const Words words = all.subspan(1);
  const auto told_no_more = [&] {
    knowledge::Recognised look;
    look.effect = Effect::kReads;
    return !told_more(argv, look);
  };
  if (program == "sed" || program == "gsed") return sed_only_prints(words);
  if (program == "curl" || program == "wget") return request_only_looks(program, words);
  if (matches_any(knowledge::kRedis, program)) return redis_looks(words);
  if (matches_any(knowledge::kWordPress, program)) return wordpress_asks(words);
  if (program == "cqlsh") return cqlsh_looks(words);
  if (matches_any(knowledge::kMongo, program)) return mongo_looks(words) && told_no_more();
  if (matches_any(knowledge::kSql, program)) return told_only_to_ask(argv) && told_no_more();
  if (program == "openssl" && tls_client_looks(words, fed)) return true;
  const auto rows = look_rows();
  return std::any_of(rows.begin(), rows.end(), [&](const LookRow& row) {
    return matches_any(row.programs, program) && by_row(row, words);
  });
}

}  // namespace composelint::calls
