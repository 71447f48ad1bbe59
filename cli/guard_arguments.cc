#include "cli/guard_arguments.h"

#include <composelint/nearest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>
#include <utility>

#include "analyzer/engine/policy_read.h"

namespace composelint::cli {

namespace {

using guard::GuardOptions;

struct Option {
  std::string_view name;
  std::string_view value;  // what it takes, for help; empty: a flag
  std::string_view help;
  // The complaint; empty: it is set.
  std::string (*take)(GuardOptions& options, const std::string& value);
};

template <bool GuardOptions::*Flag>
std::string set(GuardOptions& options, const std::string& /*value*/) {
  options.*Flag = true;
  return "";
}

std::string take_format(GuardOptions& options, const std::string& value) {
  if (value != "text" && value != "json") return "has to be text or json";
  options.json = value == "json";
  return "";
}

std::string take_attestation(GuardOptions& options, const std::string& value) {
  const std::size_t equals = value.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == value.size()) {
    return "has to be CLAIM=WHY";
  }
  options.attestations.emplace_back(value.substr(0, equals), value.substr(equals + 1));
  return "";
}

template <std::chrono::milliseconds GuardOptions::*Time>
std::string take_time(GuardOptions& options, const std::string& value) {
  const auto time = engine::duration_of(value);
  if (!time) return "has to be a duration, as 90s, 10m or 1h30m";
  options.*Time =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::nanoseconds(*time));
  return "";
}

constexpr Option kOptions[] = {
    {"--dry-run", "", "Show the plan and run nothing", set<&GuardOptions::dry_run>},
    {"--fix", "", "Run the command with safe fixes made", set<&GuardOptions::fix>},
    {"--yes", "", "Answer questions with yes; errors still block", set<&GuardOptions::yes>},
    {"--backup", "", "Take the configured backups first", set<&GuardOptions::backup>},
    {"--pause-writers", "", "Pause services that write, and resume them on every way out",
     set<&GuardOptions::pause_writers>},
    {"--output", "FILE", "The command's output, put in its place once it is whole",
     [](GuardOptions& options, const std::string& value) {
       options.output = value;
       // The output goes there without it.
       return std::string(value.empty() || value == "-" ? "has to name a file" : "");
     }},
    {"--attest", "CLAIM=WHY", "Vouch for what guard cannot know", take_attestation},
    {"--policy", "FILE", "Configuration, instead of the nearest .composelint.yaml",
     [](GuardOptions& options, const std::string& value) {
       options.policy_file = value;
       return std::string(value.empty() ? "has to name a file" : "");
     }},
    {"--timeout", "TIME", "Stop the client after that long, and with it the task of run",
     take_time<&GuardOptions::timeout>},
    {"--settle", "TIME", "How long services may take to become healthy (60s)",
     take_time<&GuardOptions::settle>},
    {"--format", "text|json", "One JSON document instead of text", take_format},
    {"--verbose", "", "Tell also what is well", set<&GuardOptions::verbose>},
};

constexpr std::pair<std::string_view, GuardAction> kActions[] = {{"status", GuardAction::kStatus},
                                                                 {"history", GuardAction::kHistory},
                                                                 {"recover", GuardAction::kRecover},
                                                                 {"unlock", GuardAction::kUnlock}};

std::string help(bool plan) {
  std::string out;
  if (plan) {
    out =
        "Shows what guard would say of a command, and runs nothing\n\n"
        "Usage: composelint plan [OPTION...] -- COMMAND [ARGUMENT...]\n";
  } else {
    out =
        "Runs a compose command when nothing stands against it, and sees it to its end\n\n"
        "Usage: composelint guard [OPTION...] -- COMMAND [ARGUMENT...]\n"
        "       composelint guard [OPTION...] SCRIPT [ARGUMENT...]\n"
        "       composelint guard status|history|recover|unlock [--format json]\n\n"
        "  status    Who is at work, and what is left of runs that never ended\n"
        "  history   What was run, and how it ended\n"
        "  recover   Put right what such a run has left; --yes asks nothing\n"
        "  unlock    Who holds the project of this directory\n";
  }
  out += "\nOptions:\n";
  for (const Option& option : kOptions) {
    std::string name(option.name);
    if (!option.value.empty()) name += " " + std::string(option.value);
    out += fmt::format("  {:<20} {}\n", name, option.help);
  }
  out += fmt::format("  {:<20} {}\n", "--help", "Print this help");
  out +=
      "\nExit codes: the command's own where it ran and was verified; 2 wrong usage, 100 blocked,\n"
      "101 not verified, 102 the project is locked, 103 no engine, 104 no journal, 105 the task's\n"
      "end is not known\n";
  return out;
}

