// Steps that do harm when one before them has failed.
#pragma once

#include <composelint/data_task.h>
#include <composelint/measured_file.h>
#include <composelint/path_name.h>
#include <composelint/sequence.h>
#include <composelint/wording.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace composelint {

// What a build makes anew.
[[nodiscard]] inline bool is_made_anew(std::string_view path) {
  static constexpr std::array<std::string_view, 12> kNames = {
      ".cache", ".next",    ".venv", "__pycache__",  "bin",    "build",
      "cov",    "coverage", "dist",  "node_modules", "target", "venv"};
  while (path.ends_with('/') || path.ends_with('*')) path.remove_suffix(1);
  const std::string_view name = file_name(path);
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// `rm -rf WHAT`; null where it removes nothing below the working directory for sure.
[[nodiscard]] inline const Argument* removed_here(const Step& step) {
  if (program_name(step) != "rm" || step.place != Place::kHost) return nullptr;
  bool recursive = false;
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const Argument& word = step.argv[i];
    const std::string_view text = word.text;
    if (text.starts_with("--")) {
      recursive |= text == "--recursive";
      continue;
    }
    if (text.starts_with('-')) {
      recursive |= text.find_first_of("rR") != std::string_view::npos;
      continue;
    }
    const bool begins_known = word.holes.empty() || word.holes.front().at > 0;
    if (recursive && begins_known && !text.empty() && !text.starts_with('/') &&
        !text.starts_with('~') && !is_made_anew(text)) {
      return &word;
    }
  }
  return nullptr;
}

// What the step changes that a second thought does not bring back; empty: nothing, or not known.
[[nodiscard]] inline std::string harm_of(const Step& step) {
  if (applies_a_migration(step)) return "the migration " + quoted(task_text(step));
  if (step.launcher != Launcher::kNone && step.effect == Effect::kRestores) {
    return "the restore " + quoted(task_text(step));
  }
  if (step.launcher != Launcher::kNone && step.effect == Effect::kDeletes) {
    return quoted(task_text(step)) + ", which deletes data,";
  }
  if (step.call && step.call->is("down") && step.call->has("--volumes")) return "`down -v`";
  if (const Argument* removed = removed_here(step)) {
    std::string line = "rm";
    for (std::size_t i = 1; i < step.argv.size() && step.argv[i].text.starts_with('-'); ++i) {
      line += " " + step.argv[i].text;
    }
    return "`" + line + " " + removed->text + (removed->holes.empty() ? "" : "…") + "`";
  }
  return {};
}

// What a prune takes of a stack that has not come up: stopped containers, the images they are of,
// volumes. Empty: nothing of that.
[[nodiscard]] inline std::string prune_of(const Step& step) {
  if (!step.docker || step.docker->opaque_options) return {};
  const DockerInvocation& docker = *step.docker;
  const bool all = docker.has("--all");
  if (docker.is("system prune")) {
    return all ? "which removes the images and containers that are not running"
               : "which removes the containers that are not running";
  }
  if (docker.is("container prune")) return "which removes the containers that are not running";
  if (docker.is("volume prune")) return "which removes the volumes that no container has";
  if (docker.is("image prune") && all) return "which removes the images that no container has";
  return {};
}

// The script is about containers at all.
[[nodiscard]] inline bool drives_containers(const Timeline& timeline) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [](const Step& step) {
    return step.call.has_value() || step.docker.has_value();
  });
}

// Between the two somebody looks at `$?`.
[[nodiscard]] inline bool status_read_between(const Step& first, const Step& second) {
  Span left = first.span;
  Span right = second.span;
  // Both stand in a text that is handed over in one word: `remote 'pull; up -d'`.
  if (left == right && !first.argv.empty() && !second.argv.empty()) {
    left = first.argv.back().place();
    right = second.argv.front().place();
  }
  if (left.file == nullptr || left.file != right.file || left.end > right.begin) return true;
  const std::string_view between = left.file->bytes().substr(left.end, right.begin - left.end);
  return between.find("$?") != std::string_view::npos ||
         between.find("PIPESTATUS") != std::string_view::npos;
}

// Between the two somebody looks at what the first one wrote: `[ -s "$f" ] || exit`, `gzip -t`.
// That a file is there (`-f`) tells nothing of a redirect, which makes it first.
[[nodiscard]] inline bool output_read_between(const Timeline& timeline, const Step& first,
                                              const Step& second) {
  static constexpr std::array<std::string_view, 9> kReaders = {
      "grep", "gunzip", "gzip", "head", "pg_restore", "stat", "tail", "wc", "zgrep"};
  static constexpr std::array<std::string_view, 4> kLooks = {"-s ", "du ", "stat", "wc "};
  static constexpr std::array<std::string_view, 2> kThere = {"-f ", "-e "};
  const bool redirected = first.out.kind == StreamKind::kFile;
  for (std::size_t i = index_of(timeline, first) + 1; i < index_of(timeline, second); ++i) {
    const Step& step = timeline.steps[i];
    if (step.status != StatusUse::kDecides && step.status != StatusUse::kStops) continue;
    const std::string_view program = program_name(step);
    if (std::find(kReaders.begin(), kReaders.end(), program) != kReaders.end()) return true;
  }
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
    const Span test = branch.condition;
    if (!test || test.file != first.span.file || test.begin < first.span.end) return false;
    const std::string_view text = test.text();
    return (second.span.file != test.file || test.end <= second.span.begin) &&
           (has_one_of(text, kLooks) || detail::tests_a_measure(first, test) ||
            (!redirected && has_one_of(text, kThere)));
  });
}

// Between the two comes what `up` then starts for the first time: new images, new source.
[[nodiscard]] inline const Step* renewal_between(const Timeline& timeline, const Step& first,
                                                 const Step& up) {
  for (std::size_t i = index_of(timeline, first) + 1; i < index_of(timeline, up); ++i) {
    const Step& step = timeline.steps[i];
    const bool source =
        program_name(step) == "git" && step.argv.size() > 1 && step.argv[1].is("pull");
    const bool images = step.call && (step.call->is("pull") || step.call->is("build"));
    if ((source || images) && step.status != StatusUse::kDiscarded &&
        timeline.reach(i, index_of(timeline, up)) == Reach::kAlways) {
      return &step;
    }
  }
  return nullptr;
}

}  // namespace composelint
