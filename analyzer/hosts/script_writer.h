// Writes the script of a RunnerText: places, holes, and assignments for the choices in it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "analyzer/hosts/runner_text.h"

namespace composelint::hosts {

class ScriptWriter {
 public:
  ScriptWriter(const SourceFile& file, Span fallback, Dialect dialect);

  // x="…"; or case … in 0) x="…";; *) x="…";; esac; for each choice in `text`.
  void set_choices(const RunnerText& text);
  void write(const RunnerText& text);
  [[nodiscard]] shell::ScriptText finish() { return std::move(script_); }

 private:
  enum class Quote { kNone, kSingle, kDouble };

  void put(std::string_view text, const TextPart& part);
  void put_hole(const TextPart& part);
  void put_value(const RunnerText& value, const TextPart& reference);
  void follow_quotes(std::string_view text);
  [[nodiscard]] Span place_of(const TextPart& part) const;

  const SourceFile& file_;
  Span fallback_;
  shell::ScriptText script_;
  Quote quote_ = Quote::kNone;
  bool escaped_ = false;
  std::map<const Choice*, std::string> variables_;
  std::map<std::string, std::string> by_value_;
};

}  // namespace composelint::hosts
