#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "analyzer/shell/all_that_may_run.h"
#include "analyzer/shell/parser.h"
#include "analyzer/shell/text_variables.h"
#include "analyzer/shell/text_words.h"

namespace composelint {

namespace {

class TextReader {
 public:
  std::vector<TextCommand> commands;
  bool cut = false;

  // `whole`: for all that it may do.
  explicit TextReader(bool whole) : whole_(whole) {}

  void read(const std::vector<Command>& list) {
    for (const Command& command : list) read(command);
  }
  // Functions that no call was read of, and that may be called all the same.
  void read_uncalled();

 private:
  using Definitions = std::vector<const FunctionDefinition*>;

  void read(const Command& command);
  void read(const SimpleCommand& simple, Span span);
  // Its body, with the words behind its name.
  void call(const FunctionDefinition& function, std::vector<TextWord> words);
  void set_positional();
  void read(const Pipeline& pipeline);
  void read(const AndOrList& list);
  // What is done on some ways only.
  void maybe(const std::vector<Command>& list) {
    const std::size_t before = variables_.changes();
    ++ways_;
    read(list);
    --ways_;
    variables_.forget_since(before);
  }
  void define(const FunctionDefinition& function);
  // Where a subshell begins and ends, as its directory is its own.
  void mark(const char* parenthesis, Span span) {
    if (!whole_) return;
    commands.emplace_back().words.push_back({parenthesis, true, span});
    commands.back().span = span;
  }
  // What it is called by, in front of the words that it gets: `eval f`, `time f`.
  [[nodiscard]] const Definitions* called_by(std::vector<TextWord>& words) const;
  [[nodiscard]] TextWord text_of(const Word& word) const;
  // One, or those that a variable holds.
  void add_words(const Word& word, std::vector<TextWord>& out) const;
  void set_variables(const SimpleCommand& simple);
  // What a redirect of a group is about is done by the commands in it.
  void redirect(const Command& command, std::size_t first);

