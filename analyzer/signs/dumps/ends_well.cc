#include "analyzer/signs/dumps/ends_well.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/database_client.h"
#include "analyzer/signs/dumps/fed_dump.h"
#include "analyzer/signs/dumps/last_copy.h"
#include "analyzer/signs/steps/goes_on_to.h"
#include "analyzer/signs/steps/redirected_inside.h"
#include "analyzer/signs/steps/run_between.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/unchecked_step.h"
#include "analyzer/signs/words/asked_between.h"
#include "analyzer/signs/words/mention.h"
#include "analyzer/signs/words/wording.h"
#include "analyzer/signs/words/written_path.h"

namespace composelint {

namespace {

// What stands in `last` has the name of a file that `earlier` was to make itself: where that has
// failed, there is none, and `last` fails as well. A redirect makes its file in any case.
bool misses_the_file(const Step& earlier, const Step& last) {
  return std::any_of(last.argv.begin() + 1, last.argv.end(), [&](const Argument& word) {
    const WrittenPath file = last_component(word);
    const std::vector<Argument>& words = words_of_task(earlier);
    return !word.text.starts_with('-') && is_named(file) &&
           std::any_of(words.begin(), words.end(), [&](const Argument& other) {
             return last_component(other) == file ||
                    (file.holes.empty() && other.text.find(file.text) != std::string::npos);
           });
  });
}

// A program of this machine that has nothing to do with the database: its end tells of its own
// work. What asks a file or a database whether all is well is none, nor is what is not seen here.
bool is_about_something_else(const Step& earlier, const Step& last) {
  const std::string_view program = program_name(last);
  // `docker run -v uploads:/from -v /srv/kept:/to … tar c`: other files.
  const bool packs = last.role == Role::kFileBackup && last.docker &&
                     last.docker->is("container run") && last.place == Place::kHost;
  if (packs) return !misses_the_file(earlier, last);
  if (program.empty() || last.place != Place::kHost || last.launcher != Launcher::kNone) {
    return false;
  }
  if (runs_unseen(last) || runs_client(last.argv) || last.effect == Effect::kRestores) return false;
  if (last.effect == Effect::kDumps && last.role != Role::kFileBackup) return false;
  // `python3 check.py`, `deploy-tool run`, `grep`: who knows what it looks at. What packs or sends
  // a file takes an empty one as well.
  static constexpr std::array<std::string_view, 38> kKnown = {
      "7z",    "age", "aws",   "b2",    "bzip2",   "chmod", "chown",  "cp",   "curl",   "date",
      "df",    "du",  "find",  "git",   "gpg",     "gpg2",  "gsutil", "gzip", "logger", "ls",
      "mail",  "mc",  "mkdir", "mv",    "openssl", "pigz",  "rclone", "rm",   "rmdir",  "rsync",
      "s3cmd", "scp", "sleep", "touch", "wget",    "xz",    "zip",    "zstd"};
  const bool tests = std::any_of(last.argv.begin() + 1, last.argv.end(), [](const Argument& word) {
    return word.is("-t") || word.is("--test") || word.is("-l") || word.is("--list") ||
           word.is("-tv") || word.is("-T");
  });
  if (tests && program != "ls" && program != "curl") return false;
  const bool known = std::find(kKnown.begin(), kKnown.end(), program) != kKnown.end() ||
                     last.role == Role::kFileBackup;
  return known && !misses_the_file(earlier, last);
}

// `pg_dump orders > orders.sql`, `pg_dump users > users.sql`: the second tells of itself alone.
bool dumps_into_another(const Step& earlier, const Step& step) {
  const auto writes = [](const Step& each) {
    return each.effect == Effect::kDumps && each.out.kind == StreamKind::kFile;
  };
  return writes(earlier) && writes(step) && earlier.out.target.text != step.out.target.text;
}

// Tells people something, or starts and stops what has nothing to do with the dump: it ends with 0
// whatever became of that.
bool knows_nothing_of_it(const Step& earlier, const Step& step) {
  static constexpr std::array<std::string_view, 11> kVerbs = {
      "down", "kill", "logs", "ps", "restart", "rm", "start", "stop", "unpause", "up", "ls"};
  const auto among = [&](std::string_view verb) {
    return std::find(kVerbs.begin(), kVerbs.end(), verb) != kVerbs.end();
  };
  if (dumps_into_another(earlier, step)) return true;
  const bool copies =
      (step.call && step.call->is("cp")) || (step.docker && step.docker->is("container cp"));
  if (copies) return takes_what_there_is(earlier, step);
  if (step.call) return among(step.call->verb);
  if (step.docker && step.role != Role::kFileBackup) {
    const std::string_view verb = step.docker->verb;
    return (verb.starts_with("container ") && among(verb.substr(verb.rfind(' ') + 1))) ||
           verb.ends_with(" prune");
  }
  const std::string_view program = program_name(step);
  return program == "echo" || program == "printf" || is_about_something_else(earlier, step);
}

// `{ earlier; echo done; } || { echo failed; exit 1; }`: what stands last in the group decides, and
// a failure in front of it never gets there.
bool waits_for_another(const Timeline& timeline, const Step& earlier, const Step& step) {
  return earlier.status == StatusUse::kUnchecked &&
         std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
           const Branch& branch = timeline.branches[way.branch];
           return branch.kind == BranchKind::kOr && !has(earlier.conditions, way) &&
                  runs_inside(earlier, branch.condition);
         });
}

