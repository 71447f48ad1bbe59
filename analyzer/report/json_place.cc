#include "analyzer/report/json_place.h"

#include <nlohmann/json.hpp>

namespace composelint::report {

std::string_view to_string(Confidence confidence) {
  switch (confidence) {
    case Confidence::kLow: return "low";
    case Confidence::kMedium: return "medium";
    case Confidence::kHigh: return "high";
  }
  return "low";
}

std::string_view to_string(FixSafety safety) {
  switch (safety) {
    case FixSafety::kSafe: return "safe";
    case FixSafety::kUnsafe: return "unsafe";
  }
  return "unsafe";
}

void put_place(nlohmann::ordered_json& object, const Span& span) {
  if (!span) return;
  const Position begin = span.file->position(span.begin, ColumnUnit::kCodePoint);
  const Position end = span.file->position(span.end, ColumnUnit::kCodePoint);
  object["file"] = span.file->path();
  object["line"] = begin.line;
  object["column"] = begin.column;
  object["end_line"] = end.line;
  object["end_column"] = end.column;
}

std::string dump(const nlohmann::ordered_json& value) {
  using nlohmann::ordered_json;
  return value.dump(2, ' ', true, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace composelint::report
