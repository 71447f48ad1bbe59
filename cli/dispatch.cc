#include "cli/dispatch.h"

#include <composelint/nearest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "analyzer/report/product.h"
#include "cli/console.h"

namespace composelint::cli {

namespace {

constexpr std::array<std::string_view, 11> kOptionsWithValue = {
    "-f",     "--file",     "-p",         "--project-name", "--profile",          "--env-file",
    "--ansi", "--progress", "--parallel", "--workdir",      "--project-directory"};

const Subcommand* find(std::span<const Subcommand> table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Subcommand& each) { return each.name == name; });
  return found == table.end() ? nullptr : &*found;
}

std::string help(std::span<const Subcommand> table) {
  std::string out = fmt::format(
      "composelint {}: finds what would go wrong in work on Docker Compose stacks\n\n"
      "Usage: composelint SUBCOMMAND [OPTION...]\n\nSubcommands:\n",
      report::version());
  for (const Subcommand& each : table) {
    if (!each.summary.empty()) out += fmt::format("  {:<15}{}\n", each.name, each.summary);
  }
  out +=
      "\nOptions:\n  --help    Print this help; after a subcommand, its own\n"
      "  --version Print the version\n\n"
      "Exit codes: 0 nothing found, 1 findings, 2 wrong usage or something could not be read\n";
  return out;
}

std::string unknown(std::span<const Subcommand> table, const std::string& word) {
  std::vector<std::string_view> names;
  for (const Subcommand& each : table) {
    if (!each.summary.empty()) names.push_back(each.name);
  }
  std::string message = fmt::format("unknown subcommand \"{}\"", word);
  if (word.find_first_of("/.") != std::string::npos) {
    message += fmt::format("; to check a file: composelint check {}", word);
  } else if (const auto meant = nearest(word, names); !meant.empty()) {
    message += fmt::format("; did you mean \"{}\"?", meant);
  }
  return message + "\nSee composelint --help.\n";
}

}  // namespace

std::optional<std::size_t> subcommand_at(const Words& words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (!word.starts_with('-') || word == "-") return at;
    const bool takes_next = std::find(kOptionsWithValue.begin(), kOptionsWithValue.end(), word) !=
                            kOptionsWithValue.end();
    if (takes_next) ++at;
  }
  return std::nullopt;
}

std::optional<Answer> answer_without_subcommand(std::span<const Subcommand> table,
                                                const Words& words) {
  if (words.empty()) return Answer{help(table), ExitCode::kTrouble};
  const auto at = subcommand_at(words);
  const Subcommand* subcommand = at ? find(table, words[*at]) : nullptr;
  if (subcommand != nullptr && (*at == 0 || subcommand->whole_line)) return std::nullopt;
  const std::string& first = words.front();
  if (first == "--help" || first == "-h") return Answer{help(table), ExitCode::kClean};
  if (first == "--version") {
    return Answer{fmt::format("composelint {}\n", report::version()), ExitCode::kClean};
  }
  if (subcommand != nullptr) {
    return Answer{fmt::format("\"{}\" stands before the subcommand; its options come after it: "
                              "composelint {} {}\n",
                              first, subcommand->name, first),
                  ExitCode::kTrouble};
  }
  if (at && (*at == 0 || !first.starts_with('-'))) {
    return Answer{unknown(table, words[*at]), ExitCode::kTrouble};
  }
  return Answer{fmt::format("unknown option \"{}\"\nSee composelint --help.\n", first),
                ExitCode::kTrouble};
}

ExitCode dispatch(std::span<const Subcommand> table, const Words& words) {
  if (const auto answer = answer_without_subcommand(table, words)) return show(*answer);
  const std::size_t at = *subcommand_at(words);
  const Subcommand& subcommand = *find(table, words[at]);
  return subcommand.run(subcommand.whole_line ? words : Words(words.begin() + 1, words.end()));
}

}  // namespace composelint::cli
