#include <composelint/document.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/written_services.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// Without quotes the text would be read as the same text.
bool is_plain(std::string_view text) {
  constexpr std::string_view kIndicators = "-?:,[]{}#&*!|>'\"%@`~= \t";
  if (text.size() < 2 || kIndicators.find(text.front()) != std::string_view::npos) return false;
  if (text.back() == ':' || text.back() == ' ' || text.find_first_of("\n\t\\") != text.npos) {
    return false;
  }
  // A comment, a key; and a word that is a number, a date or a truth.
  return text.find(" #") == text.npos && text.find(": ") == text.npos &&
         text.find('/') != text.npos;
}

bool needs_none(const yaml::Node& volume) {
  const bool quoted = volume.style == yaml::ScalarStyle::kDoubleQuoted ||
                      volume.style == yaml::ScalarStyle::kSingleQuoted;
  if (volume.kind != yaml::NodeKind::kScalar || !quoted || volume.properties.size() > 0) {
    return false;
  }
  const std::string_view written = volume.span.text();
  return written.size() == volume.text.size() + 2 &&
         written.substr(1, volume.text.size()) == volume.text && is_plain(volume.text);
}

void look_at(const yaml::Node& name, const yaml::Node& volumes, RuleContext& context) {
  std::vector<std::string> names;
  Fix fix{"Take the quotes away", FixSafety::kSafe, {}};
  for (const yaml::Node* volume : volumes.items) {
    if (!needs_none(*volume)) continue;
    names.emplace_back(volume->text);
    fix.edits.push_back({volume->span, std::string(volume->text)});
  }
  if (names.empty()) return;
  const Span first = fix.edits.front().span;
  Finding& finding = context.report(
      first, listed(names) + (names.size() == 1 ? " is" : " are") + " quoted, and need not be",
      {std::string(name.text), "volumes"});
  finding.fixes.push_back(std::move(fix));
}

void on_written(const WrittenFile& file, const Project&, RuleContext& context) {
  for_each_written_service(file, [&](const yaml::Node& name, const yaml::Node& service) {
    const yaml::Node* volumes = service.find("volumes");
    // Between brackets other rules hold for what is plain.
    const bool block = volumes != nullptr && volumes->kind == yaml::NodeKind::kSequence;
    if (block && !volumes->flow) look_at(name, *volumes, context);
  });
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    volumes:\n"
              "      - \"./data:/data\"\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    volumes:\n"
            "      - ./data:/data\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(quoted_volume) = {
    .slug = "quoted-volume",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .preset = Preset::kStyle,
    .summary = "A volume is quoted that need not be",
    .rationale =
        "Quotes say that something in the text would be read otherwise. On a volume there is "
        "mostly nothing, and quotes on every line hide the one that needs them.",
    .silent_on =
        "Texts that need their quotes: with ` #` or `: ` in them, with a sign of YAML at the "
        "front, with escapes. Lists in brackets. The long form.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_written = on_written,
};

}  // namespace composelint::rules
