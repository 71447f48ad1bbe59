#include "analyzer/engine/fit_fixes.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "analyzer/engine/quotes.h"
#include "analyzer/engine/writings.h"
#include "analyzer/shell/parser.h"
#include "analyzer/text/edit.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// A file that holds tasks, and where it is.
struct Owner {
  const hosts::HostFile* file = nullptr;
  std::string path;
};

// One edit, and the bytes of the file that it takes its text from, where it moves some.
struct Change {
  Edit* edit;
  Span moved;
};

std::vector<Change> changes_in(Fix& fix, const SourceFile* file) {
  std::vector<Change> out;
  for (Edit& edit : fix.edits) {
    if (edit.span.file != file) continue;
    Change change{&edit, {}};
    const std::string_view text = trim(edit.replacement);
    for (const Edit& other : fix.edits) {
      if (&other == &edit || other.span.file != file || text.empty()) continue;
      const std::size_t at = other.span.text().find(text);
      if (at == std::string_view::npos) continue;
      const std::uint32_t begin = other.span.begin + static_cast<std::uint32_t>(at);
      change.moved = {file, begin, begin + static_cast<std::uint32_t>(text.size())};
    }
    out.push_back(change);
  }
  return out;
}

// What a shell is to read after the changes; nothing where they cannot be told apart in it.
class Wanted {
 public:
  explicit Wanted(const std::vector<Change>& changes, const std::vector<std::string>& texts)
      : changes_(changes), texts_(texts) {}

  std::optional<std::string> of(const shell::ScriptText& script) {
    struct Piece {
      std::uint32_t begin;
      std::uint32_t end;
      std::string text;
    };
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < changes_.size(); ++i) {
      const Span span = changes_[i].edit->span;
      if (script.map.file() != span.file) continue;
      for (const auto& [begin, end] : script.map.ranges(span.begin, span.end)) {
        if (end > script.text.size()) continue;
        pieces.push_back({begin, end, shell_text(i, script)});
        found_ = true;
      }
    }
    std::stable_sort(pieces.begin(), pieces.end(),
                     [](const Piece& a, const Piece& b) { return a.begin < b.begin; });
    std::string out;
    std::uint32_t copied = 0;
    for (const Piece& piece : pieces) {
      if (piece.begin < copied) return std::nullopt;
      out += script.text.substr(copied, piece.begin - copied) + piece.text;
      copied = piece.end;
    }
    return out + script.text.substr(copied);
  }

  // Some shell reads what is changed.
  [[nodiscard]] bool found() const { return found_; }

 private:
  // What is moved is already written as its host wants it.
  [[nodiscard]] std::string shell_text(std::size_t index, const shell::ScriptText& script) const {
    const Span moved = changes_[index].moved;
    std::string text = texts_[index];
    if (!moved) return text;
    const auto at = script.map.ranges(moved.begin, moved.end);
    if (at.empty()) return text;
    const std::string read =
        script.text.substr(at.front().first, at.front().second - at.front().first);
    return text.replace(text.find(moved.text()), moved.size(), read);
  }

  const std::vector<Change>& changes_;
  const std::vector<std::string>& texts_;
  bool found_ = false;
};

class Fitter {
 public:
  Fitter(const hosts::HostFile& file, const std::string& path, Workspace& workspace)
      : judged_{&file, path}, workspace_(workspace) {
    for (const hosts::Task& task : file.tasks) {
      for (const auto& block : task.blocks) {
        const SourceFile* holder = block->script.file;
        if (holder != nullptr) holders_.insert(holder);
        if (block->listed) lists_.push_back(block->script.span);
      }
    }
  }

  [[nodiscard]] bool fits(Fix& fix) {
    std::set<const SourceFile*> files;
    for (const Edit& edit : fix.edits) {
      if (edit.span.file == nullptr || in_a_list(edit)) return false;
      files.insert(edit.span.file);
    }
    return std::all_of(files.begin(), files.end(),
                       [&](const SourceFile* file) { return fits(fix, file); });
  }

 private:
  // A word cannot be put into a list of words as it is into a line.
  [[nodiscard]] bool in_a_list(const Edit& edit) const {
    return std::any_of(lists_.begin(), lists_.end(), [&](const Span& list) {
      return edit.span.file == list.file && edit.span.begin >= list.begin &&
             edit.span.end <= list.end;
    });
  }

  bool fits(Fix& fix, const SourceFile* file) {
    std::vector<Change> changes = changes_in(fix, file);
    const Owner owner = owner_of(file);
    // The text of a compose file is no shell's.
    if (owner.file == nullptr || owner.file->kind == hosts::HostKind::kComposeCommands) return true;
    for (Change& change : changes) {
      change.edit->replacement = with_line_ends_of(*file, change.edit->replacement);
      if (!change.moved && !stays_within_quotes(*owner.file, *change.edit)) return false;
    }
    const bool inert = std::all_of(changes.begin(), changes.end(), [](const Change& change) {
      return change.moved || is_inert(change.edit->replacement);
    });
    if (inert) return true;
    if (owner.file->kind == hosts::HostKind::kShell) return keeps_script(changes, *file);
    return find_writing(changes, *file, owner);
  }

