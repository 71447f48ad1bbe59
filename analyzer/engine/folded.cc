#include "analyzer/engine/folded.h"

#include <composelint/contains.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

using Group = std::vector<Finding*>;

// The gravest; of several the one about what is in use that stands highest, where production's
// comes first and `compose.local.yaml` behind `compose.yaml`, and first in the order of paths.
Finding* teller_of(const Group& group) {
  const auto rank = [](const Finding* finding) {
    const std::string& path = finding->span.file->path();
    const auto depth = std::count(path.begin(), path.end(), '/');
    const bool in_use = finding->context == to_string(Context::kOps);
    const bool produces = has_name_word(text::name_of(path), {"prod", "production"});
    return std::tuple(-static_cast<int>(finding->severity), !in_use, depth, !produces,
                      text::name_of(path).size(), std::string_view(path));
  };
  return *std::min_element(group.begin(), group.end(),
                           [&](const Finding* a, const Finding* b) { return rank(a) < rank(b); });
}

// What the call itself is like, whatever comes of it; or what is no better where it fails each
// time: that nobody hears of it, that a profile is none.
bool is_of_the_line(std::string_view rule) {
  return rule == "missing-errexit" || rule == "unknown-profile" || rule == "unknown-service" ||
         rule == "compose-v1" || rule == "invalid-compose-cli" ||
         rule == "secret-on-command-line" || rule == "compose-file-missing";
}

// The number of "; so it is in 2 more compose files", where a rule has ended with that itself.
std::size_t taken_off(std::string& message, std::string_view one, std::string_view many) {
  constexpr std::string_view kSo = "; so it is in ";
  const std::size_t at = message.rfind(kSo);
  if (at == message.npos) return 0;
  std::string_view rest = std::string_view(message).substr(at + kSo.size());
  std::size_t number = 0;
  while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') {
    number = number * 10 + static_cast<std::size_t>(rest.front() - '0');
    rest.remove_prefix(1);
  }
  if (number == 0 || rest.empty() || (rest.substr(1) != one && rest.substr(1) != many)) return 0;
  message.erase(at);
  return number;
}

