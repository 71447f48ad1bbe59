#include "analyzer/evidence/timeline_evidence.h"

#include <composelint/evidence.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/evidence/claims.h"
#include "analyzer/evidence/other_data.h"
#include "analyzer/evidence/other_work.h"
#include "analyzer/evidence/removed_volume.h"
#include "analyzer/signs/data/data_loss.h"
#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/database_client.h"
#include "analyzer/signs/steps/question.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::evidence {

namespace {

// Two calls that are known to act on different stacks say nothing about each other.
bool other_project(const Step& a, const Step& b) {
  if (!a.call || !b.call) return false;
  const Project* left = a.call->target.project;
  const Project* right = b.call->target.project;
  return left != nullptr && right != nullptr && left != right &&
         left->name.value != right->name.value;
}

// What runs on another machine says nothing sure about this one.
bool other_place(const Step& a, const Step& b) {
  if (a.place == b.place && a.place_name == b.place_name) return false;
  return a.place == Place::kRemote || b.place == Place::kRemote || (a.call && b.call);
}

// "live" of `deploy@live`; empty where a variable has it.
std::string_view machine_of(const Step& step) {
  const std::string_view name = step.place_name;
  return name.find('$') == name.npos ? name.substr(name.find('@') + 1) : std::string_view();
}

// `ssh live pg_dump`, `ssh staging pg_restore`.
bool both_are_known(const Step& a, const Step& b) {
  const std::string_view left = machine_of(a);
  const std::string_view right = machine_of(b);
  return b.place == Place::kRemote && !left.empty() && !right.empty() && left != right;
}

// A dump that is taken over ssh is of that machine's data; those of a database in a container here,
// or on a third machine, are others.
bool is_of_another_machine(Claim claim, const Step& proof, const Step& task) {
  const bool apart = task.place == Place::kHost || both_are_known(proof, task);
  if (claim != Claim::kBackupTaken || proof.place != Place::kRemote || !apart ||
      proof.place_name.find("localhost") != std::string::npos ||
      proof.place_name.find("127.0.0.1") != std::string::npos) {
    return false;
  }
  const bool enters =
      task.call ? task.call->is("exec") : task.docker && task.docker->is("container exec");
  return enters && acts_in_database(task) &&
         !asks_a_host(task.call ? task.call->inner : task.docker->inner);
}

// A copy of other data, a question about other work.
bool is_beside_the_point(const Timeline& timeline, const Step& other, const Step& task) {
  if (other.asks) {
    return is_about_a_file(timeline, other, task) || is_about_other_work(timeline, other, task);
  }
  return keeps_other_files(timeline, other, task) || keeps_no_removed_volume(other, task) ||
         dumps_another_database(timeline, other, task);
}

// Where a reader of `about` meets the other step: at the call of the function it stands in.
Span met_at(const Step& other, const Step& about) {
  const std::vector<Span>& calls = other.called_from;
  const std::vector<Span>& own = about.called_from;
  std::size_t shared = 0;
  while (shared < calls.size() && shared < own.size() && calls[shared] == own[shared]) ++shared;
  const bool elsewhere = shared < calls.size() && calls[shared].file == about.span.file;
  return elsewhere ? calls[shared] : other.span;
}

bool begins_with(const std::vector<Condition>& conditions, const std::vector<Condition>& prefix) {
  return conditions.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), conditions.begin());
}

// The script itself has thrown away what a backup could save: it is past that question.
bool is_emptied(const Timeline& timeline, std::size_t about) {
  for (std::size_t i = 0; i < about; ++i) {
    const Step& other = timeline.steps[i];
    if (leaves_nothing(other) && !is_another_database(other, timeline.steps[about]) &&
        !other_project(other, timeline.steps[about]) &&
        !other_place(other, timeline.steps[about]) && timeline.reach(i, about) == Reach::kAlways) {
      return true;
    }
  }
  return false;
}

