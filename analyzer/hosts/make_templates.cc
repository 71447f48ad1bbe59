// Rules that a makefile makes of a `define`: $(eval $(call NAME,…)), most often within $(foreach).
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/hosts/makefile_parser.h"

namespace composelint::hosts {
namespace {

constexpr std::size_t kMostTemplates = 1024;  // of a makefile, and rounds of their loops
constexpr std::size_t kMostBound = 32;

std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find_first_of(" \t("));
}

bool continues(std::string_view line) {
  const std::size_t last = line.find_last_not_of('\\');
  return (line.size() - (last == std::string_view::npos ? 0 : last + 1)) % 2 == 1;
}

// `eval` and what stands behind it, of `$(eval …)`.
std::pair<std::string, Located> function_of(const Located& reference) {
  const Located inside = reference.part(2, reference.text.size() - 1).trimmed();
  std::string name(first_word(inside.text));
  Located rest = inside.part(name.size(), inside.text.size()).trimmed();
  return {std::move(name), std::move(rest)};
}

bool is_reference(const Located& text, std::size_t at) {
  return at + 1 < text.text.size() && text.text[at] == '$' &&
         (text.text[at + 1] == '(' || text.text[at + 1] == '{');
}

// The part up to the next comma; `from` moves behind it.
Located argument(const Located& text, std::size_t& from) {
  const std::size_t comma = find_outside(text.text, ",", from);
  Located out = text.part(from, comma);
  from = comma == std::string::npos ? text.text.size() + 1 : comma + 1;
  return out;
}

// What `call` leaves of a line that is expanded once more: `$$` is one `$`.
Located expanded_once(const Located& line) {
  Located out;
  out.file = line.file;
  for (std::size_t i = 0; i < line.text.size(); ++i) {
    if (line.text[i] == '$' && i + 1 < line.text.size() && line.text[i + 1] == '$') ++i;
    out.push(line.text[i], line.at[i]);
  }
  return out;
}

}  // namespace

bool MakefileParser::read_evaluation(const Located& line) {
  if (!is_reference(line, 0) || end_of_reference(line.text, 0) < line.text.size()) return false;
  const auto [name, rest] = function_of(line);
  if (name != "eval" && name != "foreach") return false;
  current_.clear();
  evaluate(line);
  current_.clear();
  return true;
}

// Each of the references in `text`, one behind the other.
void MakefileParser::evaluate(const Located& text) {
  for (std::size_t i = 0; i < text.text.size();) {
    if (!is_reference(text, i)) {
      ++i;
      continue;
    }
    const std::size_t end = std::min(end_of_reference(text.text, i), text.text.size());
    const auto [name, rest] = function_of(text.part(i, end));
    if (name == "foreach") evaluate_each(rest);
    if (name == "eval" && is_reference(rest, 0)) {
      const auto [inner, arguments] = function_of(rest);
      if (inner == "call") evaluate_call(arguments);
    }
    i = end;
  }
}

void MakefileParser::evaluate_each(const Located& arguments) {
  std::size_t at = 0;
  const Located variable = argument(arguments, at).trimmed();
  const Located list = argument(arguments, at);
  if (at > arguments.text.size() || bound_.size() >= kMostBound) return;
  const Located body = arguments.part(at, arguments.text.size());
  std::vector<std::string> words = names_in(list);
  // What is not known is a pattern, of which one rule is made.
  if (words.empty() && !is_plain(expander_.expand(list, guard_, bound_))) words = {"%"};
  for (const std::string& word : words) {
    if (++templates_ > kMostTemplates) return;
    bound_.emplace_back(variable.text, plain_text(word, list.span()));
    evaluate(body);
    bound_.pop_back();
  }
}

void MakefileParser::evaluate_call(const Located& arguments) {
  if (++templates_ > kMostTemplates || bound_.size() >= kMostBound) return;
  std::size_t at = 0;
  const Located name = argument(arguments, at).trimmed();
  MakeExpander::Bindings inner;
  for (char number = '1'; number <= '9' && at <= arguments.text.size(); ++number) {
    const Located given = argument(arguments, at);
    inner.emplace_back(std::string(1, number), expander_.expand(given, guard_, bound_));
  }
  const auto seen = model_.variables.seen_from(name.text, guard_);
  if (!seen || seen->size() != 1 || seen->front()->values.size() != 1) return;
  const MakeValue& value = seen->front()->values.front();
  if (value.expanded || value.raw.text.empty()) return;
  const Located body = value.raw;
  MakeExpander::Bindings outer = bound_;
  bound_.insert(bound_.end(), inner.begin(), inner.end());
  read_template(body);
  bound_ = std::move(outer);
}

void MakefileParser::read_template(const Located& body) {
  for (std::size_t begin = 0; begin < body.text.size();) {
    std::size_t end = std::min(body.text.find('\n', begin), body.text.size());
    const bool recipe = !current_.empty() && body.text[begin] == prefix_;
    while (end < body.text.size() && continues(body.part(begin, end).text)) {
      end = std::min(body.text.find('\n', end + 1), body.text.size());
    }
    Located line = expanded_once(body.part(begin, end));
    begin = end + 1;
    if (recipe) {
      add_recipe_line(line.part(1, line.text.size()));
      continue;
    }
    for (std::size_t i = 0; i + 1 < line.text.size(); ++i) {
      if (line.text[i] == '\\' && line.text[i + 1] == '\n') line.text[i] = line.text[i + 1] = ' ';
    }
    line = line.part(0, find_outside(line.text, "#")).trimmed();
    if (line.text.empty() || read_conditional(line)) continue;
    if (first_word(line.text) == "define") return;
    if (read_assignment(line, false)) {
      current_.clear();
      continue;
    }
    read_rule(line);
    bind_targets();
  }
}

// `$(1)` in a recipe is what the template was called with.
void MakefileParser::bind_targets() {
  for (const auto& [target, rule] : current_) {
    for (const auto& [name, text] : bound_) {
      MakeValue value;
      value.expanded = true;
      value.text = plain(text).find('%') == std::string::npos ? text : hole_text(name, {});
      model_.targets[target].settings.push_back({name, MakeAssign::kSet, std::move(value), guard_});
    }
  }
}

}  // namespace composelint::hosts
