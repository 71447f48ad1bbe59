#include "analyzer/signs/words/certain_value.h"

#include <composelint/contains.h>
#include <composelint/variable_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/words/asked_value.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::array<std::string_view, 5> kFileTests = {" -d ", " -e ", " -f ", " -r ", " -s "};

bool uses_an_argument(std::string_view text) {
  for (std::size_t at = text.find('$'); at != text.npos; at = text.find('$', at + 1)) {
    std::string_view rest = text.substr(at + 1);
    if (rest.starts_with('{')) rest.remove_prefix(1);
    if (!rest.empty() && std::string_view("123456789@*").find(rest.front()) != rest.npos) {
      return true;
    }
  }
  return false;
}

// "stage" of `local stage="x`, of `stage=(docker -p x` and `STAGE := x`; empty where the place is
// in no assignment.
std::string_view assigned_on(std::string_view before) {
  for (std::size_t at = before.rfind('='); at != before.npos && at > 0;
       at = before.rfind('=', at - 1)) {
    std::string_view name = before.substr(0, at);
    const std::string_view value = before.substr(at + 1);
    while (!name.empty() && std::string_view(":?+ \t").find(name.back()) != name.npos) {
      name.remove_suffix(1);
    }
    name = name.substr(name.find_last_of(" \t;&|({") + 1);  // npos + 1 is 0
    if (!is_variable_name(name)) continue;
    const bool quoted = value.starts_with('"') || value.starts_with('\'');
    const bool open =
        quoted ? value.find(value.front(), 1) == value.npos
        : value.starts_with('(')
            ? value.find(')') == value.npos
            : value.find_first_of(" \t;&|", value.find_first_not_of(kBlanks)) == value.npos;
    if (open) return name;
  }
  return {};
}

// What `:-`, `-` and `:=` are put behind: "1" of `${1:-`; empty where the text ends otherwise.
std::string_view default_of(std::string_view before) {
  const std::size_t open = before.rfind("${");
  if (open == before.npos) return {};
  const std::string_view inside = before.substr(open + 2);
  if (inside.find('}') != inside.npos) return {};
  const std::size_t end = std::min(inside.find_first_of(":-="), inside.size());
  const std::string_view sign = inside.substr(end);
  const bool gives = sign.starts_with(":-") || sign.starts_with("-") || sign.starts_with(":=") ||
                     sign.starts_with("=");
  return gives ? inside.substr(0, end) : std::string_view();
}

// What the line makes of the variables it uses: "file" of `file=".env.$stage"`, "one" of `for one
// in $all`. What a program makes of them is another thing.
std::string_view made_on(std::string_view line) {
  const std::size_t dollar = line.find('$');
  if (dollar == line.npos || line.find("$(") != line.npos || line.find('`') != line.npos) return {};
  std::string_view text = line.substr(std::min(line.find_first_not_of(kBlanks), line.size()));
  if (text.starts_with("for ") && text.find(" in ") < text.find('$')) {
    text.remove_prefix(4);
    return text.substr(0, text.find(' '));
  }
  return line.find('=') > dollar ? std::string_view() : assigned_on(line.substr(0, dollar));
}

std::string_view line_at(std::string_view text, std::size_t at) {
  const std::size_t begin = text.rfind('\n', at) + 1;  // npos + 1 is 0
  return text.substr(begin, text.find('\n', at) - begin);
}

// The variables of the file that get what is made of `name`, and itself. A line gives on what those
// above it have made: the nearest use comes first, and no other line is looked at.
std::vector<std::string_view> made_of(const SourceFile& file, std::string_view name) {
  const std::string_view all = file.bytes();
  std::vector<std::string_view> names;
  std::set<std::pair<std::size_t, std::string_view>> next;  // where it is used, what is made of it
  const auto add = [&](std::string_view each, std::size_t from) {
    names.push_back(each);
    for (std::size_t at = find_name(all, each, from); at != all.npos;
         at = find_name(all, each, at + 1)) {
      const std::string_view line = line_at(all, at);
      const std::string_view own = made_on(line);
      if (!own.empty() && uses_variable(line, each)) next.emplace(at, own);
    }
  };
  add(name, 0);
  while (!next.empty()) {
    const auto [at, own] = *next.begin();
    next.erase(next.begin());
    const std::size_t end = std::min(all.find('\n', at), all.size());
    if (std::find(names.begin(), names.end(), own) == names.end()) add(own, end);
  }
  return names;
}