Answer complaint(const std::string& message, bool plan) {
  return {fmt::format("{}\nSee composelint {} --help.\n", message, plan ? "plan" : "guard"),
          ExitCode::kTrouble};
}

std::string unknown(std::string_view word) {
  std::vector<std::string_view> names = {"--help"};
  for (const Option& option : kOptions) names.push_back(option.name);
  const auto meant = nearest(word, names);
  return fmt::format("unknown option \"{}\"{}", word,
                     meant.empty() ? "" : fmt::format("; did you mean \"{}\"?", meant));
}

// Reads the options from `at` on, and leaves it at the first other word. A complaint or help where
// there is one.
std::optional<Answer> read_options(const Words& words, std::size_t& at, GuardOptions& options,
                                   bool plan) {
  for (; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (word == "--" || !word.starts_with('-') || word == "-") return std::nullopt;
    if (word == "--help" || word == "-h") return Answer{help(plan), ExitCode::kClean};
    const std::size_t equals = word.find('=');
    const std::string_view name = std::string_view(word).substr(0, equals);
    const auto option = std::find_if(std::begin(kOptions), std::end(kOptions),
                                     [&](const Option& each) { return each.name == name; });
    if (option == std::end(kOptions)) return complaint(unknown(name), plan);
    std::string value;
    if (option->value.empty()) {
      if (equals != std::string::npos) {
        return complaint(fmt::format("{} takes no value", name), plan);
      }
    } else if (equals != std::string::npos) {
      value = word.substr(equals + 1);
    } else if (at + 1 == words.size()) {
      return complaint(fmt::format("{} needs {}", name, option->value), plan);
    } else {
      value = words[++at];
    }
    if (const std::string wrong = option->take(options, value); !wrong.empty()) {
      return complaint(fmt::format("{} {}", name, wrong), plan);
    }
  }
  return std::nullopt;
}

}  // namespace

Parsed<GuardCall> parse_guard(const Words& words) {
  GuardCall call;
  std::size_t at = 0;
  if (auto answer = read_options(words, at, call.options, false)) return std::move(*answer);
  if (at == words.size()) {
    return words.empty() ? Answer{help(false), ExitCode::kTrouble}
                         : complaint("a command has to stand behind --", false);
  }
  const auto rest = [&](std::size_t from) {
    return Words(words.begin() + static_cast<std::ptrdiff_t>(from), words.end());
  };
  if (words[at] == "--") {
    call.options.command = rest(at + 1);
    if (call.options.command.empty()) {
      return complaint("a command has to stand behind --", false);
    }
    return call;
  }
  for (const auto& [name, action] : kActions) {
    if (words[at] != name) continue;
    call.action = action;
    if (auto answer = read_options(words, ++at, call.options, false)) return std::move(*answer);
    if (at < words.size()) {
      return complaint(fmt::format("unexpected argument \"{}\"", words[at]), false);
    }
    return call;
  }
  if (words[at] == "docker" || words[at] == "docker-compose") {
    return complaint(
        fmt::format("a command stands behind --: composelint guard -- {} …", words[at]), false);
  }
  call.options.script = true;
  call.options.command = rest(at);
  return call;
}

Parsed<GuardCall> parse_plan(const Words& words) {
  GuardCall call;
  call.options.dry_run = true;
  std::size_t at = 0;
  if (auto answer = read_options(words, at, call.options, true)) return std::move(*answer);
  if (at + 1 < words.size() && words[at] == "--") {
    call.options.command = Words(words.begin() + static_cast<std::ptrdiff_t>(at) + 1, words.end());
    return call;
  }
  if (words.empty()) return Answer{help(true), ExitCode::kTrouble};
  return complaint("a command has to stand behind --", true);
}

}  // namespace composelint::cli
