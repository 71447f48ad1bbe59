// From the text of a script to its commands.
#pragma once

#include <composelint/argument.h>
#include <composelint/result.h>
#include <composelint/shell.h>

#include <cstdint>
#include <string>
#include <vector>

#include "analyzer/text/span_map.h"

namespace composelint::shell {

// A range of a script's text that its host fills in before a shell sees it. In the text stands a
// placeholder of word characters; the words hold a WordPartKind::kForeign part in its place.
struct ForeignRange {
  std::uint32_t begin = 0;  // bytes of ScriptText::text
  std::uint32_t end = 0;
  std::string text;  // what stands in the file, for messages: "inputs.tag"
};

struct ScriptText {
  std::string text;                   // what the shell reads
  text::SpanMap map;                  // from `text` to the file that holds it
  std::vector<ForeignRange> foreign;  // ascending, not overlapping
  Dialect dialect = Dialect::kBash;   // unless a shebang in `text` says otherwise
};

// Bounds are counts, not clocks: the same input always ends the same way.
struct ParseLimits {
  std::uint32_t bytes = 2U << 20U;        // longer scripts are refused
  std::uint32_t depth = 48;               // substitutions and compound commands inside each other
  std::uint32_t parse_steps = 4'000'000;  // work of the grammar on all of the script
};

// A file that is a script.
[[nodiscard]] ScriptText whole_file(const SourceFile& file);

// A script handed over as a word: `bash -c '…'`, `ssh host "…"`, `trap '…'`. Unknown parts become
// foreign ranges. Spans are exact where the text is written as is.
[[nodiscard]] ScriptText script_in(const Argument& argument);
// The same for the body of a here-document that feeds a shell. Expansions that the outer shell
// makes become foreign ranges.
[[nodiscard]] ScriptText script_in(const HereDocument& document);

// Fails with kUnreadable for a text with NUL bytes (no shell reads on behind them) and with kLimit.
// Whatever else cannot be parsed is listed in Script::unparsed, and everything around it is there.
[[nodiscard]] Result<Script> parse_script(const ScriptText& source, const ParseLimits& limits = {});

}  // namespace composelint::shell
