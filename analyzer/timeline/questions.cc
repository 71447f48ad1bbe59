#include "analyzer/timeline/questions.h"

#include <composelint/contains.h>
#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::timeline {

namespace {

// The variables it sets; nothing when it reads lists, records or another descriptor, which no
// operator types.
std::vector<std::string_view> answered_in(const Step& step) {
  std::vector<std::string_view> names;
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const std::string_view text = step.argv[i].text;
    if (!text.starts_with('-')) {
      names.push_back(text);
    } else if (text.find_first_of("adu") != std::string_view::npos) {
      return {};
    } else if (text.find_first_of("tnNi") == text.size() - 1) {
      ++i;
    }
  }
  if (names.empty()) names.emplace_back("REPLY");
  return names;
}

bool reads_terminal(const Step& step) {
  if (step.in.kind == StreamKind::kFile) return step.in.target.is("/dev/tty");
  return step.in.kind == StreamKind::kInherited && !step.in_stdin_loop;
}

// `while read line`: records, one after the other.
bool keeps_a_loop_going(const Timeline& timeline, const Step& step) {
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
    return branch.kind == BranchKind::kWhile && contains(branch.condition, step.span);
  });
}

bool prints(const Step& step) {
  if (step.argv.empty() || step.out.kind != StreamKind::kInherited) return false;
  const std::string_view program = step.argv.front().text;
  return program == "echo" || program == "printf" || program == "print";
}

bool mentions(std::string_view text, std::string_view name) {
  for (const std::string& use : {"$" + std::string(name), "${" + std::string(name)}) {
    for (std::size_t at = text.find(use); at != std::string_view::npos;
         at = text.find(use, at + 1)) {
      const char next = at + use.size() < text.size() ? text[at + use.size()] : ' ';
      if (next != '_' && std::isalnum(static_cast<unsigned char>(next)) == 0) return true;
    }
  }
  return false;
}

bool is_tested(const Timeline& timeline, const Step& step,
               const std::vector<std::string_view>& names) {
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
    if (!branch.condition || branch.condition.file != step.span.file) return false;
    if (branch.kind == BranchKind::kFor || branch.condition.begin < step.span.end) return false;
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
      return mentions(branch.condition.text(), name);
    });
  });
}

// "This deletes all data. Ctrl+C within 15 seconds to cancel", and then `sleep 15`.
bool is_a_countdown(const Timeline& timeline, std::size_t at) {
  static constexpr std::array<std::string_view, 5> kWays = {"ctrl+c", "ctrl-c", "ctrl + c",
                                                            "control-c", "^c"};
  static constexpr std::array<std::string_view, 13> kLoss = {
      "delet", "remov", "destr", "eras", "overwr", "replac",      "reempl",
      "wipe",  "lose",  "loss",  "warn", "aten",   "\xe2\x9a\xa0"};  // the last is a warning sign
  const Step& step = timeline.steps[at];
  if (!step.argv.front().is("sleep") || step.launcher != Launcher::kNone) return false;
  std::string said;
  for (std::size_t i = at; i-- > 0 && prints(timeline.steps[i]);) {
    const Step& other = timeline.steps[i];
    if (other.span.file != step.span.file || other.detached != step.detached) break;
    // `warn "Ctrl+C to stop"`: the words stand in the call.
    const std::size_t depth = step.called_from.size();
    said += lower_case(other.called_from.size() > depth ? other.called_from[depth].text()
                                                        : other.span.text());
  }
  const auto says = [&](std::string_view word) { return said.find(word) != said.npos; };
  return std::any_of(kWays.begin(), kWays.end(), says) &&
         std::any_of(kLoss.begin(), kLoss.end(), says);
}

}  // namespace

void mark_questions(Timeline& timeline) {
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    Step& step = timeline.steps[i];
    if (step.asks || step.argv.empty()) continue;
    step.asks = is_a_countdown(timeline, i);
    if (!step.argv.front().is("read")) continue;
    if (step.launcher != Launcher::kNone || step.pipeline != 0 || !reads_terminal(step)) continue;
    const std::vector<std::string_view> names = answered_in(step);
    if (names.empty() || keeps_a_loop_going(timeline, step)) continue;
    const bool announced = i > 0 && prints(timeline.steps[i - 1]) &&
                           timeline.steps[i - 1].span.file == step.span.file &&
                           timeline.steps[i - 1].detached == step.detached;
    step.asks = announced || is_tested(timeline, step, names);
  }
}

}  // namespace composelint::timeline
