#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "analyzer/shell/parser.h"

namespace composelint {

namespace {

// Words before the program: `sudo -u postgres pg_dump`, `gosu postgres pg_dump`.
std::size_t words_in_front(const std::vector<TextWord>& words) {
  static constexpr std::array<std::string_view, 9> kWrappers = {
      "command", "env", "exec", "gosu", "nice", "nohup", "su-exec", "sudo", "time"};
  std::size_t at = 0;
  while (at < words.size() &&
         std::find(kWrappers.begin(), kWrappers.end(), words[at].text) != kWrappers.end()) {
    const std::string& wrapper = words[at].text;
    if (wrapper == "gosu" || wrapper == "su-exec") ++at;
    ++at;
    while (at < words.size() &&
           (words[at].text.starts_with('-') || words[at].text.find('=') != std::string::npos)) {
      at += wrapper == "sudo" && words[at].text == "-u" ? 2 : 1;
    }
  }
  return std::min(at, words.size());
}

// What the variables of the text hold that the text itself sets, on every way to where it reads.
class Variables {
 public:
  [[nodiscard]] const TextWord* value(const ParameterExpansion& parameter) const {
    const bool plain = parameter.op.empty() && parameter.subscript.empty() && !parameter.length &&
                       !parameter.indirect;
    const auto found = plain ? values_.find(parameter.name) : values_.end();
    return found == values_.end() ? nullptr : &found->second;
  }
  void set(const std::string& name, TextWord value) {
    change(name);
    values_.insert_or_assign(name, std::move(value));
  }
  void forget(const std::string& name) {
    if (values_.find(name) == values_.end()) return;
    change(name);
    values_.erase(name);
  }
  void forget_all() {
    while (!values_.empty()) forget(std::string(values_.begin()->first));
  }
  // How many changes there were, for the two below.
  [[nodiscard]] std::size_t changes() const { return changes_.size(); }
  // What is set on some ways only.
  void forget_since(std::size_t changes) {
    const std::size_t end = changes_.size();
    for (std::size_t i = changes; i < end; ++i) forget(std::string(changes_[i].name));
  }
  // What another shell did is nothing to this one. Nothing is copied for it: a text may have many
  // variables and as many pipelines.
  void undo_since(std::size_t changes) {
    for (; changes_.size() > changes; changes_.pop_back()) {
      Change& last = changes_.back();
      if (last.before) {
        values_.insert_or_assign(std::move(last.name), std::move(*last.before));
      } else {
        values_.erase(last.name);
      }
    }
  }

 private:
  struct Change {
    std::string name;
    std::optional<TextWord> before;
  };
  void change(const std::string& name) {
    Change& made = changes_.emplace_back();
    made.name = name;
    const auto found = values_.find(name);
    if (found != values_.end()) made.before = std::move(found->second);
  }

  std::map<std::string, TextWord, std::less<>> values_;
  std::vector<Change> changes_;
};

// Of a word that a shell makes several of: what they begin with.
TextWord before_glob(TextWord word) {
  const std::size_t glob = word.text.find_first_of("*?[{");
  if (glob == std::string::npos) return word;
  word.text.resize(glob);
  word.known = false;
  return word;
}

// Of a value without quotes around it: the words that the shell makes of it.
std::vector<TextWord> split(const TextWord& value, Span span) {
  constexpr std::string_view kBlanks = " \t\n";
  std::vector<TextWord> out;
  for (std::size_t at = value.text.find_first_not_of(kBlanks); at < value.text.size();) {
    const std::size_t end = std::min(value.text.find_first_of(kBlanks, at), value.text.size());
    out.push_back(before_glob({value.text.substr(at, end - at), true, span}));
    // What is not known goes on right behind it, or is a word of its own.
    at = value.text.find_first_not_of(kBlanks, end);
    if (end == value.text.size()) {
      out.back().known = out.back().known && value.known;
    } else if (at == std::string::npos && !value.known) {
      out.push_back({"", false, span, value.filled});
    }
  }
  return out;
}

class TextReader {
 public:
  std::vector<TextCommand> commands;

  void read(const std::vector<Command>& list) {
    for (const Command& command : list) read(command);
  }

 private:
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
    read(list);
    variables_.forget_since(before);
  }
  [[nodiscard]] TextWord text_of(const Word& word) const;
  // One, or those that a variable holds.
  void add_words(const Word& word, std::vector<TextWord>& out) const;
  void set_variables(const SimpleCommand& simple);
  // What a redirect of a group is about is done by the commands in it.
  void redirect(const Command& command, std::size_t first);

  Variables variables_;
  std::map<std::string, const FunctionDefinition*, std::less<>> functions_;
  std::vector<TextWord> given_;  // to the function that is read
  int depth_ = 0;                // of functions
  int calls_ = 0;                // in all
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
    if (all && (depth_ > 0 || !given_.empty()) && part.parameter.op.empty()) {
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
  constexpr int kDeepest = 8;
  constexpr int kMostCalls = 256;
  constexpr std::size_t kMostCommands = 20'000;
  if (depth_ == kDeepest || calls_ == kMostCalls || !function.body) return;
  if (commands.size() > kMostCommands) return;
  ++calls_;
  ++depth_;
  std::swap(given_, words);
  set_positional();
  const std::size_t before = variables_.changes();
  read(*function.body);
  if (function.subshell) variables_.undo_since(before);
  std::swap(given_, words);
  set_positional();
  --depth_;
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
  static constexpr std::array<std::string_view, 3> kRun = {".", "eval", "source"};
  const std::string program = simple.words.empty() ? "" : simple.words.front().literal_text();
  const auto is = [&](const auto& names) {
    return std::find(names.begin(), names.end(), program) != names.end();
  };
  if (is(kRun)) return variables_.forget_all();
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
  if (!made.words.empty() && made.words.front().known) {
    const auto function = functions_.find(made.words.front().text);
    if (function != functions_.end()) {
      made.words.erase(made.words.begin());
      return call(*function->second, std::move(made.words));
    }
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
    if (i == 0) ahead = variables_.changes();
  }
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
    read(group->body);
    if (group->subshell) variables_.undo_since(before);
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
    functions_.insert_or_assign(function->name, function);
    return;
  }
  redirect(command, first);
}

}  // namespace

std::vector<TextCommand> read_script_text(const Argument& script) {
  const Result<Script> parsed = shell::parse_script(shell::script_in(script));
  if (!parsed || !parsed->unparsed.empty()) return {};
  TextReader reader;
  reader.read(parsed->commands);
  return std::move(reader.commands);
}

}  // namespace composelint