  [[nodiscard]] Owner owner_of(const SourceFile* file) const {
    if (file == judged_.file->file || holders_.contains(file)) return judged_;
    std::string path = text::join_path(workspace_.sources.base(), file->path());
    const hosts::HostFile* known = workspace_.known_file(path);
    return {known, std::move(path)};
  }

  static bool stays_within_quotes(const hosts::HostFile& owner, const Edit& edit) {
    for (const hosts::Task& task : owner.tasks) {
      for (const auto& block : task.blocks) {
        const Quotes quotes = quotes_at(block->script, edit.span.file, edit.span.begin);
        if (!stays_within(edit.replacement, quotes)) return false;
      }
    }
    return true;
  }

  // What is written in a script is what its shell reads; it has to be readable still.
  static bool keeps_script(const std::vector<Change>& changes, const SourceFile& file) {
    const auto lost = [](const SourceFile& source) {
      const Result<Script> script = shell::parse_script(shell::whole_file(source));
      return script ? std::optional(script->unparsed.size()) : std::nullopt;
    };
    const auto text = changed_text(changes, file);
    if (!text) return false;
    const SourceFile changed(file.path(), *text);
    const auto before = lost(file);
    const auto after = lost(changed);
    return before && after && *after <= *before;
  }

  static std::optional<std::string> changed_text(const std::vector<Change>& changes,
                                                 const SourceFile& file) {
    std::vector<Edit> edits;
    for (const Change& change : changes) edits.push_back(*change.edit);
    const Result<std::string> text = text::apply_edits(file, std::move(edits));
    return text ? std::optional(*text) : std::nullopt;
  }

  bool find_writing(const std::vector<Change>& changes, const SourceFile& file,
                    const Owner& owner) {
    std::vector<std::string> texts;
    for (const Change& change : changes) texts.push_back(change.edit->replacement);
    std::set<std::vector<std::string>> tried;
    for (std::size_t way = 0; way < kWritings; ++way) {
      std::vector<std::string> now;
      for (std::size_t i = 0; i < changes.size(); ++i) {
        const std::uint32_t at = changes[i].edit->span.begin;
        now.push_back(changes[i].moved ? texts[i] : written(way, texts[i], file, at));
        changes[i].edit->replacement = now.back();
      }
      if (tried.insert(now).second && reads_as(changes, texts, file, owner)) return true;
    }
    return false;
  }

  bool reads_as(const std::vector<Change>& changes, const std::vector<std::string>& texts,
                const SourceFile& file, const Owner& owner) {
    const auto text = changed_text(changes, file);
    if (!text) return false;
    const SourceFile changed(file.path(), *text);
    const hosts::HostFile again = workspace_.read_changed(owner.path, *owner.file, changed, &file);
    const std::vector<hosts::Task>& before = owner.file->tasks;
    if (again.troubles.size() > owner.file->troubles.size()) return false;
    if (again.tasks.size() != before.size()) return false;
    Wanted wanted(changes, texts);
    std::set<const hosts::Block*> seen;
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (before[i].blocks.size() != again.tasks[i].blocks.size()) return false;
      for (std::size_t j = 0; j < before[i].blocks.size(); ++j) {
        const hosts::Block& block = *before[i].blocks[j];
        if (!seen.insert(&block).second) continue;
        if (wanted.of(block.text) != again.tasks[i].blocks[j]->text.text) return false;
      }
    }
    return wanted.found();
  }

  Owner judged_;
  Workspace& workspace_;
  std::set<const SourceFile*> holders_;  // files whose text the tasks of `judged_` run
  std::vector<Span> lists_;
};

}  // namespace

void fit_fixes(const hosts::HostFile& file, const std::string& path, Workspace& workspace,
               std::vector<Finding>& findings) {
  const auto fixable = [](const Finding& finding) { return !finding.fixes.empty(); };
  if (std::none_of(findings.begin(), findings.end(), fixable)) return;
  Fitter fitter(file, path, workspace);
  for (Finding& finding : findings) {
    std::erase_if(finding.fixes, [&](Fix& fix) { return !fitter.fits(fix); });
  }
}

std::vector<Finding> fitted(std::vector<Finding> findings, Workspace& workspace) {
  std::map<std::string, std::unique_ptr<Fitter>> fitters;
  for (Finding& finding : findings) {
    if (finding.fixes.empty() || !finding.span) continue;
    std::string path = text::join_path(workspace.sources.base(), finding.span.file->path());
    const hosts::HostFile* file = workspace.known_file(path);
    if (file == nullptr) continue;
    std::unique_ptr<Fitter>& fitter = fitters[path];
    if (fitter == nullptr) fitter = std::make_unique<Fitter>(*file, path, workspace);
    std::erase_if(finding.fixes, [&](Fix& fix) { return !fitter->fits(fix); });
  }
  return findings;
}

}  // namespace composelint::engine
