// Expressions of just: strings, backticks, names, functions, `/`, `+`, `if`.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/hosts/runner_text.h"

namespace composelint::hosts {

// Where an expression stands.
struct JustPlace {
  const SourceFile* file = nullptr;
  std::uint32_t begin = 0;
};

class JustExpressions {
 public:
  using Bindings = std::map<std::string, RunnerText, std::less<>>;

  explicit JustExpressions(std::string directory, std::string path)
      : directory_(std::move(directory)), path_(std::move(path)) {}

  void assign(const std::string& name, JustPlace place) { assigned_[name] = place; }
  // The value of the expression at `place`; `end` is set behind it.
  [[nodiscard]] RunnerText evaluate(JustPlace place, const Bindings& parameters,
                                    std::uint32_t* end = nullptr);
  [[nodiscard]] RunnerText value_of(const std::string& name, const Bindings& parameters,
                                    Span place);
  [[nodiscard]] const std::map<std::string, JustPlace, std::less<>>& assigned() const {
    return assigned_;
  }

 private:
  struct Cursor {
    const SourceFile* file;
    std::string_view bytes;
    std::uint32_t at;
    const Bindings* parameters;
  };

  RunnerText read_expression(Cursor& in);
  RunnerText read_value(Cursor& in);
  RunnerText read_if(Cursor& in);
  RunnerText read_string(Cursor& in);
  RunnerText read_call(Cursor& in, const std::string& name, std::uint32_t begin);
  static void skip_blank(Cursor& in);

  std::string directory_;
  std::string path_;
  std::map<std::string, JustPlace, std::less<>> assigned_;
  std::map<std::string, RunnerText, std::less<>> values_;
  std::vector<std::string> open_;
  std::size_t depth_ = 0;
  std::size_t budget_ = 4'000'000;
};

// Behind the expression at `at`: the end of its line, outside of strings and brackets.
[[nodiscard]] std::uint32_t end_of_just_expression(std::string_view bytes, std::uint32_t at);

}  // namespace composelint::hosts
