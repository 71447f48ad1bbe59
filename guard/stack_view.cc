#include "guard/stack_view.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "analyzer/report/display.h"
#include "analyzer/signs/data/data_loss.h"
#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/steps/answer.h"
#include "guard/words.h"

namespace composelint::guard {

namespace {

std::vector<Dependency> dependencies_of(const Service& service, const Project& project) {
  std::vector<Dependency> out;
  std::set<std::string_view> seen = {service.name};
  std::vector<const Service*> open = {&service};
  while (!open.empty()) {
    const Service* one = open.back();
    open.pop_back();
    for (const DependsOn& on : one->depends_on) {
      if (!on.required || !seen.insert(on.service).second) continue;
      out.push_back({on.service, on.condition == "service_completed_successfully",
                     on.condition == "service_healthy"});
      if (const Service* next = project.service(on.service)) open.push_back(next);
    }
  }
  const Service* database = database_of(service, project);
  if (database != nullptr && seen.insert(database->name).second) {
    out.push_back({database->name, false, false});
  }
  return out;
}

Answer answer_of(std::string_view claim, Truth truth, Severity severity, std::string note,
                 std::string remedy) {
  Answer answer;
  answer.claim = claim;
  answer.truth = truth;
  answer.severity = severity;
  answer.note = report::printable(note);
  answer.remedy = report::printable(remedy);
  return answer;
}

}  // namespace

Stake stake_of(const Step& step) {
  switch (step.effect) {
    case Effect::kMigrates:
    case Effect::kImports:
    case Effect::kRestores:
    case Effect::kDeletes: return Stake::kData;
    case Effect::kReads:
    case Effect::kDumps:
    case Effect::kExports: return Stake::kReads;
    case Effect::kUnknown:
    case Effect::kAdministers:
    case Effect::kShell:
    case Effect::kRuns: break;
  }
  const bool data =
      step.role == Role::kResets || step.role == Role::kMajorUpgrade || empties_data(step);
  return data ? Stake::kData : Stake::kOther;
}

StackView::StackView(const LiveFacts& all)
    : facts(all),
      snapshot(all.snapshot),
      call(all.command.call()),
      project(call.target.project),
      task(call.is("run") || call.is("exec")),
      exec(call.is("exec")),
      service(call.service() == nullptr ? std::string() : call.service()->text),
      stake(stake_of(*all.command.step)) {
  const Service* declared = all.command.service();
  if (declared != nullptr && project != nullptr) {
    dependencies = dependencies_of(*declared, *project);
  }
}

std::string StackView::typed(std::string_view verb) const {
  return typed_for(facts.command, verb);
}

Severity StackView::by_stake(Severity data, Severity other, Severity reads) const {
  switch (stake) {
    case Stake::kData: return data;
    case Stake::kOther: return other;
    case Stake::kReads: return reads;
  }
  return data;
}

std::vector<const Container*> StackView::targets() const {
  std::vector<const Container*> all = snapshot.live(service);
  const OptionUse* index = call.option("--index");
  if (index == nullptr || !index->value || index->value->is("0")) return all;
  std::vector<const Container*> one;
  for (const Container* container : all) {
    if (std::to_string(container->number) == index->value->text) one.push_back(container);
  }
  return one;
}

const Dependency* StackView::dependency(std::string_view name) const {
  const auto found = std::find_if(dependencies.begin(), dependencies.end(),
                                  [&](const Dependency& one) { return one.name == name; });
  return found == dependencies.end() ? nullptr : &*found;
}

const Container* StackView::container(std::string_view name) const {
  const auto found = std::find_if(snapshot.containers.begin(), snapshot.containers.end(),
                                  [&](const Container& one) { return one.name == name; });
  return found == snapshot.containers.end() ? nullptr : &*found;
}

Answer supported(std::string_view claim, Severity severity, std::string note) {
  return answer_of(claim, Truth::kSupported, severity, std::move(note), {});
}

Answer refuted(std::string_view claim, Severity severity, std::string note, std::string remedy) {
  return answer_of(claim, Truth::kRefuted, severity, std::move(note), std::move(remedy));
}

Answer unknown(std::string_view claim, Severity severity, std::string note, std::string remedy) {
  return answer_of(claim, Truth::kUnknown, severity, std::move(note), std::move(remedy));
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " and " : ", ";
    out += names[i];
  }
  return out;
}

void attest(const LiveFacts& facts, Answer& answer) {
  constexpr std::string_view kSeen = " (what is attested does not stand against it)";
  for (const auto& [claim, why] : facts.attestations) {
    if (claim != answer.claim) continue;
    if (answer.truth == Truth::kRefuted && !answer.note.ends_with(kSeen)) answer.note += kSeen;
    if (answer.truth != Truth::kUnknown) return;
    answer.truth = Truth::kSupported;
    answer.note = report::printable(why);
    answer.remedy.clear();
    answer.origin = "attested by " + report::printable(facts.user);
  }
}

}  // namespace composelint::guard
