#include "analyzer/report/step_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "analyzer/report/display.h"

namespace composelint::report {

namespace {

constexpr std::size_t kCodeColumns = 60;

std::string line_of(const Span& span) {
  return span ? fmt::format(" (line {})", span.file->line_of(span.begin)) : std::string();
}

std::string stream_end(const Stream& stream) {
  const std::string target = shown(stream.target);
  return target.empty() ? "a file" : target;
}

// Of a pipeline's neighbour; a process substitution has none.
std::string neighbour(const Stream& stream) {
  return stream.span ? code(stream.span) : std::string("another command");
}

}  // namespace

std::string shown(const Hole& hole) {
  const std::string& name = hole.name;
  const bool whole = name.empty() || name.find_first_of("$`{(") == 0;
  return whole ? name : "$" + name;
}

std::string shown(const Argument& argument) {
  std::string out;
  std::uint32_t copied = 0;
  for (const Hole& hole : argument.holes) {
    out += argument.text.substr(copied, hole.at - copied) + shown(hole);
    copied = hole.at;
  }
  return out + argument.text.substr(copied);
}

std::string shown(const std::vector<Argument>& words) {
  std::string out;
  for (const Argument& word : words) {
    if (!out.empty()) out += ' ';
    const std::string text = shown(word);
    const bool quotes = text.empty() || text.find_first_of(" \t\n;&|<>") != std::string::npos;
    out += quotes ? "'" + text + "'" : text;
  }
  return out;
}

std::string shortened(std::string_view text, std::size_t columns) {
  std::string line;
  for (const char c : text.substr(0, 8 * columns)) {
    const bool blank = c == '\n' || c == '\t' || c == ' ' || c == '\r';
    if (!blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  // A line that goes on.
  for (std::size_t at = line.find("\\ "); at != std::string::npos; at = line.find("\\ ", at)) {
    line.erase(at, 2);
  }
  while (line.ends_with(' ')) line.pop_back();
  line = printable(line);
  if (display_width(line) <= columns) return line;
  return mark_line(line, {}, ' ', columns).text;
}

std::string code(const Span& span) {
  return "`" + shortened(span.text(), kCodeColumns) + "`";
}

std::string service_of(const ComposeInvocation& call) {
  const bool one = call.verb == "run" || call.verb == "exec";
  return one && !call.operands.empty() ? shown(call.operands.front()) : "";
}

std::string_view to_string(Place place) {
  switch (place) {
    case Place::kHost: return "host";
    case Place::kRemote: return "remote";
    case Place::kContainer: return "container";
  }
  return "host";
}

std::string place_words(const Step& step) {
  const std::string name = printable(step.place_name);
  switch (step.place) {
    case Place::kHost: return "";
    case Place::kRemote: return "on " + (name.empty() ? "another machine" : "the machine " + name);
    case Place::kContainer: return name.empty() ? "in a container" : "in a container of " + name;
  }
  return "";
}

std::string effect_words(Effect effect, std::string_view name) {
  if (effect == Effect::kUnknown) return printable(name);
  const std::string_view verb =
      effect == Effect::kShell ? "opens a shell" : composelint::to_string(effect);
  return name.empty() ? std::string(verb) : fmt::format("{} ({})", verb, printable(name));
}

std::string_view to_string(StatusUse use) {
  switch (use) {
    case StatusUse::kStops: return "stops";
    case StatusUse::kDecides: return "decides";
    case StatusUse::kUnchecked: return "unchecked";
    case StatusUse::kDiscarded: return "discarded";
    case StatusUse::kMasked: return "masked";
  }
  return "unchecked";
}

std::string_view status_words(const Step& step) {
  if (step.background) return "in the background, its failure unseen";
  switch (step.status) {
    case StatusUse::kStops: return "a failure ends the script";
    case StatusUse::kDecides: return "what follows depends on its success";
    case StatusUse::kUnchecked: return "after a failure it goes on";
    case StatusUse::kDiscarded: return "a failure is thrown away";
    case StatusUse::kMasked: return "the pipe hides its failure";
  }
  return "";
}

std::string_view to_string(StreamKind kind) {
  switch (kind) {
    case StreamKind::kInherited: return "inherited";
    case StreamKind::kFile: return "file";
    case StreamKind::kNull: return "null";
    case StreamKind::kPipe: return "pipe";
    case StreamKind::kHere: return "here-document";
    case StreamKind::kCaptured: return "captured";
  }
  return "inherited";
}

std::string stream_words(const Step& step) {
  std::vector<std::string> parts;
  switch (step.in.kind) {
    case StreamKind::kFile: parts.push_back("input from " + printable(stream_end(step.in))); break;
    case StreamKind::kPipe: parts.push_back("input from " + neighbour(step.in)); break;
    case StreamKind::kHere: parts.emplace_back("input from the script's own text"); break;
    case StreamKind::kNull: parts.emplace_back("no input"); break;
    case StreamKind::kInherited:
    case StreamKind::kCaptured: break;
  }
  switch (step.out.kind) {
    case StreamKind::kFile: parts.push_back("output to " + printable(stream_end(step.out))); break;
    case StreamKind::kPipe: parts.push_back("output into " + neighbour(step.out)); break;
    case StreamKind::kNull: parts.emplace_back("output thrown away"); break;
    case StreamKind::kCaptured: parts.emplace_back("output kept as a value"); break;
    case StreamKind::kInherited:
    case StreamKind::kHere: break;
  }
  const bool silent = step.err.kind == StreamKind::kNull && step.out.kind != StreamKind::kNull;
  if (silent) parts.emplace_back("messages thrown away");
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string_view to_string(BranchKind kind) {
  switch (kind) {
    case BranchKind::kIf: return "if";
    case BranchKind::kCase: return "case";
    case BranchKind::kAnd: return "and";
    case BranchKind::kOr: return "or";
    case BranchKind::kFor: return "for";
    case BranchKind::kWhile: return "while";
    case BranchKind::kHost: return "host";
    case BranchKind::kOnFailure: return "on-failure";
    case BranchKind::kLeft: return "left";
    case BranchKind::kUncalled: return "uncalled";
    case BranchKind::kValue: return "value";
  }
  return "if";
}

namespace {

struct Tested {
  Span at;
  bool negated = false;
};

// `if ! test`: the sign stands in front of what is tested. It holds for the first command alone,
// so a list is shown with it, and so are two signs.
Tested tested(const Span& test) {
  if (test.file == nullptr) return {test, false};
  const auto is_sign = [](std::string_view before) { return before.ends_with('!'); };
  const auto in_front = [&](std::uint32_t end) {
    const std::string_view before = test.file->bytes().substr(0, end);
    return before.substr(0, before.find_last_not_of(" \t") + 1);
  };
  std::string_view before = in_front(test.begin);
  if (!is_sign(before)) return {test, false};
  const std::string_view text = test.text();
  const bool list = text.find("&&") != text.npos || text.find("||") != text.npos;
  before = in_front(static_cast<std::uint32_t>(before.size() - 1));
  if (!list && !is_sign(before)) return {test, true};
  Tested whole{test, false};
  for (before = in_front(test.begin); is_sign(before);
       before = in_front(static_cast<std::uint32_t>(before.size() - 1))) {
    whole.at.begin = static_cast<std::uint32_t>(before.size() - 1);
  }
  return whole;
}

std::string branch_words(const Branch& branch, const Condition& condition) {
  const Span at = branch.condition ? branch.condition : branch.span;
  const std::string test = code(at) + line_of(at);
  switch (branch.kind) {
    case BranchKind::kIf: {
      const Tested by = tested(at);
      return ((condition.arm == 0) != by.negated ? "only if " : "only if not ") + code(by.at) +
             line_of(at);
    }
    case BranchKind::kCase: {
      const Span pattern =
          condition.arm < branch.patterns.size() ? branch.patterns[condition.arm] : Span{};
      if (!pattern || pattern.text() == "*")
        return "only if " + code(at) + " is none of the others" + line_of(at);
      return "only if " + code(at) + " is " + code(pattern) + line_of(pattern);
    }
    case BranchKind::kAnd: return "only when " + code(at) + " succeeds" + line_of(at);
    case BranchKind::kOr: return "only when " + code(at) + " fails" + line_of(at);
    case BranchKind::kFor:
      return branch.condition ? "for each of " + test : "for each round" + line_of(at);
    case BranchKind::kWhile:
      return (branch.span.text().starts_with("until") ? "until " : "while ") + test;
    case BranchKind::kHost: return "only if a condition of the file holds";
    case BranchKind::kOnFailure: return "only when something before it failed";
    case BranchKind::kLeft: return "unless it has been left before" + line_of(at);
    case BranchKind::kValue: return "for one of the values of a variable" + line_of(at);
    case BranchKind::kUncalled: return "";
  }
  return "";
}

}  // namespace

std::string condition_words(const Timeline& timeline, const Condition& condition) {
  return branch_words(timeline.branches[condition.branch], condition);
}

std::string condition_words(const Timeline& timeline, const Step& step) {
  std::string out;
  Span before;  // of a chain of &&
  const std::size_t all = step.conditions.size();
  const std::size_t left_out = all > kMostConditions ? all - kMostConditions : 0;
  if (left_out > 0) out = fmt::format("under {} more", left_out);
  for (std::size_t i = left_out; i < step.conditions.size(); ++i) {
    Branch branch = timeline.branches[step.conditions[i].branch];
    if (before) branch.condition = join(before, branch.condition);
    before = {};
    if (i + 1 < step.conditions.size() && branch.kind == BranchKind::kAnd) {
      const Branch& next = timeline.branches[step.conditions[i + 1].branch];
      if (next.kind == BranchKind::kAnd && next.condition == branch.span) {
        before = branch.condition;
        continue;
      }
    }
    const std::string words = branch_words(branch, step.conditions[i]);
    if (!words.empty()) out += (out.empty() ? "" : ", ") + words;
  }
  return out;
}

std::vector<std::string> unknown_words(const Step& step) {
  std::vector<std::string> names;
  for (const Argument& word : step.argv) {
    for (const Hole& hole : word.holes) {
      const std::string name = shortened(shown(hole), kCodeColumns);
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

}  // namespace composelint::report
