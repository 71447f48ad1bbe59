// Functions of make whose arguments are worth more than their text.
#include <algorithm>
#include <array>
#include <string_view>

#include "analyzer/hosts/make_expand.h"

namespace composelint::hosts {
namespace {

constexpr std::size_t kMostWords = 64;

std::vector<Located> split_arguments(const Located& text) {
  std::vector<Located> out;
  std::size_t begin = 0;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.text.size();) {
    const char c = text.text[i];
    if (c == '$') {
      i = end_of_reference(text.text, i);
      continue;
    }
    if (c == '(') ++depth;
    if (c == ')' && depth > 0) --depth;
    if (c == ',' && depth == 0) {
      out.push_back(text.part(begin, i));
      begin = i + 1;
    }
    ++i;
  }
  out.push_back(text.part(begin, text.text.size()));
  return out;
}

// The arguments from `index` on, as one: the last one of a function holds commas.
Located rest_from(const Located& text, const std::vector<Located>& arguments, std::size_t index) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < index && i < arguments.size(); ++i) {
    begin += arguments[i].text.size() + 1;
  }
  return text.part(begin, text.text.size());
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(" \t\n", at);
    if (begin == std::string::npos) break;
    at = std::min(text.find_first_of(" \t\n", begin), text.size());
    out.push_back(text.substr(begin, at - begin));
  }
  return out;
}

bool set_to_something(const RunnerText& text) {
  return is_plain(text) && plain(text).find_first_not_of(" \t") != std::string::npos;
}

bool set_to_nothing(const RunnerText& text) {
  return is_plain(text) && !set_to_something(text);
}

constexpr std::array<std::string_view, 3> kSilent = {"eval", "info", "warning"};
constexpr std::array<std::string_view, 5> kOpen = {"error", "file", "flavor", "origin", "value"};
constexpr std::array<std::string_view, 21> kTextual = {
    "abspath",  "basename", "dir",  "filter",   "filter-out", "findstring", "firstword",
    "lastword", "notdir",   "join", "patsubst", "realpath",   "sort",       "strip",
    "subst",    "suffix",   "word", "wordlist", "words",      "wildcard",   "intcmp"};

