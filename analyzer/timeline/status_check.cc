#include "analyzer/timeline/status_check.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace composelint::timeline {

namespace {

using Ends = std::function<bool(const std::string&)>;

// Without quotes and braces, single blanks between the words.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\'' || c == '{' || c == '}') continue;
    const bool blank = c == ' ' || c == '\t' || c == '\n';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (out.ends_with(' ') || out.ends_with(';')) out.pop_back();
  return out;
}

// "rc" of `rc=$?` and `local rc=$?`.
std::string kept_in(const Command& command) {
  if (command.as<SimpleCommand>() == nullptr) return {};
  std::string text = plain(command.span.text());
  for (const std::string_view word : {"local ", "declare ", "typeset ", "readonly "}) {
    if (text.starts_with(word)) text.erase(0, word.size());
  }
  constexpr std::string_view kStatus = "=$?";
  if (!text.ends_with(kStatus)) return {};
  text.resize(text.size() - kStatus.size());
  return text.find_first_of(" =$") == std::string::npos ? text : std::string();
}

// True: the test holds when the command has failed; false: when it has not. Nothing: it asks
// something else.
std::optional<bool> asks_for_failure(std::string_view test, const std::string& variable) {
  std::string text = plain(test);
  bool negated = false;
  if (text.starts_with("! ")) {
    negated = true;
    text.erase(0, 2);
  }
  struct Brackets {
    std::string_view open, close;
  };
  static constexpr std::array<Brackets, 4> kBrackets = {
      {{"[[ ", " ]]"}, {"[ ", " ]"}, {"((", "))"}, {"test ", ""}}};
  const auto form = std::find_if(kBrackets.begin(), kBrackets.end(), [&](const Brackets& each) {
    return text.starts_with(each.open) && text.ends_with(each.close);
  });
  if (form == kBrackets.end()) return std::nullopt;
  text = text.substr(form->open.size(), text.size() - form->open.size() - form->close.size());
  text = plain(text);
  if (text.starts_with(' ')) text.erase(0, 1);
  if (text.starts_with("! ")) {
    negated = !negated;
    text.erase(0, 2);
  }
  if (text.starts_with('$')) text.erase(0, 1);
  if (!text.starts_with(variable)) return std::nullopt;
  text.erase(0, variable.size());
  const auto is = [&](std::initializer_list<std::string_view> forms) {
    return std::find(forms.begin(), forms.end(), text) != forms.end();
  };
  // `[ $? -eq 0 -a -s dump.sql ]`: a failure takes the other way whatever else is asked.
  static constexpr std::array<std::string_view, 4> kJoins = {" -a ", " && ", " -o ", " || "};
  for (std::size_t i = 0; i < kJoins.size() && !negated; ++i) {
    const std::size_t at = text.find(kJoins[i]);
    if (at == std::string::npos) continue;
    const bool asks_success = text.starts_with(" -eq 0") || text.starts_with(" == 0") ||
                              text.starts_with(" = 0") || text.starts_with("==0");
    if (asks_success != (i < 2)) return std::nullopt;
    text.resize(at);
  }
  const bool bare = text.empty() && form->open == "((";
  if (bare || is({" -ne 0", " != 0", "!=0", " -gt 0", " > 0", ">0", " -ge 1"})) return !negated;
  if (is({" -eq 0", " == 0", " = 0", "==0"})) return negated;
  return std::nullopt;
}

StatusCheck left_by(const Command& command, const Ends& ends) {
  if (const auto* group = command.as<Group>()) {
    return group->subshell || group->body.empty() ? StatusCheck::kNone
                                                  : left_by(group->body.back(), ends);
  }
  const auto* simple = command.as<SimpleCommand>();
  if (simple == nullptr || simple->words.empty()) return StatusCheck::kNone;
  const std::string name = simple->words.front().literal_text();
  const bool well = simple->words.size() < 2 || simple->words[1].literal_text() == "0";
  if (name == "exit") return well ? StatusCheck::kExitsWell : StatusCheck::kExits;
  if (name == "return") return well ? StatusCheck::kNone : StatusCheck::kReturns;
  return ends(name) ? StatusCheck::kExits : StatusCheck::kNone;
}

StatusCheck left_by(const std::vector<Command>& body, const Ends& ends) {
  return body.empty() ? StatusCheck::kNone : left_by(body.back(), ends);
}

StatusCheck check_of(const Command& command, const std::string& variable, const Ends& ends) {
  if (const auto* choice = command.as<IfClause>()) {
    const IfClause::Branch& first = choice->branches.front();
    if (first.condition.size() != 1) return StatusCheck::kNone;
    const auto failed = asks_for_failure(first.condition.front().span.text(), variable);
    if (!failed) return StatusCheck::kNone;
    if (*failed) return left_by(first.body, ends);
    const IfClause::Branch& last = choice->branches.back();
    const bool otherwise = choice->branches.size() == 2 && last.condition.empty();
    return otherwise ? left_by(last.body, ends) : StatusCheck::kNone;
  }
  const auto* list = command.as<AndOrList>();
  if (list == nullptr || list->commands.size() != 2) return StatusCheck::kNone;
  const auto failed = asks_for_failure(list->commands.front().span.text(), variable);
  const bool leaves = failed && *failed == (list->operators.front() == ListOperator::kAnd);
  return leaves ? left_by(list->commands.back(), ends) : StatusCheck::kNone;
}

// `if …; then a; else b; fi` hands on the status of what it ran last; a loop only that of its last
// round.
bool hands_on_a_status(const Command& command) {
  return !command.background &&
         (command.as<SimpleCommand>() != nullptr || command.as<Pipeline>() != nullptr ||
          command.as<Group>() != nullptr || command.as<IfClause>() != nullptr);
}

}  // namespace

StatusCheck check_behind(const std::vector<Command>& commands, std::size_t at, const Ends& ends) {
  if (!hands_on_a_status(commands[at]) || at + 1 >= commands.size()) {
    return StatusCheck::kNone;
  }
  const std::string variable = kept_in(commands[at + 1]);
  if (variable.empty()) return check_of(commands[at + 1], "?", ends);
  // `rc=$?; echo …; if [ $rc -ne 0 ]`
  constexpr std::size_t kFar = 4;
  for (std::size_t i = at + 2; i < commands.size() && i <= at + kFar; ++i) {
    const StatusCheck check = check_of(commands[i], variable, ends);
    if (check != StatusCheck::kNone) return check;
    const auto* simple = commands[i].as<SimpleCommand>();
    if (simple == nullptr || simple->words.empty()) return StatusCheck::kNone;
    const std::string name = simple->words.front().literal_text();
    if (name != "echo" && name != "printf" && name != "set") return StatusCheck::kNone;
  }
  return StatusCheck::kNone;
}

bool ends_in_exit(const std::vector<Command>& body) {
  return left_by(body, [](const std::string&) { return false; }) == StatusCheck::kExits;
}

}  // namespace composelint::timeline
