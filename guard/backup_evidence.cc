#include <fmt/format.h>
#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <system_error>
#include <vector>

#include "analyzer/compose/project_name.h"
#include "analyzer/text/path.h"
#include "guard/endpoint.h"
#include "guard/output_file.h"
#include "guard/restore_point.h"
#include "guard/stack_view.h"

namespace composelint::guard {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;
// Two machines, or a file system and the clock, may differ by a little.
constexpr std::int64_t kSkew = 60 * kSecond;

// A volume may have been filled from the backup, which nobody but a person can know.
constexpr std::string_view kTakeAnother =
    "--backup takes one of what is there now; if it has been restored from that one, --attest "
    "backup-taken=WHY";

const std::string& claim_name() {
  static const std::string kName(name_of(Claim::kBackupTaken));
  return kName;
}

struct Found {
  std::string path;
  std::int64_t time = 0;
};

std::optional<Found> newest(const std::string& pattern) {
  glob_t matches{};
  std::optional<Found> best;
  if (::glob(pattern.c_str(), 0, nullptr, &matches) == 0) {
    for (std::size_t i = 0; i < matches.gl_pathc; ++i) {
      struct stat file {};
      if (stat(matches.gl_pathv[i], &file) != 0) continue;
      const std::int64_t time = file.st_mtim.tv_sec * kSecond + file.st_mtim.tv_nsec;
      if (!best || time >= best->time) best = Found{matches.gl_pathv[i], time};
    }
  }
  globfree(&matches);
  return best;
}

std::string real_path(const std::string& path) {
  std::error_code error;
  const std::filesystem::path place = std::filesystem::weakly_canonical(path, error);
  return error ? text::normalise(path) : place.string();
}

bool same_content(const std::string& a, const std::string& b) {
  std::error_code error;
  const auto size = std::filesystem::file_size(a, error);
  if (error || std::filesystem::file_size(b, error) != size || error) return false;
  if (size == 0 || size > kReadWhole) return false;
  std::ifstream one(a, std::ios::binary);
  std::ifstream other(b, std::ios::binary);
  return std::equal(std::istreambuf_iterator<char>(one), {}, std::istreambuf_iterator<char>(other));
}

// The dump of guard that wrote the file, or one that it is a copy of; null: the journal knows of
// none.
const JournalRun* dump_in(const std::string& path, std::span<const JournalRun> journal) {
  const std::string wanted = real_path(path);
  std::set<std::string> seen;
  const JournalRun* copied = nullptr;
  for (auto run = journal.rbegin(); run != journal.rend(); ++run) {
    if (run->output.empty() || run->open() || run->effect != to_string(Effect::kDumps)) continue;
    // One that did not end well has left the file as it was.
    if (!run->output_temporary.empty() && (run->code != 0 || !run->verified)) continue;
    const std::string output = real_path(text::join_path(run->directory, run->output));
    if (output == wanted) return &*run;
    // Of several to one name the last is there.
    if (!seen.insert(output).second) continue;
    if (copied == nullptr && same_content(output, wanted)) copied = &*run;
  }
  return copied;
}

std::string how_long(std::int64_t nanoseconds) {
  const std::int64_t minutes = nanoseconds / (60 * kSecond);
  if (minutes < 2) return fmt::format("{} s", nanoseconds / kSecond);
  if (minutes < 120) return fmt::format("{} min", minutes);
  if (minutes < 2880) return fmt::format("{} h", minutes / 60);
  return fmt::format("{} days", minutes / 1440);
}

std::int64_t age_limit(const BackupPolicy& backup) {
  return backup.max_age == 0 ? kDay : backup.max_age;
}

// Whether what `service` holds is what the command is about to change.
bool is_about(const StackView& view, const std::string& service) {
  return service.empty() || view.service.empty() || service == view.service ||
         view.dependency(service) != nullptr;
}

Severity weight(const StackView& view) {
  return view.by_stake(Severity::kError, Severity::kNote, Severity::kNote);
}

// A dump that guard has run and seen to its end.
std::optional<Answer> from_journal(const StackView& view) {
  const auto& journal = view.facts.journal;
  std::int64_t limit = kDay;
  for (const BackupPolicy& backup : view.facts.policy.backups) {
    limit = std::min(limit, age_limit(backup));
  }
  std::optional<Answer> best;
  for (auto run = journal.rbegin(); run != journal.rend(); ++run) {
    const bool dumps = run->effect == to_string(Effect::kDumps) && !run->open() && run->code == 0;
    const bool here =
        view.project != nullptr && run->project == view.project->name.value &&
        (run->engine.empty() || same_engine(run->engine, view.snapshot.engine.endpoint));
    if (!dumps || !here || !run->verified || !is_about(view, run->service)) continue;
    const std::int64_t age = view.facts.now - run->ended;
    if (age > limit || age < -kSkew) continue;
    const std::string when = fmt::format("{} of {} ended well {} ago", run->effect_name,
                                         run->service, how_long(std::max<std::int64_t>(age, 0)));
    // What a script has made anew since its dump holds what the script itself put there.
    const bool of_session = !run->session.empty() && run->session == view.facts.session;
    Answer answer;
    if (const std::string why = no_restore_point(view, *run); !why.empty()) {
      answer = unknown(claim_name(), weight(view), when + ", but " + why,
                       "dump what is changed: composelint guard --output FILE -- …");
    } else if (const std::string since =
                   of_session ? "" : made_since(view, run->service, run->ended);
               !since.empty()) {
      answer =
          unknown(claim_name(), weight(view), when + ", but " + since, std::string(kTakeAnother));
    } else if (!run->output.empty()) {
      answer = judge_dump(run->output, run->effect_name);
      answer.claim = claim_name();
      answer.severity = weight(view);
      if (answer.truth == Truth::kSupported) answer.note = when + ": " + answer.note;
    } else if (of_session) {
      // Its exit status is the engine's own word, whatever the script did to it.
      answer = supported(claim_name(), weight(view), when + " in this script");
    } else {
      answer = unknown(claim_name(), weight(view), when + ", and where it went is not known", "");
    }
    answer.origin = "journal";
    answer.time = run->ended;
    if (answer.truth == Truth::kSupported) return answer;
    if (!best) best = std::move(answer);
  }
  return best;
}

Answer judge_found(const BackupPolicy& backup, const std::optional<Found>& found,
                   std::int64_t now) {
  const std::string remedy = "--backup takes one";
  const auto judge = [&]() -> Answer {
    if (!found) {
      return refuted(claim_name(), Severity::kError, "there is no backup at " + backup.file,
                     remedy);
    }
    const std::int64_t age = now - found->time;
    if (age < -kSkew) {
      return unknown(claim_name(), Severity::kError,
                     found->path + " is dated in the future: its age is not known", remedy);
    }
    if (age > age_limit(backup)) {
      return refuted(
          claim_name(), Severity::kError,
          found->path + " is " + how_long(age) + " old, and may be " + how_long(age_limit(backup)),
          remedy);
    }
    Answer answer = judge_dump(found->path, "");
    answer.claim = claim_name();
    answer.severity = Severity::kError;
    answer.time = found->time;
    if (answer.truth == Truth::kSupported) {
      answer.note =
          fmt::format("{} old: {}", how_long(std::max<std::int64_t>(age, 0)), answer.note);
    } else if (answer.remedy.empty()) {
      answer.remedy = remedy;
    }
    return answer;
  };
  Answer answer = judge();
  answer.origin = "backup of the policy";
  return answer;
}

// Why the newest file of the policy does not hold what is there now; empty: it does, as far as the
// engine and the journal tell.
std::string of_another(const StackView& view, const BackupPolicy& backup, const Found& file) {
  const JournalRun* dump = dump_in(file.path, view.facts.journal);
  if (dump != nullptr && view.project != nullptr) {
    const bool engine =
        dump->engine.empty() || same_engine(dump->engine, view.snapshot.engine.endpoint);
    if (!dump->project.empty() && dump->project != view.project->name.value) {
      return file.path + " is a dump of the project " + dump->project + ", and this is " +
             view.project->name.value;
    }
    if (!engine) {
      return file.path + " is a dump of " + dump->project + " on " + dump->engine +
             ", and this is " + view.snapshot.engine.endpoint;
    }
  }
  // A file that is copied or touched is no younger for it.
  const std::int64_t taken = dump == nullptr ? file.time : std::min(file.time, dump->ended);
  const std::string since = made_since(view, backup.service, taken);
  return since.empty() ? "" : "there is a backup at " + backup.file + ", but " + since;
}

// Of several policies each holds other data: all have to be good.
std::optional<Answer> from_policy(const StackView& view) {
  std::optional<Answer> worst;
  std::vector<std::string> dumped;
  bool whole = false;
  for (const BackupPolicy& backup : view.facts.policy.backups) {
    if (backup.file.empty() || !is_about(view, backup.service)) continue;
    const std::optional<Found> file = newest(backup.file);
    Answer answer = judge_found(backup, file, view.facts.now);
    if (answer.truth == Truth::kSupported && may_be_of_another(backup, view.project)) {
      answer = unknown(claim_name(), weight(view),
                       "the backup at " + backup.file + " may be of another project than " +
                           view.project->name.value,
                       "name the project in the command or the file of guard.backups");
    }
    if (answer.truth == Truth::kSupported) {
      std::string why = of_another(view, backup, *file);
      if (!why.empty()) {
        answer = unknown(claim_name(), weight(view), std::move(why), std::string(kTakeAnother));
      }
    }
    answer.severity = weight(view);
    whole |= backup.service.empty();
    dumped.push_back(backup.service);
    const bool worse = !worst || answer.truth < worst->truth;
    if (worse) worst = std::move(answer);
  }
  if (!worst || worst->truth != Truth::kSupported || whole) return worst;
  if (const std::string more = deleted_beside(view, dumped); !more.empty()) {
    return unknown(claim_name(), weight(view), "there is a backup, but " + more,
                   "let guard.backups have one of it, or of the whole project");
  }
  return worst;
}

}  // namespace

