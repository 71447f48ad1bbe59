#include "analyzer/text/edit.h"

#include <algorithm>

namespace composelint::text {

Result<std::string> apply_edits(const SourceFile& file, std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end < b.span.end;
  });
  std::string out;
  out.reserve(file.bytes().size());
  std::uint32_t copied = 0;
  for (const Edit& edit : edits) {
    if (edit.span.file != &file || edit.span.end > file.size() || edit.span.begin > edit.span.end) {
      return Failure{FailureCode::kInvalid, "an edit lies outside of " + file.path(), edit.span};
    }
    if (edit.span.begin < copied) {
      return Failure{FailureCode::kInvalid, "two edits of " + file.path() + " overlap", edit.span};
    }
    out.append(file.bytes().substr(copied, edit.span.begin - copied));
    out.append(edit.replacement);
    copied = edit.span.end;
  }
  out.append(file.bytes().substr(copied));
  return out;
}

}  // namespace composelint::text
