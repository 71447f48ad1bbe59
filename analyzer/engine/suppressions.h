// Comments by which a user allows what a rule reports:
//
//   # composelint: allow run-without-rm, compose-v1 -- the container is kept for its logs
//   # composelint: allow-block unknown-service until 2026-12-31 -- it comes with the next release
//   # composelint: allow-file dump-pipe-without-pipefail -- the caller checks the dump
//
// `allow` at the end of a line covers the command (in YAML: the line) it stands behind. On a line
// of its own it covers the next command, with all of its lines. Of compound commands it covers the
// first line only: what is inside takes `allow-block`, which covers the whole command, function,
// target, job, service or section that begins there. In Markdown both are written
// <!-- composelint: … --> and cover the code block below.
#pragma once

#include <composelint/allowance.h>
#include <composelint/finding.h>
#include <composelint/rule.h>
#include <composelint/run.h>
#include <composelint/shell.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analyzer/engine/line_range.h"
#include "analyzer/hosts/host_file.h"

namespace composelint::engine {

// One slug of one comment. `comment.span.file` is the file it is good for.
struct Allowance {
  AllowComment comment;
  LineRange lines;
};

struct Allowances {
  std::vector<Allowance> allowed;
  std::vector<Notification> notifications;  // comments that say "composelint:" and nothing known

  void append(Allowances other);
};

// What the comments say, also of rules that there are not. `rules` are all that are known; `today`
// is a date as in the comments, empty where no allowance shall end.
[[nodiscard]] Allowances allowances(const hosts::HostFile& host, std::span<const Rule* const> rules,
                                    const std::string& today = {});
[[nodiscard]] Allowances allowances(const SourceFile& compose_file,
                                    std::span<const Rule* const> rules,
                                    const std::string& today = {});

// Puts `findings` into run.findings and run.suppressed, their order kept, and marks the allowances
// that a finding needed. A fix that would change what a comment allows is dropped.
void apply(std::vector<Finding> findings, std::vector<Allowance>& allowed, Run& run);

}  // namespace composelint::engine
