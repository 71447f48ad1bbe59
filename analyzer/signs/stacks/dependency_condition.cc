#include "analyzer/signs/stacks/dependency_condition.h"

#include <composelint/document.h>
#include <composelint/service_task.h>
#include <composelint/value.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/written_services.h"
#include "analyzer/signs/stacks/one_shot.h"

namespace composelint {

namespace {

std::string condition_in_list(const yaml::Node& item, std::string_view awaited,
                              std::string_view condition) {
  return std::string(item.text == awaited ? condition : "service_started");
}

// `- db` of a list in block style becomes `db:` with its condition below.
std::optional<Edit> as_entry(const yaml::Node& item, std::size_t key_column,
                             std::string_view condition) {
  const SourceFile& file = *item.span.file;
  const std::uint32_t line = file.line_begin(file.line_of(item.span.begin));
  const std::string_view before = file.bytes().substr(line, item.span.begin - line);
  const std::size_t dash = before.find_first_not_of(' ');
  if (dash == std::string_view::npos || before[dash] != '-') return std::nullopt;
  if (before.find_first_not_of(' ', dash + 1) != std::string_view::npos) return std::nullopt;
  const std::string indent(std::max(dash, key_column + 2), ' ');
  const bool crlf = file.bytes().find("\r\n") != std::string_view::npos;
  return Edit{{&file, line, item.span.end},
              indent + std::string(item.span.text()) + (crlf ? ":\r\n" : ":\n") + indent +
                  "  condition: " + std::string(condition)};
}

bool is_plain_list(const yaml::Node& list) {
  return list.kind == yaml::NodeKind::kSequence && list.properties.size() == 0 &&
         std::all_of(list.items.begin(), list.items.end(), [](const yaml::Node* item) {
           return item->kind == yaml::NodeKind::kScalar && item->properties.size() == 0 &&
                  item->text.find('$') == std::string_view::npos;
         });
}

}  // namespace

bool is_read_with(const Project& project, const SourceFile* other, Span place) {
  return other == place.file || (!project.files.empty() && other == project.files.front());
}

std::string condition_for(const Service& target, const Project& project, Span place) {
  const Dependant other = waiting_for_the_end(target, project);
  Span why = other.service == nullptr ? Span() : other.on->span;
  const std::string restart = text_at(target, "restart");
  const bool comes_back = restart == "always" || restart == "unless-stopped";
  if (own_task(target).ends && !comes_back) {
    why = target.entrypoint ? target.entrypoint->from.span
          : target.command  ? target.command->from.span
                            : target.span;
  }
  if (why && is_read_with(project, why.file, place)) return "service_completed_successfully";
  const bool checked = !why && has_check(target);
  return checked && is_read_with(project, target.healthcheck->span.file, place) ? "service_healthy"
                                                                                : "";
}

std::optional<Fix> await(const Project& project, std::string_view service,
                         std::string_view dependency, Span place, std::string_view condition,
                         std::string title) {
  if (!place) return std::nullopt;
  const yaml::Node* list = written_attribute(project, service, "depends_on", place);
  if (list == nullptr || !is_plain_list(*list)) return std::nullopt;
  Fix fix{std::move(title), FixSafety::kUnsafe, {}};
  if (list->flow) {
    if (list->span.text().find_first_of("\n#") != std::string_view::npos) return std::nullopt;
    std::string text = "{";
    for (const yaml::Node* item : list->items) {
      text += (text.size() == 1 ? "" : ", ") + std::string(item->span.text()) +
              ": {condition: " + condition_in_list(*item, dependency, condition) + "}";
    }
    fix.edits.push_back({list->span, text + "}"});
    return fix;
  }
  // The key stands on the line before the list, or further up behind comments.
  const SourceFile& file = *list->span.file;
  std::string_view above = file.bytes().substr(0, list->span.begin);
  const std::size_t key = above.rfind("depends_on");
  if (key == std::string_view::npos) return std::nullopt;
  const auto at = static_cast<std::uint32_t>(key);
  const std::size_t column = at - file.line_begin(file.line_of(at));
  for (const yaml::Node* item : list->items) {
    auto edit = as_entry(*item, column, condition_in_list(*item, dependency, condition));
    if (!edit) return std::nullopt;
    fix.edits.push_back(std::move(*edit));
  }
  return fix;
}

}  // namespace composelint