bool may_be_of_another(const BackupPolicy& backup, const Project* project) {
  if (project == nullptr || project->name.from.span.file != nullptr) return false;
  const std::string& name = project->name.value;
  const auto says = [&](const std::string& text) { return text.find(name) != std::string::npos; };
  const bool said =
      says(backup.file) || std::any_of(backup.command.begin(), backup.command.end(), says);
  if (name.empty() || said) return false;
  return compose::normal_project_name(text::name_of(project->directory)) != name;
}

Answer judge_backup(const BackupPolicy& backup, std::int64_t now, const FileSystem& /*files*/) {
  return judge_found(backup, newest(backup.file), now);
}

Answer backup_answer(const StackView& view) {
  std::optional<Answer> journal = from_journal(view);
  if (journal && journal->truth == Truth::kSupported) return *journal;
  std::optional<Answer> policy = from_policy(view);
  if (policy) return *policy;
  if (journal) {
    if (journal->remedy.empty()) {
      journal->remedy = "dump with --output FILE, so that guard sees the file";
    }
    return *journal;
  }
  return unknown(claim_name(), weight(view), "no backup is known",
                 "name one under guard.backups in .composelint.yaml, which --backup then takes, or "
                 "dump with `composelint guard --output FILE -- …`, or vouch for one with "
                 "--attest backup-taken=WHY");
}

}  // namespace composelint::guard
