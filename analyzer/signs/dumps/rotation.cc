#include "analyzer/signs/dumps/rotation.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/answer.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"
#include "analyzer/signs/words/written_path.h"

namespace composelint {

namespace {

bool deletes_found(const Step& step) {
  return program_name(step) == "find" &&
         std::any_of(step.argv.begin() + 1, step.argv.end(),
                     [](const Argument& word) { return word.is("-delete"); });
}

bool has_age(const Step& find) {
  return std::any_of(find.argv.begin() + 1, find.argv.end(), [](const Argument& word) {
    const std::string_view text = word.text;
    return text == "-mtime" || text == "-mmin" || text == "-ctime" || text == "-cmin";
  });
}

// `ls -t backups | tail -n +8`: all but some of them.
bool is_cut(const Timeline& timeline, const Step& list) {
  return list.pipeline != 0 &&
         std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& stage) {
           const std::string_view program = program_name(stage);
           return stage.pipeline == list.pipeline &&
                  (program == "tail" || program == "head" || program == "sed" || program == "awk");
         });
}

// What the list prints is removed: by `| xargs rm`, or by `rm $(…)`.
const Step* remover_of(const Timeline& timeline, const Step& list) {
  const auto removes = [&](const Step& step) {
    if (program_name(step) != "rm") return false;
    if (list.pipeline != 0 && step.pipeline == list.pipeline) return true;
    return std::any_of(step.argv.begin() + 1, step.argv.end(), [&](const Argument& word) {
      return !word.known() && word.span.file == list.span.file &&
             word.span.begin <= list.span.begin && list.span.end <= word.span.end;
    });
  };
  const auto found = std::find_if(timeline.steps.begin(), timeline.steps.end(), removes);
  return found == timeline.steps.end() ? nullptr : &*found;
}

// The directory that a path lies in; `.` where it names none.
WrittenPath directory_in(const Argument& path) {
  const std::size_t slash = path.text.rfind('/');
  if (slash == std::string::npos) return {".", {}};
  WrittenPath out{path.text.substr(0, slash), {}};
  for (const Hole& hole : path.holes) {
    if (hole.at <= slash) out.holes.push_back(hole.name);
  }
  return out;
}

// `/srv/backups`, `/srv/backups/app-*.sql`, `$DIR/`.
bool lists_directory(const Step& list, const WrittenPath& directory) {
  return std::any_of(list.argv.begin() + 1, list.argv.end(), [&](const Argument& word) {
    if (word.text.starts_with('-') || (word.text.empty() && word.holes.empty())) return false;
    WrittenPath whole = path_of(word);
    while (whole.text.size() > 1 && whole.text.ends_with('/')) whole.text.pop_back();
    return whole == directory || directory_in(word) == directory;
  });
}

// Written alike in front of the last slash of the dump and as a word of `find`: `$DIR`, whatever
// that is.
bool is_written_alike(std::string_view find, const Argument& dump) {
  const auto plain = [](std::string_view text) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out),
                 [](char c) { return c != '"'; });
    return out;
  };
  const std::string file = plain(dump.span.text());
  const std::size_t slash = file.rfind('/');
  if (slash == std::string::npos || !file.starts_with('$') ||
      file.substr(0, slash).find_first_of(" (`") != std::string::npos) {
    return false;
  }
  const std::string words = plain(find);
  const std::string directory = " " + file.substr(0, slash);
  return words.find(directory + " ") != std::string::npos ||
         words.find(directory + "/ ") != std::string::npos;
}

// `find DIRECTORY -mtime +7 -exec rm {} \;`: a step of `rm` that is written as all of it.
bool is_found_by_age(const Step& step, const Argument& dump, const WrittenPath& directory) {
  const std::string_view text = step.span.text();
  const bool found = text.starts_with("find ") && text.find("-exec") != text.npos &&
                     (text.find("time ") != text.npos || text.find("min ") != text.npos);
  if (found && is_written_alike(text, dump)) return true;
  if (!found || directory.holes.size() > 1) return false;
  if (!directory.holes.empty()) {
    return directory.text.empty() && mention_of(text, directory.holes.front(), 0) != text.npos;
  }
  return text.find(" " + directory.text + " ") != text.npos ||
         text.find(" " + directory.text + "/ ") != text.npos;
}

}  // namespace

const Step* rotates(const Timeline& timeline, const Step& dump, const Step& later) {
  if (dump.effect != Effect::kDumps || dump.out.kind != StreamKind::kFile) return nullptr;
  if (!same_place(dump, later) || dump.directory != later.directory) return nullptr;
  const WrittenPath directory = directory_in(dump.out.target);
  const std::string_view program = program_name(later);
  if (program == "rm") return is_found_by_age(later, dump.out.target, directory) ? &later : nullptr;
  if (program != "find" && program != "ls") return nullptr;
  const bool in_part =
      program == "find" ? has_age(later) || is_cut(timeline, later) : is_cut(timeline, later);
  if (!in_part || !lists_directory(later, directory)) {
    return nullptr;
  }
  return deletes_found(later) ? &later : remover_of(timeline, later);
}

}  // namespace composelint
