#include "analyzer/signs/data/loaded_data.h"

#include <composelint/quoted.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_loss.h"
#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/first_setup.h"
#include "analyzer/signs/stacks/under_a_server.h"
#include "analyzer/signs/steps/dependent_steps.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/steps/unchecked_step.h"
#include "analyzer/signs/words/asked_between.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

bool is_fed_statements(const Timeline& timeline, const Step& step) {
  static constexpr std::array<std::string_view, 8> kBring = {"bzcat", "cat",   "gunzip", "gzip",
                                                             "pv",    "xzcat", "zcat",   "zstdcat"};
  if (step.launcher == Launcher::kNone || step.role != Role::kClient || !feeds_it_alone(step)) {
    return false;
  }
  if (step.in.kind == StreamKind::kFile) return true;
  if (step.in.kind != StreamKind::kPipe || step.pipeline == 0) return false;
  const std::size_t at = index_of(timeline, step);
  if (at == 0 || timeline.steps[at - 1].pipeline != step.pipeline) return false;
  const Step& before = timeline.steps[at - 1];
  const bool file = before.argv.size() > 1 || before.in.kind == StreamKind::kFile;
  return file && before.in.kind != StreamKind::kHere &&
         std::find(kBring.begin(), kBring.end(), program_name(before)) != kBring.end();
}

bool runs_a_file(const Timeline& timeline, const Step& step) {
  if (step.launcher == Launcher::kNone || is_of_first_setup(step)) return false;
  // What goes to a file or on is asked for, and changes nothing.
  const bool asks = step.out.kind == StreamKind::kFile || step.out.kind == StreamKind::kPipe;
  if (asks || asked_before(timeline, step)) return false;
  return step.effect_name == "SQL file" || is_fed_statements(timeline, step);
}

bool empties_for_a_load(const Step& step) {
  // The engine refuses it while a container has the volume.
  if (step.docker && step.docker->is("volume rm")) return !step.docker->operands.empty();
  if (step.launcher == Launcher::kNone) return false;
  const std::string words = task_words(step);
  // Refused where it is there already.
  const bool creates = (words.find("create database ") != std::string::npos &&
                        words.find("if not exists") == std::string::npos) ||
                       words.find("createdb ") != std::string::npos;
  if (creates && step.effect != Effect::kDeletes) return !names_scratch(step);
  if (step.effect != Effect::kDeletes) return false;
  // PostgreSQL refuses it while somebody is connected.
  const bool drops =
      words.find("dropdb") != std::string::npos || step.effect_name.ends_with("database drop") ||
      (words.find("psql") != std::string::npos && words.find("drop database") != std::string::npos);
  return drops && !names_scratch(step);
}

namespace {

// `createdb` behind a `dropdb` whose failure has ended the script: nothing is there to load into.
bool makes_what_was_dropped(const Timeline& timeline, const Step& step) {
  if (step.effect == Effect::kDeletes) return false;
  const Step* drop = last_before(timeline, step, [&](const Step& other) {
    return other.effect == Effect::kDeletes && empties_for_a_load(other) && same_place(other, step);
  });
  return drop != nullptr && (!is_unchecked(*drop) || status_read_between(timeline, *drop, step));
}

// `docker volume rm shop_data`, `docker volume rm $(docker volume ls -q)`
bool removes_its_volume(const Step& rm, const Step& load) {
  const Service* service = service_of(load);
  const Project* project = load.call ? load.call->target.project : nullptr;
  return std::any_of(
      rm.docker->operands.begin(), rm.docker->operands.end(), [&](const Argument& word) {
        if (word.known()) {
          return project != nullptr && service != nullptr &&
                 has_volume(*project, *service, word.text);
        }
        return word.text.empty() && word.span.text().starts_with("$(docker volume ls");
      });
}

// `down -v` of the stack in front of it: `volume rm` finds none any more, each time.
bool is_taken_before(const Timeline& timeline, const Step& rm, const Step& load) {
  return last_before(timeline, rm, [&](const Step& other) {
           return other.call && load.call && other.call->is("down") &&
                  other.call->has("--volumes") && may_share_stack(*other.call, *load.call) &&
                  same_place(other, rm);
         }) != nullptr;
}

}  // namespace

bool loads(const Timeline& timeline, const Step& step) {
  if (step.launcher == Launcher::kNone) return false;
  // Drops what is there itself.
  if (step.effect == Effect::kRestores) return !destroys_data(step);
  return step.effect_name == "SQL file" || is_fed_statements(timeline, step);
}

bool loads_into_the_old(const Timeline& timeline, const Step& earlier, const Step& later) {
  if (!loads(timeline, later)) return false;
  const bool volume = earlier.docker && earlier.docker->is("volume rm");
  if (volume && is_taken_before(timeline, earlier, later)) return false;
  return volume ? removes_its_volume(earlier, later) : !makes_what_was_dropped(timeline, earlier);
}

std::string harm_to_data(const Timeline& timeline, const Step& step) {
  static constexpr std::array<std::string_view, 6> kDumps = {"backup", "bak",     "dump",
                                                             "import", "restore", "snapshot"};
  std::string harm = harm_of(step);
  if (!harm.empty() || !is_fed_statements(timeline, step)) return harm;
  std::string from(step.in.span.text());
  from += step.in.target.text;
  std::transform(from.begin(), from.end(), from.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return has_one_of(from, kDumps) ? "the import " + quoted(task_text(step)) : std::string();
}

bool reads_what_it_wrote(const Timeline& timeline, const Step& dump, const Step& load) {
  const Argument& file = dump.out.target;
  const bool same = dump.out.kind == StreamKind::kFile && load.in.kind == StreamKind::kFile &&
                    file.text == load.in.target.text && file.holes == load.in.target.holes &&
                    !file.text.empty();
  return same && dump.effect == Effect::kDumps && dump.detached == load.detached &&
         load.place == Place::kHost && is_fed_statements(timeline, load) &&
         load.conditions.size() < dump.conditions.size() &&
         std::equal(load.conditions.begin(), load.conditions.end(), dump.conditions.begin()) &&
         timeline.reach(index_of(timeline, dump), index_of(timeline, load)) != Reach::kNever &&
         !status_read_between(timeline, dump, load);
}

}  // namespace composelint
