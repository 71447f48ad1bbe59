#include "analyzer/engine/set_aside.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <set>
#include <vector>

#include "analyzer/engine/context_words.h"
#include "analyzer/text/path.h"
#include "analyzer/text/readmes.h"

namespace composelint::engine {

namespace {

// What people call things they keep and no longer use.
bool is_word_for_the_past(std::string_view word) {
  static constexpr std::array<std::string_view, 6> kWords = {"bak",    "copy", "deprecated",
                                                             "legacy", "old",  "orig"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// As a directory these hold what was; in the name of a script they are what it makes.
bool holds_the_past(std::string_view directory) {
  const std::vector<std::string> words = words_of(directory);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return is_word_for_the_past(word) || word == "archive" || word == "archived" ||
           word == "backup" || word == "backups";
  });
}

// `ARCHIVE-2025-08-13`, `cleanup_backup_2026-01-11`: a state of that day.
bool is_a_dated_past(std::string_view directory) {
  constexpr std::size_t kYear = 4;
  constexpr std::size_t kDay = 8;                                           // and month and year
  const std::size_t end = directory.find_last_not_of("0123456789-_.") + 1;  // npos + 1 is 0
  std::string digits(directory.substr(end));
  std::erase_if(digits, [](char c) { return std::isdigit(static_cast<unsigned char>(c)) == 0; });
  const std::string_view name = directory.substr(0, end);
  if (!digits.starts_with("20") || !holds_the_past(name)) return false;
  // `backup_tool_2024` may be a tool.
  return digits.size() == kDay || (digits.size() == kYear && words_of(name).size() == 1);
}

// "deploy.sh" of `deploy copy 2.sh`, `deploy_v1_old.sh`; the name itself where nothing is behind
// it.
std::string without_mark(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  std::string_view stem = name.substr(0, dot);
  const std::string_view ending = dot == name.npos ? std::string_view() : name.substr(dot);
  bool marked = false;
  std::string_view rest = stem;
  for (;;) {
    const std::size_t joint = rest.find_last_of(" -_.(");
    if (joint == rest.npos || joint == 0) break;
    const std::string_view last = rest.substr(joint + 1);
    const bool mark = is_word_for_the_past(last);
    const bool number = !last.empty() && std::all_of(last.begin(), last.end(), [](char c) {
      return c == 'v' || c == ')' || std::isdigit(static_cast<unsigned char>(c)) != 0;
    });
    if (!mark && !number && !last.empty()) break;
    marked |= mark;
    rest = rest.substr(0, joint);
    if (marked) stem = rest;
  }
  return std::string(stem) + std::string(ending);
}

std::set<std::string_view> lines_of(std::string_view bytes) {
  constexpr std::size_t kTellsNothing = 8;  // `fi`, `done`, `set -e`
  std::set<std::string_view> lines;
  while (!bytes.empty()) {
    std::string_view line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.size() >= kTellsNothing) lines.insert(line);
  }
  return lines;
}

// A third of its lines, and more than a head has.
bool has_much_of(std::string_view bytes, std::string_view other) {
  const std::set<std::string_view> own = lines_of(bytes);
  const std::set<std::string_view> lines = lines_of(other);
  const auto same = static_cast<std::size_t>(std::count_if(
      own.begin(), own.end(), [&](std::string_view line) { return lines.contains(line); }));
  return same > 1 && same * 3 >= own.size();
}

// Where the one in use may be: beside it, for a marked name; else behind what each directory above
// the marked one has of the path below that.
std::vector<std::string> places_of_the_other(const std::string& root, const std::string& path) {
  const std::string shown = text::relative_path(root, path);
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= shown.size();) {
    const std::size_t end = std::min(shown.find('/', at), shown.size());
    parts.push_back(shown.substr(at, end - at));
    at = end + 1;
  }
  const std::string plain = without_mark(parts.back());
  std::vector<std::string> out;
  if (plain != parts.back()) out.push_back(text::join_path(text::directory_of(path), plain));
  for (std::size_t marked = 0; marked + 1 < parts.size(); ++marked) {
    if (!holds_the_past(parts[marked])) continue;
    for (std::size_t above = marked + 1; above-- > 0;) {
      std::string directory = root;
      for (std::size_t i = 0; i < above; ++i) directory = text::join_path(directory, parts[i]);
      for (std::size_t from = marked + 1; from < parts.size(); ++from) {
        std::string other = directory;
        for (std::size_t i = from; i + 1 < parts.size(); ++i) {
          other = text::join_path(other, parts[i]);
        }
        out.push_back(text::join_path(other, parts.back()));
        if (plain != parts.back()) out.push_back(text::join_path(other, plain));
      }
    }
  }
  return out;
}

