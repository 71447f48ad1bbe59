#include "analyzer/signs/data/repeated_task.h"

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

bool brings_release(const Step& step) {
  return (step.call && (step.call->is("build") || step.call->is("pull"))) ||
         (program_name(step) == "git" && step.argv.size() > 1 &&
          (step.argv[1].is("pull") || step.argv[1].is("checkout")));
}

}  // namespace

bool is_repeated(const Timeline& timeline, const Step& step) {
  const Step* release = first_after(timeline, step, brings_release);
  return first_after(timeline, step, [&](const Step& other) {
           const bool heard =
               other.status == StatusUse::kDecides || other.status == StatusUse::kStops;
           const bool same_release =
               release == nullptr || index_of(timeline, other) < index_of(timeline, *release);
           return heard && same_release && same_place(other, step) &&
                  task_words(other) == task_words(step) &&
                  timeline.reach(index_of(timeline, step), index_of(timeline, other)) ==
                      Reach::kAlways;
         }) != nullptr;
}

}  // namespace composelint
