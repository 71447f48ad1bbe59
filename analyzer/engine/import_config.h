// The configuration of another linter of compose files as one of ours.
#pragma once

#include <composelint/finding.h>
#include <composelint/result.h>
#include <composelint/source.h>

#include <array>
#include <string>
#include <vector>

namespace composelint::engine {

// The names that import looks for, in this order.
inline constexpr std::array<const char*, 5> kPeerConfigNames = {
    ".compose-lint.yml", ".dclintrc", ".dclintrc.json", ".dclintrc.yaml", ".dclintrc.yml"};

struct ImportedConfig {
  std::string text;                      // a .composelint.yaml
  std::vector<Notification> left_aside;  // what of it has no counterpart here, with its place
};

// `file` is told by its name: .dclintrc* is dclint's, .compose-lint.* is compose-lint's. Fails with
// kUnsupported for any other name and for configurations that are programs (.js, .cjs), with kSyntax
// for what is no YAML, and with kInvalid where a value is none that the tool takes.
[[nodiscard]] Result<ImportedConfig> import_config(const SourceFile& file);

}  // namespace composelint::engine
