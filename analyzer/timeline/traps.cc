#include <algorithm>
#include <utility>

#include "analyzer/shell/parser.h"
#include "analyzer/timeline/walker.h"
#include "analyzer/timeline/words.h"

namespace composelint::timeline {

namespace {

std::string signal_name(const Argument& word) {
  std::string name = word.text;
  if (name.starts_with("SIG")) name.erase(0, 3);
  return name == "0" ? "EXIT" : name;
}

bool same_word(const Span& a, const Span& b) {
  return a.file == b.file && a.begin == b.begin && a.end == b.end;
}

}  // namespace

// trap 'text' EXIT; trap - EXIT; trap '' INT.
void Walker::set_trap(const std::vector<Argument>& argv, const Command& command) {
  std::size_t first = 1;
  if (first < argv.size() && argv[first].is("--")) ++first;
  if (first + 1 >= argv.size() || argv[first].text == "-l" || argv[first].text == "-p") return;
  const Argument& text = argv[first];
  for (std::size_t i = first + 1; i < argv.size(); ++i) {
    const std::string signal = signal_name(argv[i]);
    std::erase_if(shell_.traps, [&](const Trap& trap) { return trap.signal == signal; });
    if (text.text.empty() || text.is("-")) continue;
    shell_.traps.push_back({signal, text, command.span});
  }
}

bool Walker::traps_exit() const {
  return std::any_of(shell_.traps.begin(), shell_.traps.end(),
                     [](const Trap& trap) { return trap.signal == "EXIT"; });
}

// A shell ends: what EXIT asks for is done on every way out of it, what a signal or an error asks
// for perhaps.
void Walker::run_traps(std::size_t first_branch, std::size_t depth) {
  if (shell_.traps.empty()) return;
  const std::vector<Trap> traps = std::exchange(shell_.traps, {});
  conditions_.resize(depth);
  leave_shell(first_branch, false);
  const Ended ended = std::exchange(state_.ended, Ended::kNo);
  const InnerShell shell{false, state_.pipefail, true, {}};
  for (const bool at_exit : {false, true}) {
    std::vector<Span> done;
    for (const Trap& trap : traps) {
      const bool always = std::any_of(traps.begin(), traps.end(), [&](const Trap& other) {
        return other.signal == "EXIT" && same_word(other.span, trap.span);
      });
      const bool again = std::any_of(done.begin(), done.end(),
                                     [&](const Span& span) { return same_word(span, trap.span); });
      if (always != at_exit || again) continue;
      done.push_back(trap.span);
      const auto run = [&] { walk_text(trap.text, trap.span, shell, {}); };
      if (always) {
        run();
      } else {
        const std::uint32_t branch = open_branch(trap.span, 2, BranchKind::kOnFailure);
        walk_arm(state_, {branch, 0}, run);
      }
      state_.ended = Ended::kNo;
    }
  }
  state_.ended = ended;
}

void Walker::set_aliases(const SimpleCommand& simple) {
  for (const Assignment& assignment : simple.assignments) {
    const Argument text = shell::expand_argument(assignment.value, state_.scope, context()).front();
    Result<Script> parsed = shell::parse_script(shell::script_in(text));
    if (!parsed || parsed->commands.size() != 1) continue;
    const auto* command = parsed->commands.front().as<SimpleCommand>();
    if (command == nullptr || command->words.empty()) continue;
    shell_.aliases.insert_or_assign(assignment.name, *command);
  }
}

// Shells replace aliases before anything is expanded; one that names itself is not replaced again.
std::optional<SimpleCommand> Walker::without_alias(const SimpleCommand& simple) const {
  if (shell_.aliases.empty() || simple.words.empty()) return std::nullopt;
  std::optional<SimpleCommand> out;
  std::vector<std::string> replaced;
  const SimpleCommand* now = &simple;
  for (;;) {
    const Word& first = now->words.front();
    const bool quoted = std::any_of(first.parts.begin(), first.parts.end(),
                                    [](const WordPart& part) { return part.quoted; });
    const std::string name = first.literal_text();
    const auto alias = shell_.aliases.find(name);
    const bool again = std::find(replaced.begin(), replaced.end(), name) != replaced.end();
    if (!first.literal() || quoted || alias == shell_.aliases.end() || again) return out;
    replaced.push_back(name);
    SimpleCommand longer = alias->second;
    longer.assignments.insert(longer.assignments.end(), now->assignments.begin(),
                              now->assignments.end());
    longer.words.insert(longer.words.end(), now->words.begin() + 1, now->words.end());
    out = std::move(longer);
    now = &*out;
  }
}

}  // namespace composelint::timeline