// The database is being made here: nothing of it can be saved, or looked at.
bool is_fresh(const Timeline& timeline, std::size_t about) {
  static constexpr std::array<std::string_view, 3> kInstalls = {
      "core install", "maintenance:install", "site:install"};
  static constexpr std::array<std::string_view, 1> kFirstUser = {"createsuperuser"};
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    const Step& other = timeline.steps[i];
    if (i == about || other.detached != timeline.steps[about].detached) continue;
    const bool before = i < about && timeline.reach(i, about) == Reach::kAlways;
    const bool after = i > about && other.status != StatusUse::kDiscarded &&
                       begins_with(timeline.steps[about].conditions, other.conditions);
    if (before && has_one_of(task_words(other), kInstalls)) return true;
    if (after && has_one_of(task_words(other), kFirstUser)) return true;
  }
  return false;
}

// Does something to the stack, or brings what it is made of.
bool works_on_stack(const Step& step) {
  const bool tells = step.effect != Effect::kMigrates && step.effect != Effect::kReads;
  if (step.launcher != Launcher::kNone) return tells;
  return !step.argv.empty() && step.argv.front().is("git");
}

// A script that only migrates is a piece of something longer: its caller has the rest.
bool is_all_it_does(const Timeline& timeline, std::size_t about) {
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    const Step& other = timeline.steps[i];
    if (i == about || other.detached || !works_on_stack(other)) continue;
    const Reach reach = i < about ? timeline.reach(i, about) : timeline.reach(about, i);
    if (reach != Reach::kNever) return false;
  }
  return true;
}

}  // namespace

Evidence TimelineEvidence::answer(const Question& question) const {
  const auto& steps = timeline_.steps;
  const auto about = static_cast<std::size_t>(&question.about - steps.data());
  if (about >= steps.size()) return {};
  return question.phase == Phase::kBefore ? before(question.claim, about)
                                          : after(question.claim, about);
}

// Several proofs on several ways add up: a backup in both branches of an `if`.
bool TimelineEvidence::covers_every_way(const std::vector<std::size_t>& proofs,
                                        std::size_t about) const {
  const auto covered = [&](const auto& self, const std::vector<Condition>& prefix) -> bool {
    std::vector<std::uint32_t> next;
    for (const std::size_t proof : proofs) {
      const std::vector<Condition>& conditions = timeline_.steps[proof].conditions;
      if (!begins_with(conditions, prefix)) continue;
      if (conditions.size() == prefix.size()) return true;
      next.push_back(conditions[prefix.size()].branch);
    }
    std::sort(next.begin(), next.end());
    next.erase(std::unique(next.begin(), next.end()), next.end());
    for (const std::uint32_t branch : next) {
      const Branch& ways = timeline_.branches[branch];
      bool all = true;
      for (std::uint32_t arm = 0; arm < ways.arms && all; ++arm) {
        if (!ways.leads_to(arm, about)) continue;
        std::vector<Condition> longer = prefix;
        longer.push_back({branch, arm});
        all = self(self, longer);
      }
      if (all) return true;
    }
    return false;
  };
  // The ways to the step in question share its own conditions, outermost first.
  const std::vector<Condition>& to = timeline_.steps[about].conditions;
  for (std::size_t shared = 0; shared <= to.size(); ++shared) {
    const auto end = to.begin() + static_cast<std::ptrdiff_t>(shared);
    if (covered(covered, std::vector<Condition>(to.begin(), end))) return true;
  }
  return false;
}

const std::vector<std::size_t>& TimelineEvidence::concerned(Claim claim) const {
  const auto known = concerned_.find(claim);
  if (known != concerned_.end()) return known->second;
  std::vector<std::size_t>& indices = concerned_[claim];
  for (std::size_t i = 0; i < timeline_.steps.size(); ++i) {
    if (proof_of(claim, timeline_.steps[i], timeline_) != Proof::kNone) indices.push_back(i);
  }
  return indices;
}