  bool whole_;
  TextVariables variables_;
  std::map<std::string, Definitions, std::less<>> functions_;
  std::vector<TextWord> given_;   // to the function that is read
  std::vector<TextWord> handed_;  // to functions, in all
  std::set<const FunctionDefinition*> called_;
  Definitions open_;  // those that are being read
  int calls_ = 0;     // in all
  int ways_ = 0;      // within what is done on some ways only
};

TextWord TextReader::text_of(const Word& word) const {
  TextWord out{{}, true, word.span};
  for (const WordPart& part : word.parts) {
    if (!out.known) break;
    const TextWord* value =
        part.kind == WordPartKind::kParameter ? variables_.value(part.parameter) : nullptr;
    // Without quotes it may be several words.
    if (value != nullptr && !part.quoted &&
        value->text.find_first_of(" \t\n*?[") != std::string::npos)
      value = nullptr;
    if (value != nullptr) {
      // `A=$A$A` over and over: nobody writes such a word.
      constexpr std::size_t kLongest = 4096;
      out.text += value->text;
      out.known = value->known && out.text.size() <= kLongest;
      // `d=$PGDATA; rm -rf "$d"`: what it is stands there.
      if (whole_ && !value->known && value->span) out.span = value->span;
      out.filled = value->filled;
      continue;
    }
    out.filled = part.kind == WordPartKind::kForeign;
    out.known = part.kind == WordPartKind::kLiteral;
    if (out.known) out.text += part.text;
  }
  return out;
}

void TextReader::add_words(const Word& word, std::vector<TextWord>& out) const {
  const bool one = word.parts.size() == 1 && word.parts[0].kind == WordPartKind::kParameter;
  if (one) {
    const WordPart& part = word.parts[0];
    const std::string& name = part.parameter.name;
    const bool all = name == "@" || (name == "*" && !part.quoted);
    if (all && (!open_.empty() || !given_.empty()) && part.parameter.op.empty()) {
      out.insert(out.end(), given_.begin(), given_.end());
      return;
    }
    const TextWord* value = part.quoted ? nullptr : variables_.value(part.parameter);
    if (value != nullptr && value->text.find_first_of(" \t\n") != std::string::npos) {
      const std::vector<TextWord> several = split(*value, word.span);
      out.insert(out.end(), several.begin(), several.end());
      return;
    }
  }
  out.push_back(text_of(word));
}

void TextReader::call(const FunctionDefinition& function, std::vector<TextWord> words) {
  constexpr std::size_t kDeepest = 24;
  constexpr int kMostCalls = 1024;
  constexpr std::size_t kMostCommands = 20'000;
  called_.insert(&function);
  // What calls itself does the same once more.
  const bool again = std::find(open_.begin(), open_.end(), &function) != open_.end();
  if (again || !function.body) return;
  if (open_.size() == kDeepest || calls_ == kMostCalls || commands.size() > kMostCommands) {
    cut = true;
    return;
  }
  ++calls_;
  open_.push_back(&function);
  std::swap(given_, words);
  set_positional();
  const std::size_t before = variables_.changes();
  read(*function.body);
  if (function.subshell) variables_.undo_since(before);
  std::swap(given_, words);
  set_positional();
  open_.pop_back();
}

void TextReader::define(const FunctionDefinition& function) {
  Definitions& all = functions_[function.name];
  if (std::find(all.begin(), all.end(), &function) != all.end()) return;
  if (ways_ == 0) all.clear();
  all.push_back(&function);
}

const TextReader::Definitions* TextReader::called_by(std::vector<TextWord>& words) const {
  std::size_t at = 0;
  while (at + 1 < words.size() && (words[at].text == "eval" || words[at].text == "time")) ++at;
  if (at == words.size() || !words[at].known) return nullptr;
  const auto found = functions_.find(words[at].text);
  if (found == functions_.end()) return nullptr;
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(at) + 1);
  return &found->second;
}

void TextReader::read_uncalled() {
  std::set<std::string, std::less<>> named;
  bool any = false;  // may be called, by a word that is not known
  const auto look = [&](const TextWord& word) {
    constexpr std::string_view kBetween = " \t\n;&|(){}'\"";
    for (std::size_t at = word.text.find_first_not_of(kBetween); at < word.text.size();) {
      const std::size_t end = std::min(word.text.find_first_of(kBetween, at), word.text.size());
      named.insert(word.text.substr(at, end - at));
      at = word.text.find_first_not_of(kBetween, end);
    }
  };
  std::size_t seen = 0;
  std::size_t handed = 0;
  for (bool more = !functions_.empty(); more;) {
    for (; handed < handed_.size(); ++handed) look(handed_[handed]);
    for (; seen < commands.size(); ++seen) {
      const std::vector<TextWord>& words = commands[seen].words;
      for (const TextWord& word : words) look(word);
      if (words.empty()) continue;
      const bool told = words[0].text == "eval" && words.size() > 1 && !words[1].known;
      any = any || told || (!words[0].known && words[0].text.find('/') == std::string::npos);
    }
    more = false;
    for (const auto& [name, all] : functions_) {
      if (!any && !named.contains(name)) continue;
      for (const FunctionDefinition* each : Definitions(all)) {
        if (called_.contains(each)) continue;
        call(*each, {});
        more = true;
      }
    }
  }
}

void TextReader::set_positional() {
  constexpr std::size_t kMost = 9;
  for (std::size_t i = 1; i <= kMost; ++i) {
    const std::string name(1, static_cast<char>('0' + i));
    if (i <= given_.size()) {
      variables_.set(name, given_[i - 1]);
    } else {
      variables_.forget(name);
    }
  }
}

void TextReader::set_variables(const SimpleCommand& simple) {
  static constexpr std::array<std::string_view, 5> kDeclare = {"declare", "export", "local",
                                                               "readonly", "typeset"};
  static constexpr std::array<std::string_view, 4> kRead = {"getopts", "mapfile", "read", "unset"};
  const std::string program = simple.words.empty() ? "" : simple.words.front().literal_text();
  const auto is = [&](const auto& names) {
    return std::find(names.begin(), names.end(), program) != names.end();
  };
  if (is(kRead)) {
    for (const Word& word : simple.words) variables_.forget(word.literal_text());
  }
  if (!simple.words.empty() && !is(kDeclare)) return;
  for (const Assignment& each : simple.assignments) {
    if (each.array || each.append || !each.subscript.empty()) {
      variables_.forget(each.name);
    } else {
      variables_.set(each.name, text_of(each.value));
    }
  }
}

void TextReader::read(const SimpleCommand& simple, Span span) {
  TextCommand made;
  made.span = span;
  for (const Word& word : simple.words) add_words(word, made.words);
  if (const Definitions* all = called_by(made.words)) {
    handed_.insert(handed_.end(), made.words.begin(), made.words.end());
    for (const FunctionDefinition* each : Definitions(*all)) call(*each, made.words);
    return;
  }
  // `set -- a b`
  if (made.words.size() > 1 && made.words[0].text == "set" && made.words[1].text == "--") {
    given_.assign(made.words.begin() + 2, made.words.end());
    set_positional();
  }
  for (const Assignment& assignment : simple.assignments) {
    if (assignment.array || assignment.append) continue;
    TextWord value = text_of(assignment.value);
    value.text.insert(0, assignment.name + "=");
    made.assignments.push_back(std::move(value));
  }
  static constexpr std::array<std::string_view, 3> kRun = {".", "eval", "source"};
  const std::string program = simple.words.empty() ? "" : simple.words.front().literal_text();
  if (std::find(kRun.begin(), kRun.end(), program) != kRun.end()) variables_.forget_all();
  const auto front = static_cast<std::ptrdiff_t>(words_in_front(made.words));
  made.words.erase(made.words.begin(), made.words.begin() + front);
  commands.push_back(std::move(made));
}

void TextReader::read(const Pipeline& pipeline) {
  for (std::size_t i = 0; i < pipeline.commands.size(); ++i) {
    const std::size_t first = commands.size();
    // Each is a shell of its own.
    const std::size_t before = variables_.changes();
    read(pipeline.commands[i]);
    if (pipeline.commands.size() > 1) variables_.undo_since(before);
    for (std::size_t made = first; made < commands.size(); ++made) {
      commands[made].piped_in = commands[made].piped_in || i > 0;
      commands[made].piped_out = commands[made].piped_out || i + 1 < pipeline.commands.size();
    }
  }
}

void TextReader::read(const AndOrList& list) {
  std::size_t ahead = variables_.changes();
  for (std::size_t i = 0; i < list.commands.size(); ++i) {
    const std::size_t before = variables_.changes();
    read(list.commands[i]);
    // `test -n "$D" || D=/srv && …`
    if (i > 0 && list.operators[i - 1] == ListOperator::kOr) variables_.forget_since(before);
    if (i == 0) ++ways_;
    if (i == 0) ahead = variables_.changes();
  }
  if (!list.commands.empty()) --ways_;
  variables_.forget_since(ahead);
}

void TextReader::redirect(const Command& command, std::size_t first) {
  for (const IoRedirect& redirect : command.redirects) {
    const bool output = redirect.op == ">" || redirect.op == ">>" || redirect.op == ">|" ||
                        redirect.op == "&>" || redirect.op == "&>>";
    const bool standard = redirect.fd < 0 || redirect.fd == (output ? 1 : 0);
    if (!standard || (!output && redirect.op != "<")) continue;
    for (std::size_t i = first; i < commands.size(); ++i) {
      std::optional<TextWord>& target = output ? commands[i].output : commands[i].input;
      if (target) continue;
      target = text_of(redirect.target);
      commands[i].appends = commands[i].appends || redirect.op.ends_with(">>");
    }
  }
}

void TextReader::read(const Command& command) {
  const std::size_t first = commands.size();
  if (const auto* simple = command.as<SimpleCommand>()) {
    set_variables(*simple);
    const bool writes = std::any_of(command.redirects.begin(), command.redirects.end(),
                                    [](const IoRedirect& each) { return each.op == ">"; });
    if (simple->words.empty() && !writes) return;
    if (simple->words.empty()) {
      // `> f`
      commands.emplace_back().words.push_back({":", true, command.span});
      commands.back().span = command.span;
    } else {
      read(*simple, command.span);
    }
  } else if (const auto* pipeline = command.as<Pipeline>()) {
    read(*pipeline);
  } else if (const auto* list = command.as<AndOrList>()) {
    read(*list);
  } else if (const auto* group = command.as<Group>()) {
    const std::size_t before = variables_.changes();
    if (!group->subshell) {
      read(group->body);
    } else {
      ++ways_;
      mark("(", command.span);
      read(group->body);
      mark(")", command.span);
      --ways_;
      variables_.undo_since(before);
    }
  } else if (const auto* choice = command.as<IfClause>()) {
    for (const IfClause::Branch& branch : choice->branches) {
      read(branch.condition);
      maybe(branch.body);
    }
  } else if (const auto* loop = command.as<LoopClause>()) {
    read(loop->condition);
    maybe(loop->body);
  } else if (const auto* each = command.as<ForClause>()) {
    const std::size_t before = variables_.changes();
    variables_.forget(each->name);
    // `for f in /srv/*`: each of them begins with the same.
    if (each->words.size() == 1) variables_.set(each->name, before_glob(text_of(each->words[0])));
    read(each->body);
    variables_.forget_since(before);
  } else if (const auto* cases = command.as<CaseClause>()) {
    for (const CaseClause::Item& item : cases->items) maybe(item.body);
  } else if (const auto* function = command.as<FunctionDefinition>()) {
    return define(*function);
  }
  redirect(command, first);
}

}  // namespace

std::vector<TextCommand> read_script_text(const Argument& script) {
  const Result<Script> parsed = shell::parse_script(shell::script_in(script));
  if (!parsed || !parsed->unparsed.empty()) return {};
  TextReader reader(false);
  reader.read(parsed->commands);
  return std::move(reader.commands);
}

std::vector<TextCommand> all_that_may_run(const Argument& script, bool& cut) {
  const Result<Script> parsed = shell::parse_script(shell::script_in(script));
  if (!parsed || !parsed->unparsed.empty()) return {};
  TextReader reader(true);
  reader.read(parsed->commands);
  reader.read_uncalled();
  cut = cut || reader.cut;
  return std::move(reader.commands);
}

}  // namespace composelint
