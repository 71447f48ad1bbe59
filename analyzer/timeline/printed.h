// What a list of commands prints, where their text tells: the functions by which scripts pick a
// program (`detect() { if …; then echo "docker compose"; else echo docker-compose; fi; }`) and the
// idioms by which they find their own directory.
#pragma once

#include <composelint/shell.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/shell/expand.h"
#include "analyzer/shell/scope.h"
#include "analyzer/shell/value.h"

namespace composelint::timeline {

class Printed {
 public:
  struct Surroundings {
    std::optional<std::string> directory;  // as State has it
    std::string workspace_root;
    std::function<const FunctionDefinition*(std::string_view name)> function;
    shell::ExpansionContext context;
  };
  // `fuel`: commands that may still be looked at; shared with the substitutions inside.
  Printed(const Surroundings& around, std::size_t& fuel) : around_(around), fuel_(fuel) {}

  // Every text it may print; empty when it cannot be told.
  [[nodiscard]] std::vector<shell::Text> texts(const std::vector<Command>& commands,
                                               const shell::Scope& scope);

 private:
  enum class Status { kOk, kFailed, kEither };
  // One way through the commands.
  struct Way {
    shell::Scope scope;
    std::optional<std::string> directory;
    shell::Text out;
    Status status = Status::kOk;
    bool ended = false;
  };
  using Ways = std::vector<Way>;

  // False: something is printed that is not known.
  bool run(const std::vector<Command>& commands, Ways& ways);
  bool run(const Command& command, Ways& ways);
  bool run_and_or(const AndOrList& list, Ways& ways);
  bool run_if(const IfClause& clause, Ways& ways);
  bool run_case(const CaseClause& clause, Ways& ways);
  bool run_for(const ForClause& loop, Ways& ways);
  bool run_pipeline(const Pipeline& pipeline, Ways& ways);
  bool run_simple(const SimpleCommand& simple, Ways& ways);
  bool print_here(const Word& text, Ways& ways);
  bool run_words(const SimpleCommand& simple, const std::vector<Argument>& argv, Way& way,
                 Ways& out);
  bool run_function(const FunctionDefinition& function, const std::vector<Argument>& argv, Way& way,
                    Ways& out);
  bool print(const std::vector<Argument>& argv, Way& way) const;
  bool look_up(const std::vector<Argument>& argv, std::size_t first, Way& way, Ways& out) const;
  bool print_path(const std::vector<Argument>& argv, Way& way) const;
  // Ways that differ in nothing that counts become one; false when too many are left.
  static bool merge(Ways& ways);

  const Surroundings& around_;
  std::size_t& fuel_;
  int depth_ = 0;
  bool silent_ = false;  // what is printed goes elsewhere
};

}  // namespace composelint::timeline
