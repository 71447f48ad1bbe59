#include "analyzer/engine/fix_pass.h"

#include <algorithm>
#include <set>

namespace composelint::engine {

namespace {

bool same(const Edit& a, const Edit& b) {
  return a.span == b.span && a.replacement == b.replacement;
}

class Chooser {
 public:
  Chooser(const Run& run, FixSafety most, const std::function<bool(const SourceFile&)>& allowed)
      : run_(run), most_(most), allowed_(allowed) {}

  FixPass choose() {
    for (const Finding& finding : run_.findings) {
      const Fix* fix = fix_of(finding);
      if (fix != nullptr && fits(*fix)) take(*fix);
    }
    return std::move(pass_);
  }

 private:
  [[nodiscard]] const Fix* fix_of(const Finding& finding) const {
    for (const Fix& fix : finding.fixes) {
      if (fix.edits.empty() || (fix.safety == FixSafety::kUnsafe && most_ == FixSafety::kSafe)) {
        continue;
      }
      const bool good = std::all_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) {
        return edit.span.file != nullptr && allowed_(*edit.span.file);
      });
      return good ? &fix : nullptr;
    }
    return nullptr;
  }

  [[nodiscard]] bool fits(const Fix& fix) const {
    return std::all_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) {
      const auto taken = pass_.edits.find(edit.span.file);
      if (taken == pass_.edits.end()) return true;
      return std::none_of(taken->second.begin(), taken->second.end(), [&](const Edit& other) {
        const bool touch = edit.span.begin <= other.span.end && other.span.begin <= edit.span.end;
        // Two findings may ask for the same: one `set -o pipefail` serves all pipes.
        return touch && !same(edit, other);
      });
    });
  }

  void take(const Fix& fix) {
    std::set<const SourceFile*> files;
    for (const Edit& edit : fix.edits) {
      std::vector<Edit>& edits = pass_.edits[edit.span.file];
      files.insert(edit.span.file);
      const bool there = std::any_of(edits.begin(), edits.end(),
                                     [&](const Edit& other) { return same(edit, other); });
      if (!there) edits.push_back(edit);
    }
    pass_.findings.emplace_back(files.begin(), files.end());
  }

  const Run& run_;
  FixSafety most_;
  const std::function<bool(const SourceFile&)>& allowed_;
  FixPass pass_;
};

}  // namespace

FixPass choose_fixes(const Run& run, FixSafety most,
                     const std::function<bool(const SourceFile&)>& allowed) {
  return Chooser(run, most, allowed).choose();
}

}  // namespace composelint::engine