// `check "$STAGE"`, and `check() { case "$1" in …`: a function that looks at what it is handed.
bool is_checked_by_a_function(const SourceFile& file, std::string_view name) {
  const std::string_view all = file.bytes();
  for (std::size_t use = find_name(all, name); use != all.npos;
       use = find_name(all, name, use + 1)) {
    std::string_view text = line_at(all, use);
    if (!uses_variable(text, name)) continue;
    text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
    const std::string head = "\n" + std::string(text.substr(0, text.find(' '))) + "()";
    const std::size_t at = all.find(head);
    if (at == all.npos) continue;
    const std::string_view body = all.substr(at, std::min(all.find("\n}", at), all.size()) - at);
    const bool tests = body.find("case ") != body.npos || body.find("[ ") != body.npos ||
                       body.find("test ") != body.npos;
    if (tests && uses_an_argument(body)) return true;
  }
  return false;
}

// How a value may be looked at.
enum class Look {
  kAny,     // by whatever decides something, a function of the script's own, too
  kTest,    // by what tests values: `[`, `case`
  kWords,   // so, and not for a file that has the name
  kCaller,  // by what tests values; the default of an argument is what most callers get
};

bool counts(const Branch& branch, Look look) {
  std::string_view test = branch.condition.text();
  while (test.starts_with('!') || test.starts_with(' ')) test.remove_prefix(1);
  const bool tests = test.starts_with("[") || test.starts_with("test ") || test.starts_with("((");
  const bool of_a_file =
      std::any_of(kFileTests.begin(), kFileTests.end(),
                  [&](std::string_view each) { return test.find(each) != test.npos; });
  if (look == Look::kAny) return true;
  if (branch.kind != BranchKind::kCase && !tests) return false;
  return look != Look::kWords || !of_a_file;
}

bool is_tested(const Timeline& timeline, const Span& place, const Step& at, std::string_view name,
               Look look) {
  const SourceFile& file = *place.file;
  const bool of_make = !timeline.task.empty();
  if (of_make && is_asked_by_make(file, name)) return true;
  if (look == Look::kAny && is_checked_by_a_function(file, name)) return true;
  const auto looks = [&](const Branch& branch) {
    return branch.condition.file != nullptr && branch.kind != BranchKind::kFor &&
           counts(branch, look);
  };
  const auto& branches = timeline.branches;
  if (std::none_of(branches.begin(), branches.end(), looks)) return false;
  const std::vector<std::string_view> names = made_of(file, name);
  return std::any_of(branches.begin(), branches.end(), [&](const Branch& branch) {
    if (!looks(branch)) return false;
    const std::string_view test = branch.condition.text();
    const bool value = branch.kind != BranchKind::kCase;
    const auto in = [&](std::string_view each) {
      return uses_variable(test, each) && !(value && asks_for_any(test, each));
    };
    if (std::none_of(names.begin(), names.end(), in)) return false;
    // The value goes through a loop as it is.
    if (std::any_of(names.begin(), names.end(), [&](std::string_view each) {
          const bool whole = each == name || file.bytes().find("for " + std::string(each) +
                                                               " in ") != std::string::npos;
          return whole && asks_for_another(branch, place, each, at);
        })) {
      return false;
    }
    // Whether the call itself ends well is no look at its words.
    return std::none_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
      return step.call && contains(branch.condition, step.span);
    });
  });
}

bool divides(BranchKind kind) {
  return kind == BranchKind::kIf || kind == BranchKind::kCase;
}

// The value is given on an arm, and the step stands on one of something else: whether the two go
// together, the text does not tell.
bool is_on_another_way(const Span& place, const Step& step, const Timeline& timeline) {
  const auto& branches = timeline.branches;
  const auto has = [&](std::size_t branch) {
    return std::any_of(step.conditions.begin(), step.conditions.end(),
                       [&](const Condition& way) { return way.branch == branch; });
  };
  const bool conditional =
      std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
        const Branch& branch = branches[way.branch];
        return divides(branch.kind) && !contains(branch.span, place);
      });
  if (!conditional) return false;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    if (divides(branches[i].kind) && contains(branches[i].span, place) && !has(i)) return true;
  }
  return false;
}

// "x" of `for x in a b`, where the place is in the list.
std::string_view loop_over(const Span& place, const Timeline& timeline) {
  for (const Branch& branch : timeline.branches) {
    if (branch.kind != BranchKind::kFor || !contains(branch.condition, place)) continue;
    std::string_view before = place.file->bytes().substr(0, branch.condition.begin);
    before = before.substr(0, before.find_last_not_of(kBlanks) + 1);
    if (!before.ends_with(" in")) continue;
    before.remove_suffix(3);
    return before.substr(before.find_last_of(" \t\n;") + 1);  // npos + 1 is 0
  }
  return {};
}

// `up all`, and the function does something else where `[ "$1" = all ]`.
bool is_looked_at_inside(const Span& from, const Step& step, const Timeline& timeline) {
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    return branch.condition.file != nullptr && !contains(branch.span, from) &&
           uses_an_argument(branch.condition.text());
  });
}

// `source x.sh "$ENV" "$@"`: where the first of them is empty, the others move up.
bool is_shifted(std::string_view call) {
  const std::size_t rest = std::min(call.find("$@"), call.find("$*"));
  return rest != call.npos && call.substr(0, rest).find('$') != call.npos;
}