Evidence TimelineEvidence::before(Claim claim, std::size_t about) const {
  const Step& step = timeline_.steps[about];
  Evidence evidence;
  const bool anew = claim == Claim::kBackupTaken || claim == Claim::kContextInspected;
  bool open = step.detached || timeline_.truncated || (anew && is_emptied(timeline_, about)) ||
              (anew && step.effect == Effect::kMigrates && is_fresh(timeline_, about));
  std::vector<std::size_t> proofs;
  for (const std::size_t i : concerned(claim)) {
    const Step& other = timeline_.steps[i];
    if (i == about || other.detached != step.detached) continue;
    const Proof proof = proof_of(claim, other, timeline_);
    if (proof == Proof::kNone || other_project(other, step)) continue;
    if (claim == Claim::kBackupTaken && is_beside_the_point(timeline_, other, step)) continue;
    if (i > about) {
      if (proof == Proof::kProof && evidence.related.empty() && !other_place(other, step) &&
          timeline_.reach(about, i) != Reach::kNever) {
        const Span met = met_at(other, step);
        evidence.note = "the " + std::string(noun(claim)) + " on " + line_of(met, step.span) +
                        " comes too late";
        evidence.related.push_back({met, "comes after it"});
      }
      continue;
    }
    const Reach reach = timeline_.reach(i, about);
    if (reach == Reach::kNever) continue;
    if (proof == Proof::kProof && is_of_another_machine(claim, other, step)) {
      evidence.note =
          "the dump on " + line_of(met_at(other, step), step.span) + " is that of another machine";
      evidence.related = {{other.span, "dumps what lies there"}};
      continue;
    }
    if (claim == Claim::kBackupTaken && is_what_it_loads(timeline_, other, step)) {
      evidence.note = "the dump on " + line_of(met_at(other, step), step.span) +
                      " is of another server, and what is loaded here";
      evidence.related = {{other.span, "dumped there"}};
      continue;
    }
    if (proof == Proof::kMaybe || other_place(other, step)) {
      open = true;
      continue;
    }
    if (const std::string why = spoiled(claim, other, timeline_); !why.empty()) {
      evidence.note = "the " + std::string(noun(claim)) + " on " +
                      line_of(met_at(other, step), step.span) + " " + why;
      evidence.related = {{other.span, why}};
      continue;
    }
    if (const Step* again = undone(claim, timeline_, i, about)) {
      evidence.note = "what " + line_of(met_at(other, step), step.span) + " stops, " +
                      line_of(met_at(*again, step), step.span) + " starts again before it";
      evidence.related = {{other.span, "stopped"}, {again->span, "and started again"}};
      continue;
    }
    if (reach == Reach::kAlways) {
      return {Truth::kSupported, "", {{other.span, "proves it"}}};
    }
    proofs.push_back(i);
  }
  if (!proofs.empty()) {
    evidence.truth = covers_every_way(proofs, about) ? Truth::kSupported : Truth::kUnknown;
    return evidence;
  }
  evidence.truth = open ? Truth::kUnknown : Truth::kRefuted;
  return evidence;
}

// What comes after: sure where it stands on the way that the step itself is on, or on one around
// it.
Evidence TimelineEvidence::after(Claim claim, std::size_t about) const {
  const Step& step = timeline_.steps[about];
  bool open = step.detached || timeline_.truncated ||
              (claim == Claim::kOutcomeVerified &&
               (is_all_it_does(timeline_, about) || is_fresh(timeline_, about)));
  for (const std::size_t i : concerned(claim)) {
    const Step& other = timeline_.steps[i];
    if (i <= about || other.detached != step.detached || other_project(other, step)) continue;
    if (timeline_.reach(about, i) == Reach::kNever) continue;
    const bool sure = proof_of(claim, other, timeline_) == Proof::kProof &&
                      !other_place(other, step) && begins_with(step.conditions, other.conditions);
    if (sure) return {Truth::kSupported, "", {{other.span, "proves it"}}};
    open = true;
  }
  Evidence evidence;
  evidence.truth = open ? Truth::kUnknown : Truth::kRefuted;
  for (std::size_t i = about + 1; i < timeline_.steps.size(); ++i) {
    const Step& other = timeline_.steps[i];
    const std::string what = looks_past(claim, other);
    if (what.empty() || timeline_.reach(about, i) == Reach::kNever) continue;
    evidence.note = "`docker ps` on " + line_of(met_at(other, step), step.span) + " " + what;
    evidence.related.push_back({other.span, what});
    break;
  }
  return evidence;
}

}  // namespace composelint::evidence
