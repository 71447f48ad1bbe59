#include "analyzer/hosts/make_expand.h"

#include <algorithm>

#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

constexpr std::size_t kLineBudget = 40'000;  // bytes and references for one line
constexpr std::size_t kDepth = 48;

}  // namespace

RunnerText MakeExpander::expand(const Located& line, const MakeGuard& guard,
                                const Bindings& bindings) {
  guard_ = guard;
  given_ = &bindings;
  bindings_.clear();
  open_.clear();
  depth_ = 0;
  line_budget_ = kLineBudget + 4 * line.text.size();
  return expand_text(line);
}

RunnerText MakeExpander::expand_recipe(const Located& line, const MakeGuard& guard,
                                       const Bindings& bindings) {
  for_shell_ = true;
  RunnerText out = expand(line, guard, bindings);
  for_shell_ = false;
  return out;
}

RunnerText MakeExpander::value_of(const std::string& name, const MakeGuard& guard,
                                  const Bindings& bindings) {
  guard_ = guard;
  given_ = &bindings;
  bindings_.clear();
  open_.clear();
  depth_ = 0;
  line_budget_ = kLineBudget;
  return expand_variable(name, {});
}

bool MakeExpander::spend(std::size_t cost) {
  if (cost > line_budget_ || cost > file_budget_) return false;
  line_budget_ -= cost;
  file_budget_ -= cost;
  return true;
}

RunnerText MakeExpander::exhausted(Span place) {
  line_budget_ = 0;
  if (told_.insert("").second) {
    troubles_.push_back({place, "this expands to too much: what it stands for is left open"});
  }
  return hole_text("…", place);
}

RunnerText MakeExpander::expand_text(const Located& text) {
  RunnerText out;
  if (depth_ >= kDepth) return exhausted(text.span());
  ++depth_;
  std::size_t begin = 0;
  // Runs of bytes that stand side by side in the file.
  const auto flush = [&](std::size_t end) {
    while (begin < end) {
      std::size_t stop = begin + 1;
      while (stop < end && text.at[stop] == text.at[stop - 1] + 1) ++stop;
      append(out, plain_text(text.text.substr(begin, stop - begin), text.span(begin, stop), true));
      begin = stop;
    }
  };
  const std::string& bytes = text.text;
  for (std::size_t i = 0; i < bytes.size();) {
    if (bytes[i] != '$' || i + 1 >= bytes.size()) {
      ++i;
      continue;
    }
    flush(i);
    const std::size_t end = std::min(end_of_reference(bytes, i), bytes.size());
    const Span place = text.span(i, end);
    const char next = bytes[i + 1];
    if (next == '$') {
      append(out, plain_text("$", place));
    } else {
      const bool bracket = next == '(' || next == '{';
      const Located inside = bracket ? text.part(i + 2, end - 1) : text.part(i + 1, i + 2);
      RunnerText value;
      if (!spend(8)) {
        value = exhausted(place);
      } else {
        value = expand_reference(inside, place);
        if (!spend(size_of(value))) value = exhausted(place);
      }
      if (for_shell_ && depth_ == 1) {
        const std::size_t name = inside.text.find_first_of(" \t:");
        value = as_variable(inside.text.substr(0, name), std::move(value), place);
      }
      for (TextPart& part : value) part.used = place;
      append(out, value);
    }
    i = begin = end;
  }
  flush(bytes.size());
  --depth_;
  return out;
}

RunnerText MakeExpander::expand_reference(const Located& inside, Span place) {
  RunnerText out;
  if (expand_function(inside, place, out)) return out;
  const std::size_t colon = find_outside(inside.text, ":");
  if (colon != std::string::npos && inside.text.find('=', colon) != std::string::npos) {
    return substitute_suffix(inside, colon, place);
  }
  const RunnerText name = expand_text(inside);
  if (!is_plain(name)) return hole_text(inside.text, place);
  return expand_variable(plain(name), place);
}

