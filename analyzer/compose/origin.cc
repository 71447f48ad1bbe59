#include "analyzer/compose/origin.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace composelint::compose {

namespace {

void visit_scalars(const Value& value, const std::string& path, const Span& place,
                   const ScalarVisitor& visit) {
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    visit_scalars(value.items[i], path_of_item(path, i), value.items[i].span, visit);
  }
  for (const Member& member : value.members) {
    visit_scalars(member.value, path_of_key(path, member.key),
                  member.value.span ? member.value.span : member.span, visit);
  }
  if (value.items.empty() && value.members.empty()) visit(path, value, place);
}

std::string at(const Span& span) {
  const std::string place = shown_place(span);
  return place.empty() ? "" : " at " + place;
}

std::string variable_step(const OriginStep& step) {
  if (step.detail.ends_with(" (default)")) {
    return step.detail.substr(0, step.detail.find(' ')) + " is not set: the default is taken";
  }
  if (step.detail.ends_with(" (not set)")) {
    return step.detail.substr(0, step.detail.find(' ')) + " is not set";
  }
  return step.detail + (step.span ? " from " + shown_place(step.span) : " from the environment");
}

std::string step_text(const OriginStep& step) {
  switch (step.kind) {
    case OriginKind::kFile: return shown_place(step.span);
    case OriginKind::kVariable: return variable_step(step);
    case OriginKind::kOverride: return "overridden" + at(step.span);
    case OriginKind::kExtends:
      return "taken over from " + (step.detail.empty() ? "a service" : step.detail) +
             " by extends" + at(step.span);
    case OriginKind::kInclude: return "included" + at(step.span);
    case OriginKind::kAnchor: return "through *" + step.detail + at(step.span);
    case OriginKind::kEnvFile: return "read from env_file" + at(step.span);
    case OriginKind::kDefault: return step.detail.empty() ? "default of Compose" : step.detail;
  }
  return {};
}

// The next key or index of a path; the path is shortened by it.
struct Segment {
  std::string key;
  std::optional<std::size_t> index;
};

std::optional<Segment> next_segment(std::string_view& path) {
  Segment segment;
  if (path.starts_with('.')) path.remove_prefix(1);
  if (path.starts_with('[')) {
    std::size_t index = 0;
    const auto read = std::from_chars(path.data() + 1, path.data() + path.size(), index);
    if (read.ec != std::errc() || read.ptr == path.data() + path.size() || *read.ptr != ']') {
      return std::nullopt;
    }
    path.remove_prefix(static_cast<std::size_t>(read.ptr + 1 - path.data()));
    segment.index = index;
    return segment;
  }
  if (path.starts_with('"')) {
    const std::size_t close = path.find('"', 1);
    if (close == std::string_view::npos) return std::nullopt;
    segment.key = path.substr(1, close - 1);
    path.remove_prefix(close + 1);
    return segment;
  }
  const std::size_t end = std::min(path.find_first_of(".["), path.size());
  if (end == 0) return std::nullopt;
  segment.key = path.substr(0, end);
  path.remove_prefix(end);
  return segment;
}

std::string quoted(const Value& value) {
  if (value.is_null()) return "nothing";
  if (value.is_list() || value.is_map()) return "a collection";
  return value.is_string() ? "\"" + value.text + "\"" : plain_text(value);
}

}  // namespace

std::string path_of_key(std::string_view parent, std::string_view key) {
  std::string path(parent);
  if (!path.empty()) path += '.';
  const bool plain = !key.empty() && key.find_first_of(".[]\"") == std::string_view::npos;
  if (plain) return path.append(key);
  return path.append("\"").append(key).append("\"");
}

std::string path_of_item(std::string_view parent, std::size_t index) {
  return std::string(parent) + "[" + std::to_string(index) + "]";
}

void for_each_scalar(const Value& tree, const ScalarVisitor& visit) {
  visit_scalars(tree, {}, tree.span, visit);
}

std::optional<Found> find_path(const Value& tree, std::string_view path) {
  Found found{&tree, tree.span};
  while (!path.empty()) {
    const std::optional<Segment> segment = next_segment(path);
    if (!segment) return std::nullopt;
    if (segment->index) {
      if (*segment->index >= found.value->items.size()) return std::nullopt;
      found.value = &found.value->items[*segment->index];
      found.place = found.value->span;
      continue;
    }
    const Member* member = found.value->member(segment->key);
    if (member == nullptr) return std::nullopt;
    found = {&member->value, member->value.span ? member->value.span : member->span};
  }
  return found;
}

std::string shown_place(const Span& span) {
  if (!span) return {};
  const Position position = span.file->position(span.begin, ColumnUnit::kCodePoint);
  return span.file->path() + ":" + std::to_string(position.line) + ":" +
         std::to_string(position.column);
}

std::vector<std::string> steps_of(const Value& value, const Span& place) {
  std::vector<std::string> steps;
  bool overridden = false;
  for (const Trail* trail = value.trail; trail != nullptr; trail = trail->before) {
    steps.push_back(step_text(trail->step));
    overridden = overridden || trail->step.kind == OriginKind::kOverride;
  }
  std::reverse(steps.begin(), steps.end());
  // A chain with an override names every place itself; else the place comes first.
  if (!overridden && place) steps.insert(steps.begin(), shown_place(place));
  if (steps.empty()) steps.emplace_back("origin unknown");
  return steps;
}

std::string story_of(std::string_view path, const Value& value, const Span& place) {
  std::string story = std::string(path) + " is " + quoted(value) + "\n";
  for (const std::string& step : steps_of(value, place)) story += "  " + step + "\n";
  if (!value.known) story += "  what stays in ${...} is not known here\n";
  return story;
}

}  // namespace composelint::compose
