#include "analyzer/engine/command_lines.h"

#include <algorithm>
#include <variant>

namespace composelint::engine {

namespace {

template <typename... Forms>
struct Overloaded : Forms... {
  using Forms::operator()...;
};
template <typename... Forms>
Overloaded(Forms...) -> Overloaded<Forms...>;

// Nothing but simple commands: all of it is one thing to do.
bool is_plain(const Command& command) {
  const auto plain = [](const auto& list) {
    return std::all_of(list.begin(), list.end(),
                       [](const Command& each) { return is_plain(each); });
  };
  if (const auto* pipeline = command.as<Pipeline>()) return plain(pipeline->commands);
  if (const auto* list = command.as<AndOrList>()) return plain(list->commands);
  return command.as<SimpleCommand>() != nullptr;
}

class Collector {
 public:
  explicit Collector(bool whole) : whole_(whole) {}

  void take(const std::vector<Command>& commands) {
    for (const Command& command : commands) take(command);
  }

  std::vector<LineRange> finish() { return std::move(ranges_); }

 private:
  void take(const Command& command) {
    if (is_plain(command)) return add(command.span);
    if (whole_) {
      add(command.span);
      return take_inside(command);
    }
    // The whole of a list that holds compound commands would cover their bodies; its plain members
    // stand for themselves.
    if (command.as<Pipeline>() == nullptr && command.as<AndOrList>() == nullptr) {
      add({command.span.file, command.span.begin, command.span.begin});
    }
    take_inside(command);
  }

  void take_inside(const Command& command) {
    std::visit(Overloaded{
                   [](const SimpleCommand&) {},
                   [](const Unparsed&) {},
                   [this](const Pipeline& form) { take(form.commands); },
                   [this](const AndOrList& form) { take(form.commands); },
                   [this](const Group& form) { take(form.body); },
                   [this](const IfClause& form) {
                     for (const auto& branch : form.branches) {
                       take(branch.condition);
                       take(branch.body);
                     }
                   },
                   [this](const LoopClause& form) {
                     take(form.condition);
                     take(form.body);
                   },
                   [this](const ForClause& form) { take(form.body); },
                   [this](const CaseClause& form) {
                     for (const auto& item : form.items) take(item.body);
                   },
                   [this](const FunctionDefinition& form) {
                     if (form.body) take(*form.body);
                   },
               },
               command.form);
  }

  void add(const Span& span) {
    if (!span) return;
    const std::uint32_t last = span.end > span.begin ? span.end - 1 : span.begin;
    ranges_.push_back({span.file->line_of(span.begin), span.file->line_of(last)});
  }

  bool whole_;
  std::vector<LineRange> ranges_;
};

}  // namespace

std::vector<LineRange> command_lines(const Script& script) {
  Collector collector(false);
  collector.take(script.commands);
  return collector.finish();
}

std::vector<LineRange> whole_command_lines(const Script& script) {
  Collector collector(true);
  collector.take(script.commands);
  return collector.finish();
}

}  // namespace composelint::engine