void tell_once(const Group& group, std::string_view one, std::string_view many) {
  Finding* const teller = teller_of(group);
  std::set<const SourceFile*> files;
  for (Finding* other : group) {
    if (other == teller) continue;
    if (other->span.file != teller->span.file) files.insert(other->span.file);
    merge_into(*teller, *other);
  }
  if (files.empty()) return;
  std::size_t count = files.size();
  for (Finding* each : group) count += taken_off(each->message, one, many);
  teller->message +=
      "; so it is in " + std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

class Folder {
 public:
  explicit Folder(Run& run) : run_(run) {
    for (const FileRecord& file : run.files) {
      if (file.kind == "compose file") compose_.insert(file.path);
    }
  }

  void fold() {
    drop_refused();
    fold_copies();
    drop();
    fold_notes();
    fold_releases();
  }

 private:
  [[nodiscard]] bool is_of_compose(const Finding& finding) const {
    return finding.span.file != nullptr && compose_.contains(finding.span.file->path());
  }

  void drop() {
    std::erase_if(run_.findings,
                  [](const Finding& finding) { return finding.severity == Severity::kOff; });
  }

  void drop_refused() {
    std::vector<Span> refused;
    for (const Finding& finding : run_.findings) {
      if (finding.rule != "unknown-service" || finding.severity != Severity::kError) continue;
      const auto is_told_of = [&](const Span& call) {
        return contains(call, finding.span) ||
               std::any_of(finding.related.begin(), finding.related.end(),
                           [&](const Related& each) {
                             return each.message == kHereAsWell && contains(call, each.span);
                           });
      };
      for (const CallRecord& call : run_.calls) {
        const Span span = call.step->call->span;
        if (is_told_of(span)) refused.push_back(span);
      }
    }
    std::erase_if(run_.findings, [&](const Finding& finding) {
      return !is_of_the_line(finding.rule) &&
             std::any_of(refused.begin(), refused.end(),
                         [&](const Span& call) { return contains(call, finding.span); });
    });
  }

  // What is said of a place of a compose file may name the file; tasks of a script may say several
  // things of one place.
  void fold_copies() {
    using Place = std::tuple<std::string_view, std::string_view, std::uint32_t, std::uint32_t,
                             std::string_view>;
    std::map<Place, Group> same;
    for (Finding& finding : run_.findings) {
      const Span& span = finding.span;
      if (span.file == nullptr) continue;
      const std::string_view said = is_of_compose(finding) ? "" : std::string_view(finding.message);
      same[{span.file->bytes(), finding.rule, span.begin, span.end, said}].push_back(&finding);
    }
    std::vector<Group> groups;
    for (auto& [what, group] : same) {
      if (group.size() > 1) groups.push_back(std::move(group));
    }
    for (const Group& group : groups) tell_once(group, "copy of this file", "copies of this file");
  }

  // Edits that change what runs are not applied along with those that do not.
  static int kind_of_fix(const Finding& finding) {
    if (finding.fixes.empty()) return 0;
    return finding.fixes.front().safety == FixSafety::kSafe ? 1 : 2;
  }

  // What it leads to, in the words behind those that name the place: "`app` runs `shop:latest`: …"
  // of each file. Not where they name something themselves. The others of a file come last.
  static std::string_view consequence_of(std::string_view message) {
    const std::size_t end = message.find("; so it is ");
    const std::size_t at = message.find(": ");
    if (at == message.npos || at > end || message.front() != '`') return message;
    const std::string_view told = message.substr(at + 2, end - std::min(end, at + 2));
    return told.find('`') == told.npos ? told : message;
  }

  template <typename Key>
  void fold_notes_alike(std::size_t least, Key key_of) {
    std::map<std::tuple<std::string_view, std::string, int>, Group> same;
    for (Finding& finding : run_.findings) {
      if (finding.severity != Severity::kNote || !is_of_compose(finding)) continue;
      same[{finding.rule, key_of(finding), kind_of_fix(finding)}].push_back(&finding);
    }
    for (const auto& [what, group] : same) {
      std::set<const SourceFile*> files;
      for (const Finding* finding : group) files.insert(finding->span.file);
      if (files.size() >= least) tell_once(group, "more compose file", "more compose files");
    }
    drop();
  }

  // From three on it is the way of the repository. Two may each be worth a look, unless they say it
  // in the same words.
  void fold_notes() {
    fold_notes_alike(
        3, [](const Finding& finding) { return std::string(consequence_of(finding.message)); });
    fold_notes_alike(2, [](const Finding& finding) { return finding.message; });
  }

  // `releases/v1.2/compose.yaml`, `node1/compose.yaml`: the path as it is for each number.
  static std::string without_numbers(std::string_view path) {
    std::string out;
    for (const char c : path) {
      const bool digit = c >= '0' && c <= '9';
      if (!digit) out += c;
      if (digit && !out.ends_with('#')) out += '#';
    }
    return out;
  }

  // One stack in several states, each in a folder with a number: what is said of all in the same
  // words is said once.
  void fold_releases() {
    std::map<std::tuple<std::string_view, std::string, std::string, int>, Group> same;
    for (Finding& finding : run_.findings) {
      if (finding.severity > Severity::kWarning || !is_of_compose(finding)) continue;
      const std::string shape = without_numbers(finding.span.file->path());
      if (shape.find('#') == shape.npos) continue;
      same[{finding.rule, finding.message, shape, kind_of_fix(finding)}].push_back(&finding);
    }
    for (const auto& [what, group] : same) {
      if (group.size() > 1) tell_once(group, "more compose file", "more compose files");
    }
    drop();
  }

  Run& run_;
  std::set<std::string_view> compose_;
};

}  // namespace

void fold(Run& run) {
  Folder(run).fold();
  for (Finding& finding : run.findings) tell_a_few(finding);
}

}  // namespace composelint::engine
