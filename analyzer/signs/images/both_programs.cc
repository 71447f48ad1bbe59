#include "analyzer/signs/images/both_programs.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace composelint {

namespace {

// `command -v docker jq`: all words are written out, and Compose is none of them.
bool looks_for_others(std::string_view words) {
  words = words.substr(0, words.find_first_of(">|&;)\n"));
  const bool open = words.find_first_of("$`*") != words.npos;
  return !open && words.find("compose") == words.npos;
}

// `command -v docker-compose`, `docker compose version`: what is there is looked for, in whichever
// place of the file.
bool looks_for_a_program(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kAsks = {"command -v", "which ", "type -",
                                                            "type docker", "hash docker"};
  static constexpr std::array<std::string_view, 6> kLooks = {
      "compose version", "compose --version", "bin/docker-compose", "compose -v",
      "-x \"$",          "cli-plugins"};
  const bool asks = std::any_of(kAsks.begin(), kAsks.end(), [&](std::string_view ask) {
    for (std::size_t at = text.find(ask); at != text.npos; at = text.find(ask, at + 1)) {
      if (!looks_for_others(text.substr(at))) return true;
    }
    return false;
  });
  return asks || std::any_of(kLooks.begin(), kLooks.end(), [&](std::string_view look) {
           return text.find(look) != std::string_view::npos;
         });
}

// The same is called on another way of a branch, or decides it: `docker compose up ||
// docker-compose up`.
bool stand_apart(const Timeline& task, const Step& a, const Step& b) {
  if (a.call->verb != b.call->verb) return false;
  const auto decides = [&](const Step& one, const Step& other) {
    return std::any_of(one.conditions.begin(), one.conditions.end(), [&](const Condition& way) {
      const Span test = task.branches[way.branch].condition;
      return test && test.file == other.span.file && test.begin <= other.span.begin &&
             other.span.end <= test.end;
    });
  };
  const bool ways =
      std::any_of(a.conditions.begin(), a.conditions.end(), [&](const Condition& one) {
        return std::any_of(b.conditions.begin(), b.conditions.end(), [&](const Condition& other) {
          return one.branch == other.branch && one.arm != other.arm;
        });
      });
  return ways || decides(a, b) || decides(b, a);
}

}  // namespace

bool may_pick_a_program(std::span<const Timeline* const> tasks) {
  const SourceFile* looked = nullptr;
  for (const Timeline* task : tasks) {
    if (task->file != looked && looks_for_a_program(task->file->bytes())) return true;
    looked = task->file;
    std::vector<const Step*> calls;
    for (const Step& step : task->steps) {
      if (!step.call || step.call->program_span.file != task->file) continue;
      if (!step.call->program_literal) return true;
      for (const Step* other : calls) {
        const bool branched = !other->conditions.empty() || !step.conditions.empty();
        if (branched && other->call->program != step.call->program &&
            stand_apart(*task, *other, step)) {
          return true;
        }
      }
      calls.push_back(&step);
    }
  }
  return false;
}

}  // namespace composelint
