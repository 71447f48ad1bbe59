#include <string>
#include <string_view>

#include "analyzer/text/path.h"
#include "analyzer/timeline/walker.h"

namespace composelint::timeline {

namespace {

// $(a && b), $(a; b), $(a): the simple commands in order; empty when there is anything else.
std::vector<const SimpleCommand*> plain_sequence(const std::vector<Command>& commands) {
  std::vector<const SimpleCommand*> out;
  for (const Command& command : commands) {
    if (const auto* simple = command.as<SimpleCommand>()) {
      out.push_back(simple);
      continue;
    }
    const auto* list = command.as<AndOrList>();
    if (list == nullptr) return {};
    for (std::size_t i = 0; i < list->commands.size(); ++i) {
      const auto* simple = list->commands[i].as<SimpleCommand>();
      const bool chained = i == 0 || list->operators[i - 1] == ListOperator::kAnd;
      if (simple == nullptr || !chained) return {};
      out.push_back(simple);
    }
  }
  return out;
}

// The last operand: `dirname -- "$0"`, `readlink -f x`.
const Argument* last_operand(const std::vector<Argument>& argv) {
  if (argv.size() < 2) return nullptr;
  const Argument& last = argv.back();
  return last.known() && !last.text.starts_with('-') ? &last : nullptr;
}

}  // namespace

// The idioms by which scripts find their own directory and the repository's.
std::optional<shell::Value> Walker::substitute(const WordPart& part, const shell::Scope& scope) {
  const auto sequence = plain_sequence(part.commands);
  if (sequence.empty()) return std::nullopt;
  std::optional<std::string> directory = state_.directory;
  std::optional<std::string> printed;
  for (const SimpleCommand* simple : sequence) {
    if (simple->words.empty()) return std::nullopt;
    const auto ways = shell::expand(simple->words, scope, context());
    if (ways.size() != 1 || ways.front().arguments.empty()) return std::nullopt;
    const std::vector<Argument>& argv = ways.front().arguments;
    if (!argv.front().known()) return std::nullopt;
    const std::string& name = argv.front().text;
    const Argument* operand = last_operand(argv);
    if (name == "cd" && operand != nullptr) {
      if (text::is_absolute(operand->text)) {
        directory = text::normalise(operand->text);
      } else if (directory) {
        directory = text::join_path(*directory, operand->text);
      }
    } else if (name == "pwd") {
      printed = directory;
    } else if (name == "dirname" && operand != nullptr) {
      printed = text::directory_of(text::normalise(operand->text));
    } else if (name == "basename" && operand != nullptr && argv.size() == 2) {
      printed = std::string(text::name_of(operand->text));
    } else if ((name == "readlink" || name == "realpath") && operand != nullptr) {
      if (!text::is_absolute(operand->text)) return std::nullopt;
      printed = text::normalise(operand->text);
    } else if (name == "git" && argv.size() == 3 && argv[1].is("rev-parse") &&
               argv[2].is("--show-toplevel")) {
      printed = request_.workspace_root;
    } else if (name == "echo" && operand != nullptr && argv.size() == 2) {
      printed = operand->text;
    } else {
      return std::nullopt;
    }
  }
  // A relative `pwd` is a path from where the script is started, not a text anybody could know.
  if (!printed || printed->empty() || *printed == ".") return std::nullopt;
  const auto& last = sequence.back()->words.front();
  if (last.literal_text() == "pwd" && !text::is_absolute(*printed)) return std::nullopt;
  return shell::Value::scalar(shell::known(*printed), part.span);
}

}  // namespace composelint::timeline
