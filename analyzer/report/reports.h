// What a Run looks like to its readers. Pure functions: every report is made from data alone and
// ends in a newline.
#pragma once

#include <composelint/result.h>
#include <composelint/rule.h>
#include <composelint/run.h>

#include <span>
#include <string>
#include <string_view>

namespace composelint::report {

struct Options {
  bool colour = false;           // ANSI colours, text only
  bool fold = false;             // of more than four alike, text has three whole and the places
  bool show_suppressed = false;  // list what comments allow as well
  bool all = false;              // a trace with the commands that only look, too
  bool stats = false;            // all figures, JSON only
};

using Rules = std::span<const Rule* const>;

// For people at a terminal. Nothing of a source or message reaches it unescaped.
[[nodiscard]] std::string text_report(const Run& run, const Options& options);
// {"version":1,"findings":[…],"notifications":[…],"stats":{…}}; docs/formats.md describes it.
[[nodiscard]] std::string json_report(const Run& run, const Options& options);
// SARIF 2.1.0. `rules` are all that could have fired, not only those that did.
[[nodiscard]] std::string sarif_report(const Run& run, Rules rules, const Options& options);

// Every compose invocation that was found, with the stack it acts on.
[[nodiscard]] std::string calls_text(const Run& run);
[[nodiscard]] std::string calls_json(const Run& run);

// The steps of scripts as a person would tell them: what each does, to which stack, under which
// condition, and what is not known of it.
[[nodiscard]] std::string trace_text(std::span<const ScriptRecord> scripts, const Options& options);
[[nodiscard]] std::string trace_json(std::span<const ScriptRecord> scripts);

// What a run has read and understood, in figures.
[[nodiscard]] std::string stats_text(const Run& run);
// The files of a run, each with its kind and contexts, and those that were named and left out.
[[nodiscard]] std::string files_text(const Run& run);
[[nodiscard]] std::string files_json(const Run& run);

// All rules, one a line; as data; as the Markdown table of the README.
[[nodiscard]] std::string rules_text(Rules rules);
[[nodiscard]] std::string rules_json(Rules rules);
[[nodiscard]] std::string rules_table(Rules rules, std::string_view link_prefix);
// `readme` with the table put between its two marks; fails where they are missing.
[[nodiscard]] Result<std::string> with_rules_table(std::string_view readme, Rules rules,
                                                   std::string_view link_prefix);

// `page` with the tables of what other linters flag put between their marks.
[[nodiscard]] Result<std::string> with_migration_tables(std::string_view page);

// A .composelint.yaml in which everything is a comment, out of what a run has found.
[[nodiscard]] std::string starting_config(const Run& run);

// One rule in full: for a terminal, and as a page of the documentation.
[[nodiscard]] std::string explanation(const Rule& rule);
[[nodiscard]] std::string rule_page(const Rule& rule);

}  // namespace composelint::report