template <std::size_t Size>
bool among(const std::array<std::string_view, Size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

bool MakeExpander::expand_function(const Located& inside, Span place, RunnerText& out) {
  const std::size_t blank = inside.text.find_first_of(" \t\n");
  if (blank == std::string::npos) return false;
  const std::string name = inside.text.substr(0, blank);
  Located rest = inside.part(blank, inside.text.size());
  std::size_t front = 0;
  while (front < rest.text.size() && (rest.text[front] == ' ' || rest.text[front] == '\t')) ++front;
  rest = rest.part(front, rest.text.size());
  if (name == "shell") {
    out = shell(rest, place);
    return true;
  }
  if (name == "eval" && for_shell_) out = evaluated(rest, place);
  if (among(kSilent, name)) return true;
  if (name == "error") return true;
  std::vector<Located> arguments = split_arguments(rest);
  if (name == "call") {
    out = call(arguments, place);
  } else if (name == "if") {
    if (arguments.size() > 2) {
      arguments[2] = rest_from(rest, arguments, 2);
      arguments.resize(3);
    }
    out = condition(arguments, place);
  } else if (name == "or" || name == "and") {
    if (name == "or") {
      out = first_set(arguments, place);
    } else {
      bool open = false;
      for (const Located& argument : arguments) {
        out = expand_text(argument.trimmed());
        if (set_to_nothing(out)) return true;
        open = open || !set_to_something(out);
      }
      if (open) out = choose("and", {out, {}}, place);
    }
  } else if (name == "foreach") {
    if (arguments.size() > 2) arguments[2] = rest_from(rest, arguments, 2);
    out = for_each(arguments, place);
  } else if (name == "addprefix" || name == "addsuffix") {
    out = affixed(arguments, name == "addprefix", place);
  } else if (among(kTextual, name)) {
    std::vector<std::string> known;
    for (const Located& argument : arguments) {
      const RunnerText text = expand_text(argument);
      if (!is_plain(text)) {
        // Nothing is taken off but white space.
        out = name == "strip" ? text : hole_text(name, place);
        return true;
      }
      known.push_back(plain(text));
      if (name == "strip" || name == "firstword") {
        const std::vector<std::string> words = words_of(known.back());
        if (words.size() == 1 && words.front() == known.back()) {
          out = text;
          return true;
        }
      }
    }
    if (name == "wildcard") {
      const bool one = known.front().find_first_of("*?[ ") == std::string::npos;
      out = one && exists_(known.front()) ? plain_text(known.front(), place)
                                          : hole_text("wildcard", place);
      return true;
    }
    const auto changed = apply_make_function(name, known, directory_);
    out = changed ? plain_text(*changed, place) : hole_text(name, place);
  } else if (among(kOpen, name)) {
    out = hole_text(name, place);
  } else {
    return false;
  }
  return true;
}

RunnerText MakeExpander::call(const std::vector<Located>& arguments, Span place) {
  const RunnerText name = expand_text(arguments.front().trimmed());
  if (!is_plain(name)) return hole_text("call", place);
  Bindings inner;
  inner.emplace_back("0", name);
  for (std::size_t i = 1; i < arguments.size() && i < 10; ++i) {
    inner.emplace_back(std::to_string(i), expand_text(arguments[i]));
  }
  for (std::size_t i = std::max<std::size_t>(arguments.size(), 1); i < 10; ++i) {
    inner.emplace_back(std::to_string(i), RunnerText());
  }
  const std::size_t before = bindings_.size();
  bindings_.insert(bindings_.end(), inner.begin(), inner.end());
  RunnerText out = expand_variable(plain(name), place);
  bindings_.resize(before);
  return out;
}

RunnerText MakeExpander::condition(const std::vector<Located>& arguments, Span place) {
  const RunnerText asked = expand_text(arguments.front().trimmed());
  const RunnerText yes = arguments.size() > 1 ? expand_text(arguments[1].trimmed()) : RunnerText();
  const RunnerText no = arguments.size() > 2 ? expand_text(arguments[2].trimmed()) : RunnerText();
  if (set_to_something(asked)) return yes;
  if (set_to_nothing(asked)) return no;
  return choose("if", {no, yes}, place);
}

// $(or $(SERVICE),web): a variable that nobody sets is given on the command line, if at all.
RunnerText MakeExpander::first_set(const std::vector<Located>& arguments, Span place) {
  std::vector<RunnerText> ways;
  for (const Located& argument : arguments) {
    RunnerText text = expand_text(argument.trimmed());
    if (set_to_nothing(text)) continue;
    const bool known = set_to_something(text);
    const bool unset = text.size() == 1 && text.front().kind == TextPart::Kind::kHole;
    if (!unset || &argument == &arguments.back()) ways.push_back(std::move(text));
    if (known) break;
  }
  return choose("or", std::move(ways), place);
}

RunnerText MakeExpander::for_each(const std::vector<Located>& arguments, Span place) {
  if (arguments.size() < 3) return {};
  const RunnerText variable = expand_text(arguments[0].trimmed());
  const RunnerText list = expand_text(arguments[1].trimmed());
  if (!is_plain(variable)) return hole_text("foreach", place);
  std::vector<RunnerText> rounds;
  if (is_plain(list)) {
    for (const std::string& word : words_of(plain(list))) {
      if (rounds.size() == kMostWords) return hole_text("foreach", place);
      rounds.push_back(plain_text(word, place));
    }
  } else {
    rounds.push_back(hole_text(plain(variable), place));
  }
  RunnerText out;
  for (const RunnerText& word : rounds) {
    bindings_.emplace_back(plain(variable), word);
    if (!out.empty()) append(out, plain_text(" ", place));
    append(out, expand_text(arguments[2]));
    bindings_.pop_back();
  }
  return out;
}

RunnerText MakeExpander::affixed(const std::vector<Located>& arguments, bool prefix, Span place) {
  if (arguments.size() < 2) return {};
  const RunnerText affix = expand_text(arguments[0]);
  const RunnerText list = expand_text(arguments[1].trimmed());
  RunnerText out;
  if (!is_plain(list)) {
    if (prefix) append(out, affix);
    append(out, list);
    if (!prefix) append(out, affix);
    return out;
  }
  std::size_t count = 0;
  for (const std::string& word : words_of(plain(list))) {
    if (++count > kMostWords) return hole_text("addprefix", place);
    if (!out.empty()) append(out, plain_text(" ", place));
    if (prefix) append(out, affix);
    append(out, plain_text(word, place));
    if (!prefix) append(out, affix);
  }
  return out;
}

// $(eval ID := $(shell …)) in a recipe: make has a shell run it each time; nothing is left of it
// but a variable, here one of the shell.
RunnerText MakeExpander::evaluated(const Located& statement, Span place) {
  const std::size_t equals = statement.text.find('=');
  if (equals == std::string::npos) return {};
  const Located value = statement.part(equals + 1, statement.text.size()).trimmed();
  if (!value.text.starts_with("$(shell ") || !value.text.ends_with(')')) return {};
  std::string name = statement.text.substr(0, equals);
  name.erase(std::min(name.find_last_not_of(" \t:?+") + 1, name.size()));
  if (name.empty() || name.find_first_of(" \t$()") != std::string::npos) return {};
  RunnerText out = plain_text(name + "=", place);
  append(out, expand_text(value));
  for (TextPart& part : out) part.code = true;
  return out;
}

// What make has a shell print, the recipe's shell may print as well.
RunnerText MakeExpander::shell(const Located& command, Span place) {
  RunnerText inner = expand_text(command);
  if (is_plain(inner)) {
    const std::vector<std::string> words = words_of(plain(inner));
    if (words.size() == 1 && words.front() == "pwd") return plain_text(directory_, place);
  }
  RunnerText out = plain_text("$(", place);
  append(out, inner);
  append(out, plain_text(")", place));
  for (TextPart& part : out) part.code = true;
  return out;
}

}  // namespace composelint::hosts
