// What the references and functions in a line of a makefile stand for.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/hosts/host_file.h"
#include "analyzer/hosts/make_variables.h"

namespace composelint::hosts {

class MakeExpander {
 public:
  MakeExpander(const MakeVariables& variables, std::string directory,
               std::function<bool(const std::string&)> exists)
      : variables_(variables), directory_(std::move(directory)), exists_(std::move(exists)) {}

  // What is set where a line stands: target-specific variables and $@, $<, …, last ones first.
  using Bindings = std::vector<std::pair<std::string, RunnerText>>;

  // `guard`: the conditional arms around the line.
  [[nodiscard]] RunnerText expand(const Located& line, const MakeGuard& guard,
                                  const Bindings& bindings = {});
  // The same of a line that a shell gets: references are variables where they can be.
  [[nodiscard]] RunnerText expand_recipe(const Located& line, const MakeGuard& guard,
                                         const Bindings& bindings);
  // A variable as `$(name)` would give it.
  [[nodiscard]] RunnerText value_of(const std::string& name, const MakeGuard& guard,
                                    const Bindings& bindings = {});
  void set_makefiles(std::string list) { makefiles_ = std::move(list); }
  [[nodiscard]] std::vector<Trouble>& troubles() { return troubles_; }

 private:
  RunnerText expand_text(const Located& text);
  RunnerText expand_reference(const Located& inside, Span place);
  RunnerText expand_variable(const std::string& name, Span place);
  RunnerText expand_alternative(const MakeAlternative& one);
  RunnerText expand_builtin(const std::string& name, Span place);
  RunnerText expand_automatic(const std::string& name, Span place);
  RunnerText substitute_suffix(const Located& inside, std::size_t colon, Span place);
  // Functions, in make_functions.cc.
  bool expand_function(const Located& inside, Span place, RunnerText& out);
  RunnerText call(const std::vector<Located>& arguments, Span place);
  RunnerText condition(const std::vector<Located>& arguments, Span place);
  RunnerText first_set(const std::vector<Located>& arguments, Span place);
  RunnerText for_each(const std::vector<Located>& arguments, Span place);
  RunnerText shell(const Located& command, Span place);
  RunnerText evaluated(const Located& statement, Span place);
  RunnerText affixed(const std::vector<Located>& arguments, bool prefix, Span place);
  RunnerText exhausted(Span place);
  bool spend(std::size_t cost);

  const MakeVariables& variables_;
  std::string directory_;
  std::function<bool(const std::string&)> exists_;
  std::string makefiles_;
  MakeGuard guard_;
  const Bindings* given_ = nullptr;  // of the expansion on the way
  Bindings bindings_;                // of functions in it
  std::vector<std::string> open_;    // variables that are being expanded
  std::size_t depth_ = 0;
  bool for_shell_ = false;
  std::size_t line_budget_ = 0;
  std::size_t file_budget_ = 8'000'000;
  std::set<std::string> told_;
  std::vector<Trouble> troubles_;
};

// Functions of make on known text: subst, patsubst, filter, dir, … Nothing for the others.
[[nodiscard]] std::optional<std::string> apply_make_function(
    const std::string& name, const std::vector<std::string>& arguments,
    const std::string& directory);

// What `%` of a pattern stands for in a word that fits it, and a pattern with that put in.
[[nodiscard]] std::string pattern_stem(std::string_view pattern, std::string_view word);
[[nodiscard]] std::string with_stem(std::string_view pattern, std::string_view stem);

}  // namespace composelint::hosts
