#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "guard/json_text.h"
#include "guard/lines.h"
#include "guard/parse.h"

namespace composelint::guard {

namespace {

using nlohmann::json;

int number_of(const std::string& text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::optional<Container> container_of(const json& line) {
  Container one;
  one.id = text_of(line, "id");
  one.state = text_of(line, "state");
  if (one.id.empty() || one.state.empty()) return std::nullopt;
  one.name = text_of(line, "name");
  // Links give a container more names: "app-1,other/app-1".
  one.name = one.name.substr(0, one.name.find(','));
  one.service = text_of(line, "service");
  one.health = parse_health(text_of(line, "status"));
  one.exit_code = parse_exit_code(text_of(line, "status"));
  one.image = text_of(line, "image");
  one.image_id = text_of(line, "image_id");
  one.number = number_of(text_of(line, "number"));
  one.one_off = text_of(line, "oneoff") == "True";
  one.working_directory = text_of(line, "directory");
  one.config_files = text_of(line, "files");
  one.guard_run = text_of(line, "run");
  return one;
}

void add(const json& value, ContainerList& list) {
  if (auto one = container_of(value)) {
    list.containers.push_back(std::move(*one));
  } else {
    ++list.broken;
  }
}

}  // namespace

// `.Label` reads one label; `.Labels` joins them with commas that may stand in values as well.
std::string_view container_format() {
  return R"({"id":{{json .ID}},"name":{{json .Names}},"state":{{json .State}},)"
         R"("status":{{json .Status}},"image":{{json .Image}},)"
         R"("service":{{json (.Label "com.docker.compose.service")}},)"
         R"("number":{{json (.Label "com.docker.compose.container-number")}},)"
         R"("oneoff":{{json (.Label "com.docker.compose.oneoff")}},)"
         R"("image_id":{{json (.Label "com.docker.compose.image")}},)"
         R"("directory":{{json (.Label "com.docker.compose.project.working_dir")}},)"
         R"("files":{{json (.Label "com.docker.compose.project.config_files")}},)"
         R"("run":{{json (.Label "composelint.run")}}})";
}

ContainerList parse_containers(std::string_view out) {
  ContainerList list;
  if (trimmed(out).starts_with('[')) {
    const json all = read_json(out);
    if (!all.is_array()) ++list.broken;
    for (const json& one : all) {
      if (all.is_array()) add(one, list);
    }
    return list;
  }
  while (!out.empty()) {
    const std::string_view line = trimmed(take_line(out));
    if (!line.empty()) add(read_json(line), list);
  }
  return list;
}

std::string parse_health(std::string_view status) {
  const std::size_t open = status.rfind('(');
  if (open == std::string_view::npos || !status.ends_with(')')) return {};
  std::string_view inside = status.substr(open + 1, status.size() - open - 2);
  if (inside.starts_with("health: ")) inside.remove_prefix(8);
  const bool known = inside == "healthy" || inside == "unhealthy" || inside == "starting";
  return known ? std::string(inside) : std::string();
}

int parse_exit_code(std::string_view status) {
  constexpr std::string_view kFront = "Exited (";
  int code = -1;
  if (!status.starts_with(kFront)) return code;
  status.remove_prefix(kFront.size());
  std::from_chars(status.data(), status.data() + status.size(), code);
  return code;
}

std::vector<HealthCheckRun> parse_health_checks(std::string_view out) {
  std::vector<HealthCheckRun> runs;
  while (!out.empty()) {
    const std::string_view line = trimmed(take_line(out));
    const std::size_t id = line.find(' ');
    if (id == std::string_view::npos) continue;
    HealthCheckRun run;
    run.id = line.substr(0, id);
    const std::string_view rest = line.substr(id + 1);
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), run.failures);
    if (error != std::errc()) continue;
    const std::string_view times = rest.substr(static_cast<std::size_t>(end - rest.data()));
    if (!times.empty()) run.ended = times.substr(times.rfind(' ') + 1);
    runs.push_back(std::move(run));
  }
  return runs;
}

}  // namespace composelint::guard
