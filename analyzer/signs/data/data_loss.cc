#include "analyzer/signs/data/data_loss.h"

#include <composelint/container_word.h>
#include <composelint/service_role.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_directory.h"
#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/dropped_data.h"
#include "analyzer/signs/data/volume_write.h"
#include "analyzer/signs/steps/sequence.h"

namespace composelint {

bool loads_schema_anew(const Step& step) {
  if (step.effect != Effect::kMigrates || step.role != Role::kResets) return false;
  std::string words = task_words(step);
  for (const Argument& word : step.argv) words += " " + word.text;
  return words.find("=production") == std::string::npos ||
         words.find("DISABLE_DATABASE_ENVIRONMENT_CHECK") != std::string::npos;
}

bool enters_named(const DockerInvocation& docker) {
  if (docker.operands.empty()) return false;
  const Argument& word = docker.operands.front();
  return word.known() || word.span.text().find(" ps -q") != std::string_view::npos ||
         stands_for_container(word);
}

bool starts_it_itself(const Timeline& timeline, const Step& step) {
  if (!step.docker || !step.docker->is("container exec") || step.docker->operands.empty()) {
    return false;
  }
  const Argument& word = step.docker->operands.front();
  return last_before(timeline, step, [&](const Step& other) {
           if (!other.docker) return false;
           const bool makes =
               other.docker->is("container run") || other.docker->is("container create");
           if (!makes) return false;
           if (!word.known() && other.out.kind == StreamKind::kCaptured) return true;
           const OptionUse* name = other.docker->option("--name");
           return name != nullptr && name->value && name->value->text == word.text &&
                  name->value->holes.size() == word.holes.size();
         }) != nullptr;
}

namespace {

// `docker run -v data:/data … rm -rf /data/*`. The words are looked at before text is parsed.
bool empties_volume(const Step& step) {
  if (!step.docker || !step.docker->is("container run")) return false;
  const auto& inner = step.docker->inner;
  const bool may = std::any_of(inner.begin(), inner.end(), [](const Argument& word) {
    return word.is("rm") || word.text.find("rm -") != std::string::npos ||
           word.text.find("-delete") != std::string::npos;
  });
  if (!may) return false;
  const auto write = volume_write(step);
  return write && write->empties;
}

}  // namespace

bool destroys_data(const Step& step) {
  if (step.launcher == Launcher::kNone || names_scratch(step)) return false;
  if (empties_volume(step)) return true;
  const bool anew = loads_schema_anew(step);
  if (!anew && step.effect != Effect::kDeletes && step.effect != Effect::kRestores) return false;
  const bool inside =
      step.call ? !step.call->inner.empty() : step.docker && !step.docker->inner.empty();
  const bool run = step.call && step.call->is("run");
  if (!inside && !run) return false;
  if (step.docker && step.docker->is("container exec") && !enters_named(*step.docker)) return false;
  if (anew) return true;
  const std::string words = task_words(step);
  if (words.find("redis-cli") != std::string::npos) return false;
  if (step.effect == Effect::kDeletes) {
    return step.role == Role::kResets || step.effect_name == "dropdb" ||
           step.effect_name == "mysqladmin drop" || drops_data(words);
  }
  return step.role == Role::kResets || words.find("--clean") != std::string::npos;
}

bool is_another_database(const Step& other, const Step& step) {
  const auto container = [](const Step& one) -> std::string {
    if (!one.effect_name.starts_with("SQL") && !one.effect_name.starts_with("MongoDB")) return {};
    if (one.call) return one.call->service() != nullptr ? one.call->service()->text : "";
    const bool exec = one.docker && one.docker->is("container exec") &&
                      !one.docker->operands.empty() && one.docker->operands.front().known();
    return exec ? one.docker->operands.front().text : "";
  };
  const std::string left = container(other);
  const std::string right = container(step);
  return other.call.has_value() == step.call.has_value() && !left.empty() && !right.empty() &&
         left != right;
}

bool empties_data(const Step& step) {
  if (step.docker && step.docker->is("volume rm")) return true;
  const bool volumes =
      step.call && step.call->has("--volumes") && (step.call->is("down") || step.call->is("rm"));
  return volumes || destroys_data(step);
}

namespace {

// `down`, `rm -f db`: the databases that go keep their data in their containers, or in volumes
// without a name, which the next ones do not take over.
bool takes_unkept_data(const Step& step) {
  if (!step.call || !(step.call->is("down") || step.call->is("rm"))) return false;
  const ComposeInvocation& call = *step.call;
  if (call.target.project == nullptr || call.target.project->partial || call.opaque_options) {
    return false;
  }
  bool found = false;
  for (const Service& service : call.target.project->services) {
    const bool goes = call.services.empty() ||
                      std::any_of(call.services.begin(), call.services.end(),
                                  [&](const Argument& word) { return word.text == service.name; });
    if (!goes || role_of(service) != ServiceRole::kDatabase) continue;
    if (!unkept_data_of(service)) return false;
    found = true;
  }
  return found;
}

}  // namespace

bool leaves_nothing(const Step& step) {
  return empties_data(step) || takes_unkept_data(step);
}

}  // namespace composelint
