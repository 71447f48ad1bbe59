#include <fmt/format.h>

#include "analyzer/knowledge/peer_rules.h"
#include "analyzer/report/markdown.h"
#include "analyzer/report/reports.h"

namespace composelint::report {

namespace {

std::string ours(std::span<const std::string_view> slugs, std::string_view why) {
  std::string out;
  for (const std::string_view slug : slugs) {
    out += fmt::format("{}[{}](rules/{}.md)", out.empty() ? "" : ", ", slug, slug);
  }
  if (slugs.empty()) return "none: " + table_cell(why);
  return why.empty() ? out : out + "; " + table_cell(why);
}

// "default, strict": of each rule that is named, each once.
template <typename Word>
std::string each_once(std::span<const std::string_view> slugs, Word word) {
  std::string out;
  for (const std::string_view slug : slugs) {
    const Rule* rule = find_rule(slug);
    const std::string here = rule == nullptr ? "?" : std::string(word(*rule));
    if (out.find(here) == std::string::npos) out += (out.empty() ? "" : ", ") + here;
  }
  return out.empty() ? "–" : out;
}

std::string preset_of(std::span<const std::string_view> slugs) {
  return each_once(slugs, [](const Rule& rule) { return to_string(rule.preset); });
}

std::string fix_of(std::span<const std::string_view> slugs) {
  return each_once(slugs, [](const Rule& rule) { return fix_cell(rule.fix); });
}

std::string names_table() {
  std::string out =
      "| linter | its rule | here | preset | fix |\n| --- | --- | --- | --- | --- |\n";
  for (const knowledge::PeerRule& peer : knowledge::peer_rules()) {
    out += fmt::format("| {} | {} | {} | {} | {} |\n", peer.tool, peer.name,
                       ours(peer.slugs, peer.why), preset_of(peer.slugs), fix_of(peer.slugs));
  }
  return out;
}

std::string things_table() {
  std::string out = "| what is flagged | here | preset | fix |\n| --- | --- | --- | --- |\n";
  for (const knowledge::FlaggedThing& thing : knowledge::flagged_things()) {
    out += fmt::format("| {} | {} | {} | {} |\n", table_cell(thing.what),
                       ours(thing.slugs, thing.why), preset_of(thing.slugs), fix_of(thing.slugs));
  }
  return out;
}

}  // namespace

Result<std::string> with_migration_tables(std::string_view page) {
  Result<std::string> named = with_block(page, "names", names_table());
  return named ? with_block(*named, "things", things_table()) : named;
}

}  // namespace composelint::report
