// compose/loader: any bytes as a compose file; what loads is printed, and the print loads again.
#include <array>

#include "analyzer/compose/loader.h"
#include "analyzer/compose/presentation.h"
#include "analyzer/compose/print_yaml.h"
#include "tests/compose/memory_files.h"
#include "tests/fuzz/target.h"

namespace composelint::fuzz {
namespace {

constexpr std::array<std::string_view, 2> kNames = {"*.yaml", "*.yml"};

compose::LoadRequest request_of(compose::Strictness strictness) {
  compose::LoadRequest request;
  request.files = {"compose.yaml"};
  request.working_directory = "/project";
  request.workspace_root = "/project";
  request.strictness = strictness;
  request.profiles = {"*"};  // what depends on a service left out would not load without it
  return request;
}

}  // namespace

std::span<const std::string_view> names() {
  return kNames;
}

void try_one(const Input& input) {
  const compose::MemoryFiles files({{"/project/compose.yaml", std::string(input.text)}});
  for (const auto strictness : {compose::Strictness::kCompose, compose::Strictness::kLint}) {
    text::SourceStore store(files, "/project");
    const Result<compose::LoadedProject> loaded = compose::load(request_of(strictness), store);
    if (!loaded) {
      require_inside(loaded.failure().span, "a failure");
      require(!loaded.failure().message.empty(), "a refusal says why");
      continue;
    }
    for (const ProjectProblem& problem : loaded->project.problems) {
      require_inside(problem.span, problem.message);
    }
    for (const Service& service : loaded->project.services) {
      require_inside(service.span, service.name);
    }
    if (strictness != compose::Strictness::kCompose) continue;
    const compose::MemoryFiles printed(
        {{"/project/compose.yaml",
          compose::print_yaml(compose::as_yaml_model(loaded->model), true)}});
    text::SourceStore second(printed, "/project");
    const Result<compose::LoadedProject> again =
        compose::load(request_of(compose::Strictness::kCompose), second);
    require(static_cast<bool>(again), "what was printed loads",
            again ? std::string_view() : std::string_view(again.failure().message));
  }
}

}  // namespace composelint::fuzz
