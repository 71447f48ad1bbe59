// The command line as plain data. Only arguments.cc knows the library that reads it.
#pragma once

#include <composelint/exit_code.h>
#include <composelint/finding.h>
#include <composelint/rule.h>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace composelint::cli {

using Words = std::vector<std::string>;

enum class Format { kText, kJson, kSarif, kMarkdown };
enum class Colour { kAuto, kAlways, kNever };

struct ConfigFileOptions {
  std::optional<std::string> file;  // instead of the one that is found
  bool none = false;
};

struct CheckOptions {
  Words paths;  // "-" stands for standard input
  Format format = Format::kText;
  std::optional<std::string> output;  // a file, else standard output
  std::optional<Severity> fail_on;    // kOff: never; nothing: as the configuration has it
  Words select;                       // slugs, or patterns of them
  Words ignore;
  std::optional<Context> context;
  std::optional<std::string> stdin_filename;
  Colour colour = Colour::kAuto;
  bool show_suppressed = false;
  bool show_repeated = false;
  bool no_inline = false;  // comments allow nothing
  bool stats = false;
  bool list_files = false;
  bool fix = false;
  bool diff = false;                          // with `fix`: show, write nothing
  bool unsafe_fixes = false;                  // with `fix`: those that change what runs, too
  std::optional<std::string> baseline;        // a file of findings that do not count
  std::optional<std::string> write_baseline;  // a file that gets all there are
  ConfigFileOptions config;
};

struct ExplainOptions {
  std::string slug;
  ConfigFileOptions config;
};

struct RulesOptions {
  Format format = Format::kText;
  ConfigFileOptions config;
};

struct CallsOptions {
  Words paths;
  Format format = Format::kText;
  ConfigFileOptions config;
};

struct TraceOptions {
  std::string script;
  std::optional<std::string> task;  // of several in the file
  bool all = false;                 // commands that only look, too
  Format format = Format::kText;
  Colour colour = Colour::kAuto;
  ConfigFileOptions config;
};

struct InitOptions {
  bool print = false;  // to standard output, and write nothing
};

struct ImportConfigOptions {
  std::string file;    // empty: the one that is here
  bool print = false;  // to standard output, and write nothing
};

struct TestRulesOptions {
  ConfigFileOptions config;
};

struct ConfigSchemaOptions {};

struct DocsOptions {
  std::string out;                           // directory of the pages
  std::optional<std::string> readme;         // file with the table of rules
  std::optional<std::string> configuration;  // file with the table of the configuration's keys
  std::optional<std::string> schema;         // file of its JSON Schema
};

// Instead of options: a text to show, and the code to end with. Help goes to standard output,
// complaints to standard error.
struct Answer {
  std::string text;
  ExitCode code = ExitCode::kClean;
};

template <typename Options>
using Parsed = std::variant<Options, Answer>;

// `words` are those behind the subcommand's name.
[[nodiscard]] Parsed<CheckOptions> parse_check(const Words& words);
[[nodiscard]] Parsed<ExplainOptions> parse_explain(const Words& words);
[[nodiscard]] Parsed<RulesOptions> parse_rules(const Words& words);
[[nodiscard]] Parsed<CallsOptions> parse_calls(const Words& words);
[[nodiscard]] Parsed<TraceOptions> parse_trace(const Words& words);
[[nodiscard]] Parsed<InitOptions> parse_init(const Words& words);
[[nodiscard]] Parsed<ImportConfigOptions> parse_import_config(const Words& words);
[[nodiscard]] Parsed<TestRulesOptions> parse_test_rules(const Words& words);
[[nodiscard]] Parsed<ConfigSchemaOptions> parse_config_schema(const Words& words);
[[nodiscard]] Parsed<DocsOptions> parse_docs(const Words& words);

}  // namespace composelint::cli
