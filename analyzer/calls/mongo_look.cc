// Whether a script for MongoDB's shell only asks.
#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "analyzer/calls/read_only_functions.h"
#include "analyzer/calls/statement_characters.h"
#include "analyzer/calls/statement_look.h"

namespace composelint::calls {

namespace {

// `("ping")`, `({serverStatus: 1})`: what stands behind runCommand.
bool commands_a_look(std::string_view rest) {
  static constexpr std::array<std::string_view, 18> kLooks = {
      "buildInfo",        "collStats",        "connectionStatus", "count",         "currentOp",
      "dbStats",          "distinct",         "getCmdLineOpts",   "hello",         "hostInfo",
      "isMaster",         "ismaster",         "listCollections",  "listDatabases", "ping",
      "replSetGetConfig", "replSetGetStatus", "serverStatus"};
  // One object or name, whose first word is the command: nothing there chooses between two.
  std::size_t at = rest.find_first_not_of(' ', 1);
  if (at == std::string_view::npos) return false;
  if (rest[at] == '{')
    at = rest.find_first_not_of(" '\"", at + 1);
  else if (rest[at] == '\'' || rest[at] == '"')
    ++at;
  if (at == std::string_view::npos) return false;
  const std::string_view body = rest.substr(at, rest.find(')') - at);
  if (body.find_first_of("&|?(") != std::string_view::npos) return false;
  const auto* end = std::find_if_not(body.begin(), body.end(), is_word);
  return one_of(body.substr(0, static_cast<std::size_t>(end - body.begin())), kLooks);
}

// They write, or run a script.
bool is_writing_stage(std::string_view rest) {
  static constexpr std::array<std::string_view, 5> kStages = {"$accumulator", "$function", "$merge",
                                                              "$out", "$where"};
  return std::any_of(kStages.begin(), kStages.end(),
                     [&](std::string_view stage) { return rest.starts_with(stage); });
}

// `(printjson)`, `(c => print(c))`, `((a, b) => a + b)`, `(function (c) { … })`: what is called for
// each element. A function that is only named may be any.
bool calls_a_look(std::string_view rest) {
  static constexpr std::array<std::string_view, 5> kPrinters = {
      "print", "printjson", "printjsononeline", "tojson", "tojsononeline"};
  std::size_t at = 1;
  const auto spaces = [&] {
    while (at < rest.size() && is_space(rest[at])) ++at;
  };
  spaces();
  if (at < rest.size() && rest[at] == '(') {
    at = rest.find(')', at);
    if (at == std::string_view::npos) return false;
    ++at;
    spaces();
    return rest.substr(at).starts_with("=>");
  }
  const std::size_t begin = at;
  while (at < rest.size() && is_word(rest[at])) ++at;
  const std::string_view word = rest.substr(begin, at - begin);
  spaces();
  const std::string_view behind = rest.substr(at);
  if (word == "function") return behind.starts_with('(');
  return !word.empty() &&
         (behind.starts_with("=>") || (behind.starts_with(')') && one_of(word, kPrinters)));
}

// Reads a regular expression, which begins at `at`; false where it is none for sure.
bool skip_regex(std::string_view script, std::size_t& at) {
  bool in_class = false;
  if (script.substr(at).starts_with("//") || script.substr(at).starts_with("/*")) return false;
  for (++at; at < script.size(); ++at) {
    const char c = script[at];
    if (c == '\n') return false;
    if (c == '\\') {
      ++at;
    } else if (c == '[') {
      in_class = true;
    } else if (c == ']') {
      in_class = false;
    } else if (c == '/' && !in_class) {
      ++at;
      while (at < script.size() && is_word(script[at])) ++at;
      return true;
    }
  }
  return false;
}

// `=>`, `==`, `<=`, or the value of a new name.
bool sets_nothing(std::string_view script, std::size_t at, bool declared) {
  const std::string_view behind = script.substr(at + 1);
  if (behind.starts_with('>') || behind.starts_with('=')) return true;
  return declared ||
         (at > 0 && std::string_view("=!<>").find(script[at - 1]) != std::string_view::npos);
}

// Methods that store; one that is only named may be called by what it is handed to.
bool is_writer(std::string_view name) {
  static constexpr std::array<std::string_view, 31> kNames = {"bulkWrite",
                                                              "convertToCapped",
                                                              "createCollection",
                                                              "createIndex",
                                                              "createIndexes",
                                                              "createRole",
                                                              "createUser",
                                                              "createView",
                                                              "deleteMany",
                                                              "deleteOne",
                                                              "drop",
                                                              "dropAllUsers",
                                                              "dropDatabase",
                                                              "dropIndex",
                                                              "dropIndexes",
                                                              "dropRole",
                                                              "dropUser",
                                                              "findAndModify",
                                                              "fsyncLock",
                                                              "insert",
                                                              "insertMany",
                                                              "insertOne",
                                                              "reIndex",
                                                              "remove",
                                                              "renameCollection",
                                                              "replaceOne",
                                                              "save",
                                                              "shutdownServer",
                                                              "update",
                                                              "updateMany",
                                                              "updateOne"};
  return one_of(name, kNames) || name.starts_with("findOneAnd");
}

}  // namespace

bool only_asks_mongo(std::string_view script) {
  static constexpr std::array<std::string_view, 5> kCallsBack = {"every", "filter", "forEach",
                                                                 "map", "some"};
  std::string last;     // the word before
  std::string one_ago;  // and the one before it
  char before = ';';    // the sign before; `w` for a word, `"` for a string
  for (std::size_t at = 0; at < script.size();) {
    const char c = script[at];
    if (is_space(c)) {
      ++at;
    } else if (is_word(c)) {
      const bool member = before == '.';
      one_ago = before == 'w' ? last : std::string();
      last.clear();
      while (at < script.size() && is_word(script[at])) last += script[at++];
      if (member && is_writer(last) && !script.substr(at).starts_with('.')) return false;
      before = 'w';
    } else if (c == '\'' || c == '"') {
      const std::size_t end = script.find(c, at + 1);
      if (end == std::string_view::npos) return false;
      const std::string_view inside = script.substr(at + 1, end - at - 1);
      if (inside.find('\\') != std::string_view::npos || is_writing_stage(inside)) return false;
      at = end + 1;
      before = '"';
    } else {
      const std::string_view rest = script.substr(at);
      // `a["drop"]()`, `f()()`.
      const bool known_call =
          before == 'w' || std::string_view(")]}\"").find(before) == std::string_view::npos;
      const bool command = last == "runCommand" || last == "adminCommand";
      if (c == '(' && before == 'w') {
        const bool for_each = one_of(last, kCallsBack);
        if (command    ? !commands_a_look(rest)
            : for_each ? !calls_a_look(rest)
                       : last != "function" && !is_read_only_mongo(last)) {
          return false;
        }
      }
      if (c == '(' && !known_call) return false;
      if (c == '/' && std::string_view("(,:[").find(before) != std::string_view::npos) {
        if (!skip_regex(script, at)) return false;
        before = '"';
        continue;
      }
      const bool declared = (one_ago == "var" || one_ago == "let" || one_ago == "const") &&
                            before == 'w' && !is_read_only_mongo(last);
      if (c == '=' && !sets_nothing(script, at, declared)) return false;
      // A template, an escape in a name, a division or a comment.
      if (std::string_view("`\\/").find(c) != std::string_view::npos) return false;
      if (is_writing_stage(rest)) return false;
      before = c;
      ++at;
    }
  }
  return true;
}

}  // namespace composelint::calls
