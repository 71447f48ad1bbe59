#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

#include <algorithm>
#include <array>
#include <optional>

namespace composelint::rules {
namespace {

bool names_containers(const DockerInvocation& call) {
  static constexpr std::array<std::string_view, 14> kVerbs = {
      "container attach",  "container commit",
      "container cp",      "container exec",
      "container inspect", "container kill",
      "container logs",    "container pause",
      "container port",    "container restart",
      "container rm",      "container stop",
      "container top",     "inspect"};
  return std::find(kVerbs.begin(), kVerbs.end(), call.verb) != kVerbs.end();
}

struct Generated {
  const Service* service = nullptr;
  bool old = false;  // as docker-compose 1.x joins it
};

// `PROJECT-SERVICE-1`, for a service of the project that is not called otherwise.
std::optional<Generated> generated_name(std::string_view word, const Project& project) {
  const std::size_t last = word.find_last_of("-_");
  if (last == std::string_view::npos || last + 1 >= word.size() || last == 0) return std::nullopt;
  const std::string_view number = word.substr(last + 1);
  if (number.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  const char joint = word[last];
  const std::string_view front = word.substr(0, last);
  for (const Service& service : project.services) {
    if (!front.ends_with(service.name) || front.size() < service.name.size() + 2) continue;
    const std::string_view head = front.substr(0, front.size() - service.name.size());
    if (head.back() != joint || service.container_name) continue;
    return Generated{&service, joint == '_'};
  }
  return std::nullopt;
}

// The container, without the path behind it in `docker cp app-db-1:/x .`.
std::string_view container_in(const Argument& word, const DockerInvocation& call) {
  if (!word.known()) return {};
  const std::string_view text = word.text;
  const std::size_t colon = text.find(':');
  if (!call.is("container cp")) return text;
  return colon == std::string_view::npos ? std::string_view() : text.substr(0, colon);
}

// Names that docker itself gave here: `docker run --name x-db-1`.
bool named_here(const Timeline& timeline, std::string_view name) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
    const OptionUse* use = step.docker ? step.docker->option("--name") : nullptr;
    return use != nullptr && use->value && use->value->text == name;
  });
}

void look_at(const Argument& word, const DockerInvocation& call, const WorkspaceFacts& facts,
             const TaskView& task, RuleContext& context) {
  const std::string_view name = container_in(word, call);
  if (name.empty() || named_here(*task.timeline, name)) return;
  for (const Project* project : facts.projects) {
    const auto found = generated_name(name, *project);
    if (!found) continue;
    const std::string service = found->service->name;
    Finding& finding = context.report(
        word.place(),
        (found->old
             ? quoted(name) + " is what docker-compose 1.x called the container of " +
                   quoted(service) + "; Compose v2 joins with '-': there is no such container"
             : quoted(name) + " is the name of a container of " + quoted(service) +
                   " under one project name only: in another checkout or with -p it is "
                   "another container, or none"),
        {call.verb, std::string(name)});
    finding.severity = context.severity_in(task.context);
    finding.context = to_string(task.context);
    finding.related.push_back({found->service->span, "the service is declared here"});
    const Span place = word.place();
    if (place.text() == name) {
      finding.fixes.push_back({"Ask Compose for the container",
                               FixSafety::kUnsafe,
                               {{place, "\"$(docker compose ps -q " + service + ")\""}}});
    }
    return;
  }
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.docker || step.place != Place::kHost || !names_containers(*step.docker)) continue;
      const bool one = step.docker->is("container exec");
      for (const Argument& word : step.docker->operands) {
        look_at(word, *step.docker, facts, task, context);
        if (one) break;
      }
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker exec -i shop_db_1 psql -U app < seed.sql\n",
    .safe = "docker compose exec -T db psql -U app < seed.sql\n",
    .compose = "name: shop\nservices:\n  db:\n    image: postgres:16\n",
}};

}  // namespace

COMPOSELINT_RULE(hardcoded_container_name) = {
    .slug = "hardcoded-container-name",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kNote},
    .summary = "A container is called by the name that Compose makes up for it",
    .rationale =
        "Compose names a container after project, service and number, and the project after the "
        "directory of the checkout unless something else says so. `docker exec shop-db-1` works "
        "until the directory has another name, `-p` is given or COMPOSE_PROJECT_NAME is set, and "
        "then finds nothing, or the container of another stack. docker-compose 1.x joined with "
        "`_`, Compose v2 does with `-` (measured with 1.29.2 and 2.40.3): scripts with `shop_db_1` "
        "stop working with the switch. `docker compose exec db` needs none of it.",
    .silent_on =
        "Names that end like none of the services of the repository's compose files, services "
        "with a `container_name`, containers that the script itself starts under that name.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules
