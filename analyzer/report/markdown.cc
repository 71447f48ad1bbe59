#include "analyzer/report/markdown.h"

#include <fmt/format.h>

namespace composelint::report {

std::string_view fix_cell(FixKind fix) {
  switch (fix) {
    case FixKind::kNone: return "–";
    case FixKind::kSafe: return "fix";
    case FixKind::kOffer: return "offer";
  }
  return "–";
}

std::string table_cell(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (byte == '|') out += '\\';
    out += byte;
  }
  return out;
}

Result<std::string> with_block(std::string_view page, std::string_view name,
                               std::string_view block) {
  const std::string opens = fmt::format("<!-- {}:begin -->\n", name);
  const std::string closes = fmt::format("<!-- {}:end -->", name);
  const std::size_t begin = page.find(opens);
  const std::size_t end = page.find(closes, begin == std::string_view::npos ? begin : begin + 1);
  if (begin == std::string_view::npos || end == std::string_view::npos) {
    return Failure{FailureCode::kInvalid,
                   fmt::format("no place for the table: it goes between the lines <!-- {0}:begin "
                               "--> and <!-- {0}:end -->",
                               name),
                   {}};
  }
  std::string out(page.substr(0, begin + opens.size()));
  out += "\n" + std::string(block) + "\n";
  out += page.substr(end);
  return out;
}

}  // namespace composelint::report