// "Moved here for reference only", beside the text of a folder.
bool says_that_it_is_past(std::string_view readme) {
  static constexpr std::array<std::string_view, 7> kSays = {
      "for reference only", "kept for reference", "no longer in use",      "no longer used",
      "not in use",         "not used any more",  "not part of the active"};
  const std::string text = lower_case(readme.substr(0, 500));
  return std::any_of(kSays.begin(), kSays.end(),
                     [&](std::string_view said) { return text.find(said) != text.npos; });
}

// The folder that keeps it; empty: none. Of `archive/`, which may hold what archives something, its
// README has to say it where it is no document.
std::string kept_for_reference(const std::string& root, const std::string& path,
                               Workspace& workspace) {
  for (std::string at = text::directory_of(path); at.size() > root.size();
       at = text::directory_of(at)) {
    const std::string_view name = text::name_of(at);
    if (name == "archived" || name == "attic" || name == "deprecated" || name == "obsolete" ||
        is_a_dated_past(name) || (name == "archive" && path.ends_with(".md"))) {
      return at;
    }
    if (name != "archive") continue;
    const std::vector<text::Readme> readmes = text::readmes_in(workspace.sources.files(), at);
    if (std::any_of(readmes.begin(), readmes.end(), [](const text::Readme& readme) {
          return readme.first && says_that_it_is_past(readme.text);
        })) {
      return at;
    }
  }
  return "";
}

ContextCue kept_in(const std::string& root, const std::string& directory) {
  ContextCue cue{Context::kDocs, text::relative_path(root, directory) + " keeps what was"};
  cue.kept = true;
  return cue;
}

}  // namespace

std::optional<ContextCue> archived_aside(const std::string& path, Workspace& workspace) {
  const std::string root = workspace.root_of(path);
  // What is in use may lie in a repository that is archived: others have it still.
  const std::string said = workspace.archived_above(path);
  return said.size() > root.size() ? std::optional(kept_in(root, said)) : std::nullopt;
}

std::optional<ContextCue> set_aside(const std::string& path, std::string_view bytes,
                                    Workspace& workspace) {
  const std::string root = workspace.root_of(path);
  if (const std::string kept = kept_for_reference(root, path, workspace); !kept.empty()) {
    return kept_in(root, kept);
  }
  if (!holds_the_past(text::relative_path(root, path))) return std::nullopt;
  for (const std::string& other : places_of_the_other(root, path)) {
    if (other == path || workspace.sources.files().kind(other) != FileKind::kRegular) continue;
    const Result<const SourceFile*> file = workspace.sources.open(other);
    if (!file || !has_much_of(bytes, (*file)->bytes())) continue;
    // Nobody runs it from here: the other one tells what both have.
    return ContextCue{Context::kDocs,
                      "an older state of " + text::relative_path(root, other) + " is kept there"};
  }
  return std::nullopt;
}

std::vector<Finding> without_kept(std::vector<Finding> findings, const Workspace& workspace) {
  std::set<const SourceFile*> kept;
  std::set<const SourceFile*> used;
  for (const auto& script : workspace.scripts) {
    if (script->context.kept) {
      kept.insert(script->file);
      continue;
    }
    const SourceFile* last = nullptr;  // a run of steps is of one file
    for (const Step& step : script->timeline.steps) {
      if (step.span.file != last) used.insert(step.span.file);
      last = step.span.file;
    }
  }
  std::erase_if(findings, [&](const Finding& finding) {
    return kept.contains(finding.span.file) && !used.contains(finding.span.file);
  });
  return findings;
}

}  // namespace composelint::engine
