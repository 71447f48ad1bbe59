#include <algorithm>
#include <charconv>

#include "analyzer/shell/arithmetic.h"
#include "analyzer/shell/characters.h"
#include "analyzer/shell/expander.h"
#include "analyzer/shell/glob.h"

namespace composelint::shell {
namespace {

std::optional<std::int64_t> integer(std::string_view text) {
  std::int64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

Text joined_text(const std::vector<Text>& elements) {
  Text all;
  for (const Text& element : elements) {
    if (!all.empty()) all.push_back(known(" ")[0]);
    all.insert(all.end(), element.begin(), element.end());
  }
  return all;
}

bool is_empty(const Text& text) {
  return is_known(text) && known_text(text).empty();
}

void change_case(Text& text, bool upper, bool all) {
  for (Piece& piece : text) {
    for (char& c : piece.text) {
      const bool letter = upper ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z';
      if (letter) {
        c = static_cast<char>(upper ? c - 'a' + 'A' : c - 'A' + 'a');
        piece.exact = false;
      }
      if (!all) return;
    }
  }
}

}  // namespace

std::string Expander::separators() const {
  const Variable* ifs = scope_.find("IFS");
  if (ifs == nullptr || ifs->values.size() != 1 || ifs->maybe_unset) return " \t\n";
  const Value& value = *ifs->values[0];
  if (value.elements.size() != 1 || !is_known(value.elements[0])) return " \t\n";
  return known_text(value.elements[0]);
}

std::shared_ptr<const Value> Expander::value_of(std::string_view name, bool& unset) {
  unset = context_.closed;
  if (const Variable* variable = scope_.find(name)) {
    std::shared_ptr<const Value> value = choices_.pick(name, *variable, notes_);
    if (value != nullptr) return value;
    if (variable->values.empty() && !variable->maybe_unset) {
      unset = true;
      return nullptr;
    }
  }
  if (context_.outside) {
    if (std::optional<Value> outer = context_.outside(name)) {
      return std::make_shared<const Value>(std::move(*outer));
    }
  }
  return nullptr;
}

Expander::Found Expander::find_special(std::string_view name) {
  Found found;
  const Positional& positional = scope_.positional();
  if (name == "@" || name == "*") {
    found.elements = positional.arguments;
    found.list = name == "@";
    found.joined = name == "*";
    found.open_end = !positional.known;
    found.unset = positional.known && positional.arguments.empty();
    return found;
  }
  const std::optional<std::int64_t> index = integer(name);
  if (name == "#" && positional.known) {
    found.elements.push_back(known(std::to_string(positional.arguments.size())));
  } else if (index && *index == 0 && context_.script_name) {
    found.elements.push_back(known(*context_.script_name));
  } else if (index && *index > 0) {
    const auto at = static_cast<std::size_t>(*index) - 1;
    if (at < positional.arguments.size())
      found.elements.push_back(positional.arguments[at]);
    else if (positional.known)
      found.unset = true;
    else
      found.unknown = true;
  } else {
    found.elements.push_back(unknown(name));
  }
  return found;
}

Expander::Found Expander::find_named(std::string_view name, std::string_view subscript) {
  if (name_size(name) == 0) return find_special(name);
  Found found;
  const bool every = subscript == "@" || subscript == "*";
  const std::shared_ptr<const Value> value = value_of(name, found.unset);
  found.list = subscript == "@";
  found.joined = subscript == "*";
  if (value == nullptr) {
    found.unknown = !found.unset;
    return found;
  }
  found.unset = false;
  if (every) {
    found.elements = value->elements;
    const bool one_hole = !value->array && value->elements.size() == 1 &&
                          value->elements[0].size() == 1 && value->elements[0][0].hole;
    if (one_hole) found.elements[0][0].splits = true;
    found.unset = value->elements.empty();
    return found;
  }
  const std::optional<std::int64_t> index =
      subscript.empty() ? std::optional<std::int64_t>(0)
                        : evaluate_arithmetic(subscript, [this](std::string_view variable) {
                            return this->number(variable);
                          });
  const auto size = static_cast<std::int64_t>(value->elements.size());
  const bool open_list =
      value->array &&
      std::any_of(value->elements.begin(), value->elements.end(), [](const Text& t) {
        return std::any_of(t.begin(), t.end(), [](const Piece& p) { return p.hole && p.splits; });
      });
  if (!index || open_list) {
    found.elements.push_back(unknown(name));
  } else if (*index >= size || *index < -size) {
    found.unset = true;
  } else {
    found.elements.push_back(
        value->elements[static_cast<std::size_t>(*index < 0 ? *index + size : *index)]);
  }
  return found;
}

Expander::Found Expander::find(const ParameterExpansion& parameter) {
  Found found = find_named(parameter.name, parameter.subscript);
  if (!parameter.indirect) return found;
  Found hole;
  hole.unknown = true;
  const bool names = parameter.op == "*" || parameter.op == "@" || found.list || found.joined;
  if (names) {
    hole.unknown = false;
    hole.list = hole.open_end = true;
    return hole;
  }
  if (found.elements.size() != 1 || !is_known(found.elements[0])) return hole;
  return find_named(known_text(found.elements[0]), {});
}

std::optional<std::int64_t> Expander::number(std::string_view name) {
  const Found found = find_named(name, {});
  if (found.unset) return 0;
  if (found.unknown || found.elements.size() != 1 || !is_known(found.elements[0])) {
    return std::nullopt;
  }
  return integer(known_text(found.elements[0]));
}

void Expander::expand_parameter(const WordPart& part, Fields& fields, bool quoted) {
  const ParameterExpansion& parameter = part.parameter;
  Found found = find(parameter);
  if (parameter.length) {
    const bool count = found.list || found.joined;
    const bool countable = !found.unknown && !found.open_end &&
                           std::all_of(found.elements.begin(), found.elements.end(), is_known);
    if (!countable) return add_hole("#" + parameter.name, part.span, fields, true, false);
    const std::size_t size = count                    ? found.elements.size()
                             : found.elements.empty() ? 0
                                                      : known_text(found.elements[0]).size();
    return add_text(known(std::to_string(size)), fields, quoted, false);
  }
  if (expand_alternative(found, part, fields, quoted)) return;
  if (found.unset) {
    if (quoted && !found.list) fields.open();
    return;
  }
  const bool list = found.list && fields.splitting();
  if (found.unknown || (!parameter.op.empty() && !transform(found, parameter))) {
    return add_hole(parameter.name, part.span, fields, quoted, list);
  }
  add_found(found, part, fields, quoted);
}

// - = + ?: true when the operator said what stands here.
bool Expander::expand_alternative(const Found& found, const WordPart& part, Fields& fields,
                                  bool quoted) {
  const ParameterExpansion& parameter = part.parameter;
  if (parameter.op.empty() || parameter.argument == nullptr) return false;
  const char kind = parameter.op.back();
  const bool colon = parameter.op.size() == 2 && parameter.op[0] == ':';
  if (parameter.op.size() > (colon ? 2U : 1U)) return false;
  const bool no_value = found.unset || found.unknown ||
                        (colon && !found.open_end && is_empty(joined_text(found.elements)));
  const bool sure = !found.open_end && is_known(joined_text(found.elements));
  switch (kind) {
    case '-':
    case '=':
      if (!no_value) return add_found(found, part, fields, quoted), true;
      if (found.unknown) notes_.defaulted.push_back(parameter.name);
      if (quoted) fields.open();
      expand_parts(*parameter.argument, fields, quoted);
      return true;
    case '+':
      if (found.unknown || (!no_value && !sure && colon)) {
        return add_hole(parameter.name, part.span, fields, quoted, false), true;
      }
      if (quoted) fields.open();
      if (!no_value) expand_parts(*parameter.argument, fields, quoted);
      return true;
    case '?':
      if (!no_value) return add_found(found, part, fields, quoted), true;
      return add_hole(parameter.name, part.span, fields, quoted, false), true;
    default: return false;
  }
}

// The operators that change the text; false when the outcome is not known.
bool Expander::transform(Found& found, const ParameterExpansion& parameter) {
  if (parameter.argument == nullptr) return false;
  if (parameter.op == ":") return take_range(found, parameter);
  if (parameter.op.back() == '-' || parameter.op.back() == '=') return true;
  if (found.open_end) return false;
  for (Text& element : found.elements) {
    std::optional<Text> changed = transformed(element, parameter);
    if (!changed) return false;
    element = std::move(*changed);
  }
  return true;
}

std::optional<Text> Expander::transformed(const Text& text, const ParameterExpansion& parameter) {
  if (!is_known(text)) return std::nullopt;
  const std::string& op = parameter.op;
  if (op[0] == '^' || op[0] == ',') {
    if (!parameter.argument->parts.empty()) return std::nullopt;
    Text changed = text;
    change_case(changed, op[0] == '^', op.size() == 2);
    return changed;
  }
  if (op[0] == '/') return replaced(text, parameter);
  if (op[0] != '%' && op[0] != '#') return std::nullopt;
  const std::optional<std::string> pattern = this->pattern(*parameter.argument);
  if (!pattern) return std::nullopt;
  const std::string whole = known_text(text);
  const bool longest = op.size() == 2;
  if (op[0] == '#') {
    const auto cut = glob_prefix(*pattern, whole, longest);
    return cut ? slice(text, cut->size, whole.size()) : text;
  }
  const auto cut = glob_suffix(*pattern, whole, longest);
  return cut ? slice(text, 0, cut->begin) : text;
}

std::optional<Text> Expander::replaced(const Text& text, const ParameterExpansion& parameter) {
  // The first unquoted slash ends the pattern.
  Word pattern_word;
  Word with;
  bool behind = false;
  for (const WordPart& part : parameter.argument->parts) {
    const std::size_t slash = part.kind == WordPartKind::kLiteral && !part.quoted && !behind
                                  ? part.text.find('/')
                                  : std::string::npos;
    if (slash == std::string::npos) {
      (behind ? with : pattern_word).parts.push_back(part);
      continue;
    }
    WordPart before = part;
    WordPart after = part;
    before.text.resize(slash);
    after.text.erase(0, slash + 1);
    if (!before.text.empty()) pattern_word.parts.push_back(std::move(before));
    if (!after.text.empty()) with.parts.push_back(std::move(after));
    behind = true;
  }
  const std::optional<std::string> pattern = this->pattern(pattern_word);
  const Text replacement = this->text(with);
  if (!pattern || !is_known(replacement) || parameter.op.size() > 2) return std::nullopt;
  const std::string whole = known_text(text);
  Text out;
  std::size_t at = 0;
  const auto put = [&](const GlobRange& range) {
    const Text kept = slice(text, at, range.begin - at);
    out.insert(out.end(), kept.begin(), kept.end());
    out.insert(out.end(), replacement.begin(), replacement.end());
    at = range.begin + range.size;
  };
  if (parameter.op == "/#" || parameter.op == "/%") {
    const auto range = parameter.op == "/#" ? glob_prefix(*pattern, whole, true)
                                            : glob_suffix(*pattern, whole, true);
    if (range) put(*range);
  } else {
    for (auto range = glob_search(*pattern, whole, 0); range;
         range = glob_search(*pattern, whole, at)) {
      put(*range);
      if (parameter.op == "/") break;
    }
  }
  const Text rest = slice(text, at, whole.size());
  out.insert(out.end(), rest.begin(), rest.end());
  return out;
}

// ${x:from} and ${x:from:count}; of "$@" and arrays the elements.
bool Expander::take_range(Found& found, const ParameterExpansion& parameter) {
  const std::string range = known_text(text(*parameter.argument));
  if (!is_known(text(*parameter.argument))) return false;
  const std::size_t colon = range.find(':');
  const auto variable = [this](std::string_view name) { return this->number(name); };
  const auto from = evaluate_arithmetic(std::string_view(range).substr(0, colon), variable);
  std::optional<std::int64_t> count;
  if (colon != std::string::npos) {
    count = evaluate_arithmetic(std::string_view(range).substr(colon + 1), variable);
    if (!count || *count < 0) return false;
  }
  const bool positional = parameter.name == "@" || parameter.name == "*";
  if (!from || *from < (positional ? 1 : 0)) return false;
  const auto begin = static_cast<std::size_t>(*from) - (positional ? 1 : 0);
  const std::size_t size = count ? static_cast<std::size_t>(*count) : std::string::npos / 2;
  if (found.list || found.joined) {
    const std::size_t known_count = found.elements.size();
    if (found.open_end && (begin > known_count || count)) return false;
    std::vector<Text> rest;
    for (std::size_t i = begin; i < known_count && i - begin < size; ++i) {
      rest.push_back(std::move(found.elements[i]));
    }
    found.elements = std::move(rest);
    return true;
  }
  for (Text& element : found.elements) {
    if (!is_known(element)) return false;
    element = slice(element, begin, size);
  }
  return true;
}

}  // namespace composelint::shell
