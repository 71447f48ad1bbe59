// A Run as `check` leaves it, with something of everything a report has to show.
#pragma once

#include <composelint/rule.h>
#include <composelint/run.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::report {

// The first place of `text` in `file`.
[[nodiscard]] Span place_of(const SourceFile& file, std::string_view text);

struct Sample {
  SourceFile script;
  SourceFile compose;
  std::vector<std::unique_ptr<Step>> steps;
  Project project;
  composelint::Run run;

  Sample();
};

[[nodiscard]] std::span<const Rule* const> sample_rules();

}  // namespace composelint::report
