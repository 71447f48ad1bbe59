#include "guard/lost_stores.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_directory.h"
#include "guard/kept_data.h"

namespace composelint::guard {

namespace {

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

// A store has something mounted that outlives its container.
bool keeps_what_it_has(const Service& service) {
  return std::any_of(service.mounts.begin(), service.mounts.end(), [](const Mount& mount) {
    return !mount.source.empty() && may_hold_data(mount) && !holds_no_data(mount);
  });
}

bool is_client_of_keys(const TextCommand& command) {
  static constexpr std::array<std::string_view, 3> kClients = {"keydb-cli", "redis-cli",
                                                               "valkey-cli"};
  return one_of(program_name(command), kClients);
}

// `flushall`, also within a script of the store: `redis.call('FLUSHALL')`.
bool says(std::string_view text, std::string_view word) {
  const auto is_name = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == ':';
  };
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_name(text[at - 1]);
    if (begins && (end == text.size() || !is_name(text[end]))) return true;
  }
  return false;
}

// `redis-cli --scan | xargs redis-cli del`: one by one they go as well, unless a pattern chooses.
bool lists_all_keys(const TextCommand& command) {
  bool lists = false;
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const std::string word = lower_case(command.words[i].text);
    lists = lists || word == "keys" || word == "--scan";
    const bool pattern =
        command.words[i - 1].text == "--pattern" || lower_case(command.words[i - 1].text) == "keys";
    if (pattern && word != "*") return false;
  }
  return lists && command.piped_out;
}

bool removes_keys(const TextCommand& command) {
  bool client = false;
  for (const TextWord& each : command.words) {
    const std::string word = lower_case(each.text);
    client = client || word.ends_with("redis-cli") || word.ends_with("valkey-cli") ||
             word.ends_with("keydb-cli");
    if (client && (word == "del" || word == "unlink")) return true;
  }
  return false;
}

// `redis-cli -h cache FLUSHALL`
Loss lost_keys(const GuardedCommand& command, const std::vector<TextCommand>& commands) {
  const Project* project = command.call().target.project;
  const Service* service = command.service();
  bool client = false;
  bool all_listed = false;
  std::string how;
  for (const TextCommand& one : commands) {
    const bool is = is_client_of_keys(one);
    client = client || is;
    for (std::size_t i = 1; i < one.words.size(); ++i) {
      const std::string word = lower_case(one.words[i].text);
      for (const std::string_view flush : {"flushall", "flushdb"}) {
        if (says(word, flush)) how = flush;
      }
      if (!is || one.words[i - 1].text != "-h" || project == nullptr) continue;
      if (const Service* named = project->service(one.words[i].text)) service = named;
    }
    if (all_listed && one.piped_in && removes_keys(one)) how = "del";
    all_listed = (is && lists_all_keys(one)) || (all_listed && one.piped_in && one.piped_out);
  }
  if (!client || how.empty() || service == nullptr || !keeps_what_it_has(*service)) return {};
  return {"it throws away all that " + service->name + " keeps (" + how + ")", Severity::kWarning};
}

// Words by which a whole part of a store goes.
struct Row {
  std::string_view programs;              // "|a|b|"
  std::array<std::string_view, 2> words;  // one behind the other; a second that is empty: any
  std::string_view option;                // one that has to stand there, too; empty: none
};

constexpr std::array<Row, 18> kRows = {{{"|mc|mcli|", {"rb", ""}, ""},
                                        {"|mc|mcli|", {"rm", ""}, "--recursive"},
                                        {"|mc|mcli|", {"rm", ""}, "-r"},
                                        {"|influx|", {"bucket", "delete"}, ""},
                                        {"|influx|", {"org", "delete"}, ""},
                                        {"|etcdctl|", {"del", ""}, "--prefix"},
                                        {"|consul|", {"kv", "delete"}, "-recurse"},
                                        {"|rabbitmqctl|", {"reset", ""}, ""},
                                        {"|rabbitmqctl|", {"force_reset", ""}, ""},
                                        {"|rabbitmqctl|", {"delete_vhost", ""}, ""},
                                        {"|rabbitmqctl|", {"delete_queue", ""}, ""},
                                        {"|rabbitmqctl|", {"purge_queue", ""}, ""},
                                        {"|kafka-topics|kafka-topics.sh|", {"", ""}, "--delete"},
                                        {"|nats|", {"stream", "rm"}, ""},
                                        {"|nats|", {"stream", "purge"}, ""},
                                        {"|nats|", {"kv", "del"}, ""},
                                        {"|wp|", {"site", "empty"}, ""},
                                        {"|pg_dropcluster|", {"", ""}, ""}}};

bool fits(const Row& row, const TextCommand& command) {
  const std::string program = "|" + std::string(program_name(command)) + "|";
  if (row.programs.find(program) == std::string_view::npos) return false;
  const auto& words = command.words;
  const bool option = row.option.empty() ||
                      std::any_of(words.begin() + 1, words.end(),
                                  [&](const TextWord& word) { return word.text == row.option; });
  if (!option || row.words[0].empty()) return option;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].text != row.words[0]) continue;
    return row.words[1].empty() || (i + 1 < words.size() && words[i + 1].text == row.words[1]);
  }
  return false;
}

// `curl -XDELETE http://es:9200/orders`: an index, and none of its documents.
bool deletes_an_index(const TextCommand& command) {
  if (program_name(command) != "curl") return false;
  bool deletes = false;
  bool index = false;
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const std::string& word = command.words[i].text;
    const std::string& before = command.words[i - 1].text;
    deletes = deletes || word == "-XDELETE" || word == "--request=DELETE" ||
              (word == "DELETE" && (before.ends_with('X') || before == "--request"));
    std::string_view url = word;
    url = url.substr(0, url.find_first_of("?#"));
    if (url.ends_with("/_delete_by_query")) return true;
    const std::size_t scheme = url.find("://");
    if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
    const std::size_t slash = url.find('/');
    const std::string_view port = url.substr(0, slash);
    const bool store = port.ends_with(":9200") && slash != std::string_view::npos;
    index = index ||
            (store && slash + 1 < url.size() && url.find('/', slash + 1) == std::string_view::npos);
  }
  return deletes && index;
}

bool says_delete_all(const TextCommand& command) {
  const std::string_view program = program_name(command);
  return std::any_of(command.words.begin(), command.words.end(), [&](const TextWord& each) {
    const std::string word = lower_case(each.text);
    const bool nodes = program == "cypher-shell" && says(word, "delete") && !says(word, "where");
    return nodes || (program == "influx" && word.find("drop ") != std::string::npos);
  });
}

}  // namespace

Loss lost_stores(const GuardedCommand& command, const std::vector<TextCommand>& commands) {
  Loss keys = lost_keys(command, commands);
  if (!keys.what.empty()) return keys;
  for (const TextCommand& one : commands) {
    const bool loses =
        says_delete_all(one) || deletes_an_index(one) ||
        std::any_of(kRows.begin(), kRows.end(), [&](const Row& row) { return fits(row, one); });
    if (!loses) continue;
    return {"it throws away a whole part of what a store keeps (" + std::string(program_name(one)) +
                ")",
            Severity::kWarning};
  }
  return {};
}

}  // namespace composelint::guard
