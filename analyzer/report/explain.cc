#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analyzer/report/display.h"
#include "analyzer/report/reports.h"
#include "analyzer/report/wrap.h"

namespace composelint::report {

namespace {

constexpr std::size_t kColumns = 80;

// Code as it is, each line set off.
std::string code(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    out += line.empty() ? "\n" : "    " + printable(line) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string_view fix_sentence(FixKind fix) {
  switch (fix) {
    case FixKind::kNone: return "none: it takes a decision";
    case FixKind::kSafe: return "safe: the command does the same, minus the hazard";
    case FixKind::kOffer: return "offered: it changes what runs";
  }
  return "none";
}

}  // namespace

std::string explanation(const Rule& rule) {
  const Severities& in = rule.severity;
  std::string out = fmt::format("{}: {}\n\n", rule.slug, rule.summary);
  out += fmt::format("  ops {}, dev {}, ci {}, docs {}\n", to_string(in.ops), to_string(in.dev),
                     to_string(in.ci), to_string(in.docs));
  out += fmt::format("  fix {}\n", fix_sentence(rule.fix));
  out += fmt::format("  preset {}\n", to_string(rule.preset));
  if (!rule.since.empty()) out += fmt::format("  since {}\n", rule.since);
  if (rule.cwe != 0) out += fmt::format("  CWE-{}\n", rule.cwe);
  if (!rule.tags.empty()) out += fmt::format("  {}\n", fmt::join(rule.tags, ", "));
  out += "\nWhat happens\n\n" + wrap(rule.rationale, 2, kColumns);
  for (const Example& example : rule.examples) {
    out += "\nReported\n\n" + code(example.unsafe) + "\nNot reported\n\n" + code(example.safe);
    if (!example.compose.empty()) out += "\nwith the compose file\n\n" + code(example.compose);
    if (!example.file.empty()) out += "\nin a file " + std::string(example.file) + "\n";
    if (example.beside.empty()) continue;
    const std::size_t end = example.beside.find('\n');
    out += "\nwith " + std::string(example.beside.substr(0, end)) + "\n\n" +
           code(example.beside.substr(end + 1));
  }
  if (!rule.silent_on.empty()) {
    out += "\nWhat it does not report\n\n" + wrap(rule.silent_on, 2, kColumns);
  }
  out += "\nTo allow it in one place, write on the line or above it\n\n";
  out += fmt::format("    # composelint: allow {} -- the reason\n", rule.slug);
  return out;
}

}  // namespace composelint::report