// The last step that `earlier` leads to, in its own file; `./maintenance-off.sh` stands for the
// steps of that script. Null without one.
const Step* last_behind(const Timeline& timeline, const Step& earlier) {
  const Step* last = nullptr;
  const std::size_t from = index_of(timeline, earlier);
  for (std::size_t i = from + 1; i < timeline.steps.size(); ++i) {
    const Step& step = timeline.steps[i];
    if (timeline.reach(from, i) == Reach::kNever || waits_for_another(timeline, earlier, step)) {
      continue;
    }
    if (step.span.file == earlier.span.file) {
      last = &step;
    } else if (last == nullptr && earlier.followed) {
      continue;
    } else if (last == nullptr || !last->followed || !knows_nothing_of_it(earlier, step)) {
      return nullptr;
    }
  }
  return last;
}

// `tar czf app.tgz app.sql && rm app.sql`: what stands in front of `&&` takes an empty file as
// well.
bool is_chained_to_its_own(const Timeline& timeline, const Step& earlier, const Branch& branch) {
  bool found = false;
  for (const Step& step : timeline.steps) {
    if (!runs_inside(step, branch.condition)) continue;
    if (!knows_nothing_of_it(earlier, step)) return false;
    found = true;
  }
  return found;
}

// Ends with 0 where the test that `last` stands under does not hold, or its list is empty: `if`,
// `for`, and `&&` behind work of its own.
bool is_left_well(const Timeline& timeline, const Step& earlier, const Step& last) {
  return std::all_of(last.conditions.begin(), last.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    return has(earlier.conditions, way) || branch.kind == BranchKind::kIf ||
           branch.kind == BranchKind::kFor ||
           (branch.kind == BranchKind::kAnd && is_chained_to_its_own(timeline, earlier, branch));
  });
}

// It decides on nothing but the rest of its own chain.
bool decides_in_a_chain(const Timeline& timeline, const Step& earlier, const Step& step) {
  return knows_nothing_of_it(earlier, step) &&
         std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
           return branch.kind == BranchKind::kAnd && runs_inside(step, branch.condition);
         });
}

// `while true; do …; sleep 60; done`: nothing ends.
bool is_in_an_endless_loop(const Timeline& timeline, const Step& step) {
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    if (branch.kind != BranchKind::kWhile) return false;
    const std::string_view asked = branch.condition.text();
    return asked == "true" || asked == ":" || asked == "[ 1 ]" || asked == "sleep" ||
           asked.starts_with("sleep ");
  });
}

}  // namespace

const Step* ends_well_behind(const Timeline& timeline, const Step& earlier) {
  const Step* last = last_behind(timeline, earlier);
  if (last == nullptr || last->background || is_in_an_endless_loop(timeline, *last)) {
    return nullptr;
  }
  if (!last->followed && !knows_nothing_of_it(earlier, *last)) return nullptr;
  const bool chained = last->conditions.size() > earlier.conditions.size() &&
                       same_place(earlier, *last) && runs_in_a_chain(timeline, earlier, *last);
  const bool reached = chained || may_run_anyway(timeline, earlier, *last);
  if (!reached || !is_left_well(timeline, earlier, *last)) return nullptr;
  // `exit $failed`, `tar … || exit`, a question: whoever wrote it thought of failures.
  const std::size_t from = index_of(timeline, earlier);
  for (std::size_t i = from + 1; i < timeline.steps.size(); ++i) {
    const Step& step = timeline.steps[i];
    if (timeline.reach(from, i) == Reach::kNever || waits_for_another(timeline, earlier, step)) {
      continue;
    }
    if (step.asks) return nullptr;
    if (step.status == StatusUse::kDecides && !decides_in_a_chain(timeline, earlier, step)) {
      return nullptr;
    }
    if (&step == last || step.status != StatusUse::kStops) continue;
    // Of another script, which `last` runs; or what ends another way from there.
    const std::size_t to = index_of(timeline, *last);
    if (i > to) continue;
    const bool leads_on = timeline.reach(i, to) != Reach::kNever;
    if (leads_on || !knows_nothing_of_it(earlier, step)) return nullptr;
  }
  return output_read_between(timeline, earlier, *last) ? nullptr : last;
}

}  // namespace composelint