RunnerText MakeExpander::expand_variable(const std::string& name, Span place) {
  for (const Bindings* bindings : {static_cast<const Bindings*>(&bindings_), given_}) {
    if (bindings == nullptr) continue;
    for (auto bound = bindings->rbegin(); bound != bindings->rend(); ++bound) {
      if (bound->first == name) return bound->second;
    }
  }
  if (std::find(open_.begin(), open_.end(), name) != open_.end()) {
    if (place && told_.insert(name).second) {
      troubles_.push_back({place, "the variable " + name + " refers to itself"});
    }
    return hole_text(name, place);
  }
  const auto seen = variables_.seen_from(name, guard_);
  if (!seen || seen->empty()) return expand_builtin(name, place);
  open_.push_back(name);
  std::vector<RunnerText> ways;
  for (const MakeAlternative* one : *seen) ways.push_back(expand_alternative(*one));
  open_.pop_back();
  if (MakeVariables::may_be_unset(*seen, guard_)) ways.emplace_back();
  // `Q = @`: whether make prints the line is nothing that its shell sees.
  const bool quiet =
      ways.size() > 1 && std::all_of(ways.begin(), ways.end(), [](const auto& way) {
        return is_plain(way) && plain(way).find_first_not_of("@+ ") == std::string::npos;
      });
  if (quiet) return {};
  return choose(name, std::move(ways), place);
}

RunnerText MakeExpander::expand_alternative(const MakeAlternative& one) {
  RunnerText out;
  for (const MakeValue& value : one.values) {
    if (!out.empty()) append(out, plain_text(" "));
    append(out, value.expanded ? value.text : expand_text(value.raw));
  }
  return out;
}

RunnerText MakeExpander::expand_builtin(const std::string& name, Span place) {
  if (name == "MAKE") return plain_text("make", place);
  if (name == "CURDIR" || name == "PWD") return plain_text(directory_, place);
  if (name == "MAKEFILE_LIST") return plain_text(makefiles_, place);
  if (name == "MAKEFLAGS" || name == "MFLAGS" || name == "RM") {
    return name == "RM" ? plain_text("rm -f", place) : RunnerText();
  }
  if (name.size() == 2 && (name[1] == 'D' || name[1] == 'F')) {
    const RunnerText whole = expand_variable(name.substr(0, 1), place);
    if (!is_plain(whole)) return hole_text(name, place);
    const std::string path = plain(whole);
    return plain_text(name[1] == 'D' ? text::directory_of(path) : std::string(text::name_of(path)),
                      place);
  }
  return hole_text(name, place);
}

// $(name:a=b)
RunnerText MakeExpander::substitute_suffix(const Located& inside, std::size_t colon, Span place) {
  const std::size_t equals = inside.text.find('=', colon);
  const RunnerText name = expand_text(inside.part(0, colon));
  const RunnerText from = expand_text(inside.part(colon + 1, equals));
  const RunnerText to = expand_text(inside.part(equals + 1, inside.text.size()));
  const RunnerText value = is_plain(name) ? expand_variable(plain(name), place) : RunnerText();
  if (is_plain(name) && is_plain(to) && plain(from) == "%" && !value.empty() && !is_plain(value)) {
    // $(SERVICES:%=-f %.yml) of words that are not known: what stands around each of them is.
    const std::string around = plain(to);
    const std::size_t percent = std::min(around.find('%'), around.size());
    RunnerText out = plain_text(around.substr(0, percent), place);
    append(out, value);
    append(out, plain_text(around.substr(std::min(percent + 1, around.size())), place));
    return out;
  }
  if (!is_plain(name) || !is_plain(from) || !is_plain(to) || !is_plain(value)) {
    return hole_text(inside.text, place);
  }
  std::string pattern = plain(from);
  std::string replacement = plain(to);
  if (pattern.find('%') == std::string::npos) {
    pattern.insert(0, "%");
    replacement.insert(0, "%");
  }
  const auto changed =
      apply_make_function("patsubst", {pattern, replacement, plain(value)}, directory_);
  return plain_text(changed.value_or(""), place);
}

}  // namespace composelint::hosts
