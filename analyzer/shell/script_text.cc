#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <utility>

#include "analyzer/shell/all_that_may_run.h"
#include "analyzer/shell/parser.h"
#include "analyzer/shell/text_reading.h"
#include "analyzer/shell/text_words.h"

namespace composelint {

TextWord InnerTextReader::text_of(const Word& word) const {
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

void InnerTextReader::add_words(const Word& word, std::vector<TextWord>& out) const {
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

// `${X:-/srv}`, where it is not set.
std::string InnerTextReader::default_of(const Word& word) const {
  const ParameterExpansion* part = word.parts.size() == 1 ? &word.parts[0].parameter : nullptr;
  const bool has = part != nullptr && part->argument && (part->op == ":-" || part->op == "-");
  return has && variables_.value(*part) == nullptr ? part->argument->literal_text() : "";
}

void InnerTextReader::set_positional() {
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

void InnerTextReader::set_variables(const SimpleCommand& simple) {
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
    if (whole_ && each.append && !each.array && each.subscript.empty()) {
      ParameterExpansion so_far;
      so_far.name = each.name;
      const TextWord* before = variables_.value(so_far);
      TextWord value = text_of(each.value);
      if (before != nullptr) value.text.insert(0, before->text);
      value.known = value.known && before != nullptr && before->known;
      variables_.set(each.name, std::move(value));
    } else if (whole_ && each.array && !each.append) {
      std::vector<TextWord> all;
      for (const Word& word : each.elements) all.push_back(text_of(word));
      variables_.set_others(each.name, std::move(all));
    } else if (each.array || each.append || !each.subscript.empty()) {
      variables_.forget(each.name);
    } else {
      variables_.set(each.name, text_of(each.value));
      const std::string other = whole_ ? default_of(each.value) : "";
      if (!other.empty()) variables_.set_others(each.name, {{other, true, each.value.span}});
    }
  }
}

void InnerTextReader::read(const SimpleCommand& simple, Span span) {
  // One directory is where all that comes behind it stands.
  const std::string named = simple.words.empty() ? "" : simple.words.front().literal_text();
  if (whole_ && named != "cd" && named != "pushd" && read_each(simple, span)) return;
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
  if (whole_ && named == "shift" && made.words.size() == 1 && ways_ == ways_outside_ &&
      !given_.empty()) {
    given_.erase(given_.begin());
    set_positional();
  }
  for (const Assignment& assignment : simple.assignments) {
    if (assignment.array || assignment.append) continue;
    TextWord value = text_of(assignment.value);
    value.text.insert(0, assignment.name + "=");
    made.assignments.push_back(std::move(value));
  }
  static constexpr std::array<std::string_view, 3> kRun = {".", "eval", "source"};
  if (std::find(kRun.begin(), kRun.end(), named) != kRun.end()) variables_.forget_all();
  const auto front = static_cast<std::ptrdiff_t>(words_in_front(made.words));
  made.words.erase(made.words.begin(), made.words.begin() + front);
  commands.push_back(std::move(made));
}

void InnerTextReader::read(const Pipeline& pipeline) {
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

void InnerTextReader::read(const AndOrList& list) {
  std::size_t ahead = variables_.changes();
  for (std::size_t i = 0; i < list.commands.size(); ++i) {
    const std::size_t before = variables_.changes();
    const bool instead = i > 0 && list.operators[i - 1] == ListOperator::kOr;
    if (instead) mark("||", list.commands[i].span);
    read(list.commands[i]);
    if (instead) mark("fi", list.commands[i].span);
    // `test -n "$D" || D=/srv && …`
    if (instead) variables_.forget_since(before);
    if (i == 0) ++ways_;
    if (i == 0) ahead = variables_.changes();
  }
  if (!list.commands.empty()) --ways_;
  variables_.forget_since(ahead);
}

void InnerTextReader::redirect(const Command& command, std::size_t first) {
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

void InnerTextReader::read(const Command& command) {
  if (whole_) substituted(command.redirects);
  const std::size_t first = commands.size();
  if (const auto* simple = command.as<SimpleCommand>()) {
    if (whole_) substituted(*simple);
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
    for (const Word& word : each->words) {
      if (whole_) substituted(word);
    }
    const std::size_t before = variables_.changes();
    variables_.forget(each->name);
    // `for f in /srv/*`: each of them begins with the same.
    if (each->words.size() == 1) variables_.set(each->name, before_glob(text_of(each->words[0])));
    if (whole_ && each->words.size() > 1) {
      std::vector<TextWord> all;
      for (const Word& word : each->words) all.push_back(before_glob(text_of(word)));
      variables_.set_others(each->name, std::move(all));
    }
    read(each->body);
    variables_.forget_since(before);
  } else if (const auto* cases = command.as<CaseClause>()) {
    if (whole_) substituted(cases->subject);
    for (const CaseClause::Item& item : cases->items) maybe(item.body);
  } else if (const auto* function = command.as<FunctionDefinition>()) {
    return define(*function);
  }
  redirect(command, first);
}

std::vector<TextCommand> read_script_text(const Argument& script) {
  const Result<Script> parsed = shell::parse_script(shell::script_in(script));
  if (!parsed || !parsed->unparsed.empty()) return {};
  InnerTextReader reader(false);
  reader.read(parsed->commands);
  return std::move(reader.commands);
}

std::vector<TextCommand> all_that_may_run(const Argument& script, bool& cut) {
  const Result<Script> parsed = shell::parse_script(shell::script_in(script));
  if (!parsed || !parsed->unparsed.empty()) return {};
  InnerTextReader reader(true);
  reader.read(parsed->commands);
  reader.read_uncalled();
  cut = cut || reader.cut;
  return std::move(reader.commands);
}

}  // namespace composelint
