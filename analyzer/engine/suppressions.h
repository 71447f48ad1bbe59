// Comments by which a user allows what a rule reports:
//
//   # composelint: allow run-without-rm, compose-v1 -- the container is kept for its logs
//   # composelint: allow-file dump-pipe-without-pipefail -- the caller checks the dump
//
// At the end of a line it covers the command (in YAML: the line) it stands behind. On a line of its
// own it covers the next command, with all of its lines. Compound commands are covered by their
// first line only: a comment above `if` or a function does not silence what is inside. In Markdown
// it is written <!-- composelint: … --> and covers the code block below.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>
#include <composelint/run.h>
#include <composelint/shell.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analyzer/hosts/host_file.h"

namespace composelint::engine {

// Lines of one file, 1-based, both ends included.
struct LineRange {
  std::uint32_t first = 1;
  std::uint32_t last = 0;

  [[nodiscard]] bool holds(std::uint32_t line) const { return first <= line && line <= last; }
};

// One slug of one comment. `comment.file` is the file it is good for.
struct Allowance {
  Span comment;
  std::string rule;
  std::string reason;  // what follows "--", possibly empty
  LineRange lines;
};

struct Allowances {
  std::vector<Allowance> allowed;
  std::vector<Notification> notifications;  // comments that say "composelint:" and nothing known

  void append(Allowances other);
};

[[nodiscard]] Allowances allowances(const hosts::HostFile& host,
                                    std::span<const Rule* const> rules);
[[nodiscard]] Allowances allowances(const SourceFile& compose_file,
                                    std::span<const Rule* const> rules);

// Puts `findings` into run.findings and run.suppressed, their order kept. Says of each allowance
// whether any finding needed it: what to report of those that none did is up to the caller.
std::vector<bool> apply(std::vector<Finding> findings, std::span<const Allowance> allowed,
                        Run& run);

}  // namespace composelint::engine
