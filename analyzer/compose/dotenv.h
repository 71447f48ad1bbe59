// Env files: `.env`, `--env-file`, `env_file:`, `label_file:`.
#pragma once

#include <composelint/result.h>
#include <composelint/source.h>

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/compose/environment.h"
#include "analyzer/compose/substitute.h"

namespace composelint::compose {

struct DotenvEntry {
  std::string name;
  std::string value;
  Span span;                       // from the name to the end of the value
  std::vector<UsedVariable> used;  // what was interpolated into it
  bool known = true;
};

struct DotenvFile {
  std::vector<DotenvEntry> entries;  // in order; of equal names the last counts
  std::vector<std::string> unset;    // variables that were interpolated and not set
};

// Reads the syntax of `.env`. `outer` is asked first for `${X}` and alone for a bare `X`; then the
// lines above, and `seen`, the variables of files read before. Fails with kSyntax, or as
// substitute() does.
[[nodiscard]] Result<DotenvFile> parse_dotenv(const SourceFile& file, const Lookup& outer,
                                              const Environment& seen, Unset unset = Unset::kEmpty);

// Reads `format: raw`: lines of NAME=value, values taken as they are.
[[nodiscard]] Result<DotenvFile> parse_raw_env(const SourceFile& file, const Lookup& outer);

}  // namespace composelint::compose
