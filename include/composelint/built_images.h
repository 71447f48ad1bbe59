// Images that the tasks of a run make on the machine: `docker build -t app .`, `docker tag`.
#pragma once

#include <composelint/build_file.h>
#include <composelint/image_name.h>
#include <composelint/image_origin.h>
#include <composelint/image_put_in.h>
#include <composelint/lacking_services.h>
#include <composelint/path_name.h>
#include <composelint/rule.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

namespace composelint {

namespace detail {
// The name of an image without its tag; empty where the name itself is not known.
[[nodiscard]] inline std::string name_of_image(const Argument& word, std::size_t from = 0) {
  std::string_view text = word.text;
  if (from > text.size()) return {};
  text.remove_prefix(from);
  for (const Hole& hole : word.holes) {
    if (hole.at < from) return {};
    const std::string_view before = text.substr(0, hole.at - from);
    const std::size_t colon = before.rfind(':');
    if (colon == std::string_view::npos || before.find('/', colon) != std::string_view::npos) {
      return {};
    }
    text = before.substr(0, colon);
    break;
  }
  return image_name(text).name;
}

[[nodiscard]] inline bool builds_images(std::string_view program) {
  static constexpr std::array<std::string_view, 6> kBuilders = {"buildah", "docker", "img",
                                                                "nerdctl", "podman", "depot"};
  return std::find(kBuilders.begin(), kBuilders.end(), file_name(program)) != kBuilders.end();
}
}  // namespace detail

struct MadeImages {
  std::set<std::string> built;
  std::set<std::string> fetched;  // from a registry, to which somebody pushed them

  [[nodiscard]] bool only_here(const Service& service) const {
    const std::string name = image_name(service.image->value).name;
    return built.contains(name) && !fetched.contains(name);
  }
};

inline void add_made_images(const Step& step, MadeImages& out) {
  if (step.argv.size() < 3 || step.call || !detail::builds_images(step.argv[0].text)) return;
  const auto word = [&](std::string_view wanted) {
    return std::any_of(step.argv.begin() + 1, step.argv.end(),
                       [&](const Argument& each) { return each.known() && each.text == wanted; });
  };
  const bool fetched = word("push") || word("pull");
  if (word("tag") || word("commit") || (fetched && !word("build"))) {
    const std::string name = detail::name_of_image(step.argv.back());
    if (!name.empty()) (fetched ? out.fetched : out.built).insert(name);
    return;
  }
  const bool pushes = word("--push");
  if (!word("build") && !word("bud") && !word("bake")) return;
  for (std::size_t i = 2; i < step.argv.size(); ++i) {
    const std::string& text = step.argv[i].text;
    std::string name;
    if (text == "-t" || text == "--tag") {
      if (i + 1 < step.argv.size()) name = detail::name_of_image(step.argv[i + 1]);
    } else if (text.starts_with("--tag=")) {
      name = detail::name_of_image(step.argv[i], 6);
    } else if (text.starts_with("-t")) {
      name = detail::name_of_image(step.argv[i], 2);
    } else if (const std::size_t tags = text.find(".tags="); tags != std::string::npos) {
      name = detail::name_of_image(step.argv[i], tags + 6);  // bake --set app.tags=app
    }
    if (!name.empty()) (pushes ? out.fetched : out.built).insert(std::move(name));
  }
}

// A runner keeps what it builds to itself.
[[nodiscard]] inline MadeImages images_made(const WorkspaceFacts& facts) {
  MadeImages out;
  for (const TaskView& task : facts.tasks) {
    MadeImages here;
    for (const Step& step : task.timeline->steps) add_made_images(step, here);
    out.fetched.merge(here.fetched);
    if (task.context == Context::kOps || task.context == Context::kDev) out.built.merge(here.built);
  }
  return out;
}

// Built by what includes the file, or lies over it in every call without -f.
[[nodiscard]] inline bool is_built_with(const WorkspaceFacts& facts, const SourceFile* file,
                                        const Service& service) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    const bool reads = std::any_of(project->written.begin(), project->written.end(),
                                   [&](const WrittenFile& each) { return each.file == file; });
    const bool named =
        std::find(project->files.begin(), project->files.end(), file) != project->files.end();
    return reads && (!named || project->default_files) && is_built_here(service, *project);
  });
}

// What is told of services whose images are pulled is told again without those that are made here,
// and once a file: what includes it says the same. `leaves(service)` picks out others of which
// nothing is told.
template <typename Lacks, typename Tell, typename Leaves>
void tell_of_pulled(const WorkspaceFacts& facts, std::span<Finding* const> findings, Lacks lacks,
                    Tell tell, Leaves leaves) {
  const MadeImages made = images_made(facts);
  std::set<const SourceFile*> told;
  for (Finding* finding : findings) {
    for (const Project* project : facts.projects) {
      if (finding->severity == Severity::kOff) break;
      bool found = false;
      for (LackingServices& group : lacking_services(*project, lacks)) {
        if (tell(group).span != finding->span) continue;
        found = true;
        // An image of another file than its service is that of files laid over each other.
        std::erase_if(group.services, [&](const Service* service) {
          const bool here = made.only_here(*service) && !is_pushed_by_a_workflow(facts, *service);
          return here || leaves(*service) || is_built_with(facts, finding->span.file, *service) ||
                 is_built_by_a_file(facts, *finding->span.file, *service) ||
                 is_put_in(facts, *finding->span.file, *service);
        });
        Finding again = group.services.empty() ? Finding{} : tell(group);
        if (!again.span || !told.insert(again.span.file).second) {
          finding->severity = Severity::kOff;
          break;
        }
        finding->span = again.span;
        finding->message = std::move(again.message);
        finding->key = std::move(again.key);
        finding->severity = std::min(finding->severity, again.severity);
        break;
      }
      if (found) break;
    }
  }
}

}  // namespace composelint
