#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analyzer/report/markdown.h"
#include "analyzer/report/reports.h"

namespace composelint::report {

namespace {

std::string_view level_cell(Severity severity) {
  return severity == Severity::kOff ? "–" : to_string(severity);
}

// A fence longer than any run of backticks inside.
std::string fenced(std::string_view language, std::string_view code) {
  std::size_t longest = 2;
  for (std::size_t at = 0; at < code.size();) {
    const std::size_t end = std::min(code.find_first_not_of('`', at), code.size());
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  const std::string fence(longest + 1, '`');
  const std::string_view newline = code.ends_with('\n') ? "" : "\n";
  return fmt::format("{}{}\n{}{}{}\n", fence, language, code, newline, fence);
}

void add_paragraph(std::string& out, std::string_view markdown) {
  out += markdown;
  if (!markdown.ends_with('\n')) out += '\n';
}

std::string_view language_of(const Example& example) {
  if (example.file.ends_with(".service")) return "ini";
  const bool yaml = example.is_compose || example.file.ends_with("ml");
  return yaml ? "yaml" : "sh";
}

}  // namespace

std::string rule_page(const Rule& rule) {
  const Severities& in = rule.severity;
  std::string out = fmt::format("# {}\n\n", rule.slug);
  add_paragraph(out, rule.summary);
  out +=
      "\n| ops | dev | ci | docs | preset | fix | since |\n"
      "| --- | --- | --- | --- | --- | --- | --- |\n";
  out += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", level_cell(in.ops),
                     level_cell(in.dev), level_cell(in.ci), level_cell(in.docs),
                     to_string(rule.preset), fix_cell(rule.fix), rule.since);
  out += "\n## What happens\n\n";
  add_paragraph(out, rule.rationale);
  for (const Example& example : rule.examples) {
    const std::string_view language = language_of(example);
    out += "\n## Example\n\nReported:\n\n" + fenced(language, example.unsafe);
    out += "\nNot reported:\n\n" + fenced(language, example.safe);
    if (!example.compose.empty()) {
      out += "\nwith the compose file\n\n" + fenced("yaml", example.compose);
    }
    if (!example.file.empty()) out += fmt::format("\nin a file `{}`\n", example.file);
    if (example.beside.empty()) continue;
    const std::size_t end = example.beside.find('\n');
    const std::string_view name = example.beside.substr(0, end);
    out += fmt::format("\nwith `{}`\n\n", name);
    out += fenced(name.ends_with("ml") ? "yaml" : "sh", example.beside.substr(end + 1));
  }
  if (!rule.silent_on.empty()) {
    out += "\n## What it does not report\n\n";
    add_paragraph(out, rule.silent_on);
  }
  out += "\n## To allow it\n\nIn one place, on the line or above it:\n\n";
  out += fenced("sh", fmt::format("# composelint: allow {} -- the reason", rule.slug));
  if (rule.cwe != 0) {
    out += fmt::format("\nCWE-{0}: <https://cwe.mitre.org/data/definitions/{0}.html>\n", rule.cwe);
  }
  if (!rule.tags.empty())
    out += fmt::format("\nKnown elsewhere as {}.\n", fmt::join(rule.tags, ", "));
  return out;
}

std::string rules_table(Rules rules, std::string_view link_prefix) {
  std::string out =
      "| rule | what is wrong | ops | dev | ci | docs | preset | fix |\n"
      "| --- | --- | --- | --- | --- | --- | --- | --- |\n";
  for (const Rule* rule : rules) {
    const Severities& in = rule->severity;
    out += fmt::format("| [{0}]({1}{0}.md) | {2} | {3} | {4} | {5} | {6} | {7} | {8} |\n",
                       rule->slug, link_prefix, table_cell(rule->summary), level_cell(in.ops),
                       level_cell(in.dev), level_cell(in.ci), level_cell(in.docs),
                       to_string(rule->preset), fix_cell(rule->fix));
  }
  return out;
}

Result<std::string> with_rules_table(std::string_view readme, Rules rules,
                                     std::string_view link_prefix) {
  return with_block(readme, "rules", rules_table(rules, link_prefix));
}

}  // namespace composelint::report
