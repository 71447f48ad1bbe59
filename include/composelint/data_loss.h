// Which steps throw the data of a stack away.
#pragma once

#include <composelint/container_word.h>
#include <composelint/data_task.h>
#include <composelint/fed_text.h>
#include <composelint/sequence.h>
#include <composelint/volume_write.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace composelint {

// Loads a schema over what is there: every table that it knows is dropped and made anew. In
// production Rails refuses that unless it is told to skip its own check.
[[nodiscard]] inline bool loads_schema_anew(const Step& step) {
  if (step.effect != Effect::kMigrates || step.role != Role::kResets) return false;
  std::string words = task_words(step);
  for (const Argument& word : step.argv) words += " " + word.text;
  return words.find("=production") == std::string::npos ||
         words.find("DISABLE_DATABASE_ENVIRONMENT_CHECK") != std::string::npos;
}

// The container that is entered has a name here, or stands in a variable that is there for it.
[[nodiscard]] inline bool enters_named(const DockerInvocation& docker) {
  if (docker.operands.empty()) return false;
  const Argument& word = docker.operands.front();
  return word.known() || word.span.text().find(" ps -q") != std::string_view::npos ||
         stands_for_container(word);
}

// `docker run --name "$CID" …`, `CID=$(docker run -d …)` before it: what is in there is the
// script's own.
[[nodiscard]] inline bool starts_it_itself(const Timeline& timeline, const Step& step) {
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

// `docker run -v data:/data … rm -rf /data/*`. The words are looked at before text is parsed.
[[nodiscard]] inline bool empties_volume(const Step& step) {
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

// Statements by which all the data goes, or whole tables of it; in lower case.
[[nodiscard]] inline bool drops_data(std::string_view statements) {
  static constexpr std::array<std::string_view, 5> kStatements = {
      "drop database", "drop schema", "drop table", "drop owned", "truncate "};
  return has_one_of(statements, kStatements);
}

// The script itself feeds such to a client: `psql <<SQL`, `echo "DROP DATABASE app" | … mysql`.
[[nodiscard]] inline bool is_fed_a_drop(const Step& step) {
  if (step.role != Role::kClient || step.effect != Effect::kShell) return false;
  std::string fed;
  for (std::string_view rest = fed_text(step); !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    fed += std::string(line.substr(0, line.find("--"))) + "\n";  // without its comment
  }
  for (char& c : fed) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return drops_data(fed) && !says_scratch(fed);
}

// All the data goes, or whole tables of it. Single rows and files, queues and caches are not meant.
[[nodiscard]] inline bool destroys_data(const Step& step) {
  if (step.launcher == Launcher::kNone || names_scratch(step)) return false;
  if (empties_volume(step)) return true;
  const bool anew = loads_schema_anew(step);
  const bool fed = is_fed_a_drop(step);
  if (!anew && !fed && step.effect != Effect::kDeletes && step.effect != Effect::kRestores) return false;
  const bool inside =
      step.call ? !step.call->inner.empty() : step.docker && !step.docker->inner.empty();
  const bool run = step.call && step.call->is("run");
  if (!inside && !run) return false;
  if (step.docker && step.docker->is("container exec") && !enters_named(*step.docker)) return false;
  if (anew || fed) return true;
  const std::string words = task_words(step);
  if (words.find("redis-cli") != std::string::npos) return false;
  if (step.effect == Effect::kDeletes) {
    return step.role == Role::kResets || step.effect_name == "dropdb" ||
           step.effect_name == "mysqladmin drop" || drops_data(words);
  }
  return step.role == Role::kResets || words.find("--clean") != std::string::npos;
}

// Behind it nothing is left that a backup could save: the data is gone, or its volumes are.
[[nodiscard]] inline bool empties_data(const Step& step) {
  if (step.docker && step.docker->is("volume rm")) return true;
  const bool volumes =
      step.call && step.call->has("--volumes") && (step.call->is("down") || step.call->is("rm"));
  return volumes || destroys_data(step);
}

}  // namespace composelint
