#include "analyzer/engine/fix.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "analyzer/engine/fix_pass.h"
#include "analyzer/engine/workspace.h"
#include "analyzer/text/edit.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

// Each pass leaves what touched a fix of the pass before; more of them than this is no progress.
constexpr std::size_t kMostPasses = 20;

class Fixer {
 public:
  Fixer(const CheckRequest& request, const FileSystem& files, std::span<const Rule* const> rules,
        const FixRequest& how)
      : request_(request), rules_(rules), how_(how) {
    out_.files = std::make_unique<text::OverlayFileSystem>(files);
  }

  FixOutcome fix() {
    out_.before = checked();
    for (const FileRecord& file : out_.before.run.files) {
      if (!file.kind.empty()) asked_.insert(file.path);
    }
    const Outcome* now = &out_.before;
    while (out_.passes < kMostPasses && pass(*now)) {
      ++out_.passes;
      now = &out_.after;
    }
    for (const auto& [path, change] : changes_) {
      if (change.before != change.after) out_.changed.push_back(change);
    }
    tell_left_out();
    return std::move(out_);
  }

 private:
  Outcome checked() {
    Outcome outcome = check(request_, *out_.files, rules_);
    if (how_.filter) how_.filter(outcome.run);
    return outcome;
  }

  [[nodiscard]] std::string full(const std::string& shown) const {
    return text::join_path(request_.working_directory, shown);
  }

  // Whether anything was changed.
  bool pass(const Outcome& now) {
    const FixPass chosen = choose_fixes(now.run, how_.most, [&](const SourceFile& file) {
      return asked_.contains(file.path()) && !left_out_.contains(file.path());
    });
    std::map<std::string, std::string> old;
    for (const auto& [file, edits] : chosen.edits) change(*file, edits, old);
    if (old.empty()) return false;
    const std::map<std::string, std::size_t> troubles = troubles_of(now.run);
    const Refused refused = refused_of(now);
    Outcome next = checked();
    const bool unreadable = take_back(old, troubles, next.run);
    if (take_back_refused(old, refused, next) || unreadable) next = checked();
    for (const auto& files : chosen.findings) {
      const bool stayed = std::none_of(files.begin(), files.end(), [&](const SourceFile* file) {
        return left_out_.contains(file->path());
      });
      if (stayed) ++out_.fixed;
    }
    out_.after = std::move(next);
    return true;
  }

  void change(const SourceFile& file, const std::vector<Edit>& edits,
              std::map<std::string, std::string>& old) {
    const std::string path = full(file.path());
    const Result<std::string> bytes = out_.files->read(path);
    const Result<std::string> text = text::apply_edits(file, edits);
    // A file that was decoded on the way in cannot be edited by its bytes.
    if (!text || !bytes || *bytes != file.bytes() || *text == *bytes) {
      left_out_.insert(file.path());
      return;
    }
    old[file.path()] = *bytes;
    ChangedFile& change = changes_[path];
    if (change.path.empty()) change = {path, file.path(), *bytes, {}};
    change.after = *text;
    out_.files->set(path, *text);
  }

  static std::map<std::string, std::size_t> troubles_of(const Run& run) {
    std::map<std::string, std::size_t> counts;
    for (const Notification& notification : run.notifications) {
      if (notification.severity == Severity::kError) ++counts[notification.path];
    }
    return counts;
  }

  bool take_back(const std::map<std::string, std::string>& old,
                 const std::map<std::string, std::size_t>& before, const Run& run) {
    bool any = false;
    for (const auto& [shown, count] : troubles_of(run)) {
      const auto changed = old.find(shown);
      const auto known = before.find(shown);
      if (changed == old.end() || count <= (known == before.end() ? 0 : known->second)) continue;
      any |= restore(shown, changed->second);
    }
    return any;
  }

  // The projects, by the files they are made of, and whether Compose refuses them.
  using Refused = std::map<std::vector<std::string>, bool>;

  static Refused refused_of(const Outcome& outcome) {
    Refused out;
    each_project(outcome, [&](const Project& project, bool refused) {
      bool& known = out[files_of(project)];
      known = known || refused;
    });
    return out;
  }

  template <typename Look>
  static void each_project(const Outcome& outcome, Look look) {
    for (const auto& [root, binder] : outcome.workspace->binders) {
      for (const Project* project : binder->projects()) {
        look(*project, std::any_of(project->problems.begin(), project->problems.end(),
                                   [](const ProjectProblem& problem) { return problem.refused; }));
      }
    }
  }

  static std::vector<std::string> files_of(const Project& project) {
    std::vector<std::string> out;
    for (const SourceFile* file : project.files) out.push_back(file->path());
    return out;
  }

  // Two files may each be right and refused together: both have the item of a list.
  bool take_back_refused(const std::map<std::string, std::string>& old, const Refused& before,
                         const Outcome& next) {
    bool any = false;
    each_project(next, [&](const Project& project, bool refused) {
      const auto known = before.find(files_of(project));
      if (!refused || known == before.end() || known->second) return;
      for (const WrittenFile& written : project.written) {
        const auto changed = old.find(written.file->path());
        if (changed == old.end()) continue;
        any |= restore(changed->first, changed->second);
      }
    });
    return any;
  }

  bool restore(const std::string& shown, const std::string& text) {
    changes_[full(shown)].after = text;
    out_.files->set(full(shown), text);
    return left_out_.insert(shown).second;
  }

  void tell_left_out() {
    for (const std::string& shown : left_out_) {
      out_.left().run.notifications.push_back(
          {Severity::kWarning, shown, {}, "the fixes of " + shown + " cannot be made in its text"});
    }
  }

  const CheckRequest& request_;
  std::span<const Rule* const> rules_;
  const FixRequest& how_;
  FixOutcome out_;
  std::set<std::string> asked_;                 // as shown
  std::set<std::string> left_out_;              // as shown
  std::map<std::string, ChangedFile> changes_;  // by path
};

}  // namespace

FixOutcome fix(const CheckRequest& request, const FileSystem& files,
               std::span<const Rule* const> rules, const FixRequest& how) {
  return Fixer(request, files, rules, how).fix();
}

}  // namespace composelint::engine
