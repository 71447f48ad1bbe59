#include "guard/findings.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint::guard {

namespace {

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

// They tell that a dependency is called healthy too early, or never: then what guard sees of its
// health is no proof.
constexpr std::array<std::string_view, 2> kAboutHealth = {"health-condition-without-healthcheck",
                                                          "healthcheck-on-socket"};
// Version 2 of Compose gives no terminal to what is redirected, and guard sees which image runs.
constexpr std::array<std::string_view, 2> kToldOnly = {"exec-redirect-without-t",
                                                       "migration-on-floating-image"};
// What becomes of the output when it is not guard that writes it: the shell has emptied the file
// already.
constexpr std::string_view kOverwrites = "dump-nonatomic-overwrite";
// Probes of guard answer these: two words about one thing are one too many.
constexpr std::array<std::string_view, 4> kAnsweredLive = {
    "unset-variable", "compose-file-missing", "env-file-missing", "migration-with-live-writers"};

bool expects_a_claim(const engine::RuleSet& rules, std::string_view slug) {
  const auto& looking = rules.looking();
  return std::any_of(looking.begin(), looking.end(), [&](const Rule* rule) {
    return rule->slug == slug && rule->applies != nullptr;
  });
}

bool is_version_1(const Snapshot& snapshot) {
  return snapshot.engine.compose_version.starts_with("1.") ||
         snapshot.engine.compose_version.starts_with("v1.");
}

class Collector {
 public:
  Collector(const GuardedCommand& command, const Snapshot& snapshot, const GuardOptions& options)
      : command_(command), snapshot_(snapshot), options_(options) {}

  void add(std::vector<Finding> findings, const engine::RuleSet& rules) {
    for (Finding& finding : findings) {
      if (expects_a_claim(rules, finding.rule)) continue;
      adapt(finding);
      if (finding.severity != Severity::kOff) found_.push_back(std::move(finding));
    }
  }

  std::vector<Finding> finish() {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
    return std::move(found_);
  }

 private:
  void adapt(Finding& finding) const {
    Severity most = Severity::kError;
    const bool about_line = finding.span.file == command_.text;
    if (!about_line && finding.span) {
      const bool health =
          one_of(finding.rule, kAboutHealth) && command_.business != Business::kNone;
      most = health && changes_data() ? Severity::kWarning : Severity::kNote;
    }
    if (one_of(finding.rule, kToldOnly) && !is_version_1(snapshot_)) most = Severity::kNote;
    if (finding.rule == "compose-v1" && !is_version_1(snapshot_)) most = Severity::kOff;
    if (finding.rule == kOverwrites) most = options_.output ? Severity::kOff : Severity::kNote;
    if (one_of(finding.rule, kAnsweredLive)) most = Severity::kOff;
    finding.severity = std::min(finding.severity, most);
  }

  [[nodiscard]] bool changes_data() const {
    const Effect effect = command_.call().effect;
    return effect != Effect::kReads && effect != Effect::kShell && effect != Effect::kExports;
  }

  const GuardedCommand& command_;
  const Snapshot& snapshot_;
  const GuardOptions& options_;
  std::vector<Finding> found_;
};

}  // namespace

std::vector<const Service*> concerned_services(const GuardedCommand& command) {
  std::vector<const Service*> out;
  const Project* project = command.call().target.project;
  if (project == nullptr) return out;
  const auto add = [&](const auto& self, const Service* service) -> void {
    if (service == nullptr || std::find(out.begin(), out.end(), service) != out.end()) return;
    out.push_back(service);
    for (const DependsOn& on : service->depends_on) self(self, project->service(on.service));
  };
  if (const Service* one = command.service()) {
    add(add, one);
    return out;
  }
  for (const Argument& name : command.call().services) add(add, project->service(name.text));
  if (!out.empty()) return out;
  for (const Service& service : project->services) {
    if (service.active) add(add, &service);
  }
  return out;
}

std::vector<Finding> findings_about(const GuardedCommand& command, const Snapshot& snapshot,
                                    const EvidenceSource& witness, const engine::RuleSet& rules,
                                    const GuardOptions& options) {
  Collector collector(command, snapshot, options);
  const std::array<engine::TaskFacts, 1> tasks = {
      engine::TaskFacts{&command.timeline, Context::kOps, &witness}};
  collector.add(rules.about(std::span<const engine::TaskFacts>(tasks)), rules);
  const Project* project = command.call().target.project;
  if (project == nullptr) return collector.finish();
  const std::array<TaskView, 1> views = {TaskView{&command.timeline, Context::kOps}};
  const std::array<const Project*, 1> projects = {project};
  collector.add(rules.about(WorkspaceFacts{projects, views}), rules);
  // The rest of the stack is no business of this command.
  Project part = *project;
  std::erase_if(part.services, [&](const Service& service) {
    const auto concerned = concerned_services(command);
    return std::none_of(concerned.begin(), concerned.end(),
                        [&](const Service* each) { return each->name == service.name; });
  });
  collector.add(rules.about(part), rules);
  return collector.finish();
}

}  // namespace composelint::guard