// `[ $# -eq 1 ] || usage`: nobody gets as far without an argument.
bool counts_arguments(const Timeline& timeline) {
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [](const Branch& branch) {
    return branch.condition.file != nullptr &&
           branch.condition.text().find("$#") != std::string::npos;
  });
}

bool is_certain_at(const Span& place, const Step& step, const Timeline& timeline, Look look) {
  if (place.file == nullptr) return false;
  const SourceFile& file = *place.file;
  const std::string_view before = file.bytes().substr(0, place.begin);
  const std::string_view line = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
  if (const std::string_view name = default_of(line); !name.empty()) {
    // Whoever calls the script may say another one, and a variable may be set.
    if (!is_variable_name(name) && (look != Look::kCaller || counts_arguments(timeline)))
      return false;
    if (is_tested(timeline, place, step, name, Look::kAny)) return false;
    if (const std::string_view own = assigned_on(line.substr(0, line.rfind("${"))); !own.empty()) {
      if (is_tested(timeline, place, step, own, Look::kAny)) return false;
    }
  }
  if (contains(step.span, place)) return true;
  if (is_on_another_way(place, step, timeline)) return false;
  std::string_view name = loop_over(place, timeline);
  if (name.empty()) name = assigned_on(line);
  if (!name.empty()) return !is_tested(timeline, place, step, name, look);
  for (auto from = step.called_from.begin(); from != step.called_from.end(); ++from) {
    if (!contains(*from, place)) continue;
    return !is_looked_at_inside(*from, step, timeline) &&
           std::none_of(from + 1, step.called_from.end(),
                        [](const Span& call) { return is_shifted(call.text()); });
  }
  return true;
}

// All that some file has of it is; what was worked out may be the directory of the script.
bool is_certain_path(const Argument& word, const Step& step, const Timeline& timeline, Look look) {
  return word.known() &&
         std::all_of(word.runs.begin(), word.runs.end(), [&](const WrittenRun& run) {
           return is_certain_at(run.span, step, timeline, look);
         });
}

}  // namespace

bool is_certain(Span place, const Step& step, const Timeline& timeline) {
  return is_certain_at(place, step, timeline, Look::kTest);
}

bool is_certain(const Argument& word, const Step& step, const Timeline& timeline,
                std::size_t size) {
  if (!word.known()) return false;
  if (word.written) return is_certain(word.written, step, timeline);
  const std::size_t end = std::min(size, word.text.size());
  std::size_t at = 0;
  for (const WrittenRun& run : word.runs) {
    if (at >= end) break;
    if (run.at > at || !is_certain(run.span, step, timeline)) return false;
    at = std::max<std::size_t>(at, run.at + run.size);
  }
  // What was quoted or escaped at the step is in no run.
  return at >= end || word.span.text().find('$') == std::string_view::npos;
}

bool is_certain_without_arguments(const Argument& word, const Step& step,
                                  const Timeline& timeline) {
  return word.known() && word.written && is_certain_at(word.written, step, timeline, Look::kCaller);
}

bool is_certain_path(const Argument& word, const Step& step, const Timeline& timeline) {
  return is_certain_path(word, step, timeline, Look::kTest);
}

bool has_certain_services(const Step& step, const Timeline& timeline) {
  if (!step.call) return true;
  const auto& options = step.call->global_options;
  // Else COMPOSE_FILE of an env file may name others.
  const bool files = step.call->global_option("--file") != nullptr;
  return std::all_of(options.begin(), options.end(), [&](const OptionUse& use) {
    const bool path = use.name == "--file" || use.name == "--project-directory" ||
                      (use.name == "--env-file" && !files);
    if (!use.value) return true;
    if (path) return is_certain_path(*use.value, step, timeline, Look::kWords);
    return use.name != "--profile" || is_certain(*use.value, step, timeline);
  });
}

bool has_certain_stack(const Step& step, const Timeline& timeline) {
  static constexpr std::array<std::string_view, 3> kPaths = {"--env-file", "--file",
                                                             "--project-directory"};
  static constexpr std::array<std::string_view, 2> kNames = {"--profile", "--project-name"};
  const auto among = [](const auto& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (!step.call) return true;
  // COMPOSE_PROJECT_NAME, `name:`.
  const Project* project = step.call->target.project;
  if (project != nullptr && project->name.from.span &&
      !is_certain(project->name.from.span, step, timeline)) {
    return false;
  }
  const auto& options = step.call->global_options;
  return std::all_of(options.begin(), options.end(), [&](const OptionUse& use) {
    if (!use.value) return true;
    // A file that is looked for is there.
    if (among(kPaths, use.name)) return is_certain_path(*use.value, step, timeline, Look::kWords);
    return !among(kNames, use.name) || is_certain(*use.value, step, timeline);
  });
}

}  // namespace composelint
