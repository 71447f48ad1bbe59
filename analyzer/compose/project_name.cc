#include "analyzer/compose/project_name.h"

#include <optional>
#include <utility>

#include "analyzer/compose/interpolate.h"
#include "analyzer/text/path.h"
#include "analyzer/yaml/scalar.h"

namespace composelint::compose {

namespace {

constexpr int kMaxMerges = 50;

// The value of the top-level key `name`, merge keys followed.
const yaml::Node* find_name(const yaml::Node& root, int depth = 0) {
  if (root.kind != yaml::NodeKind::kMapping || depth > kMaxMerges) return nullptr;
  const yaml::Node* merged = nullptr;
  for (const yaml::Entry& entry : root.entries) {
    const yaml::Node& key = entry.key->resolved();
    if (key.kind != yaml::NodeKind::kScalar) continue;
    if (key.text == "name") return &entry.value->resolved();
    if (yaml::resolve(key).kind == yaml::ScalarKind::kMerge) merged = &entry.value->resolved();
  }
  if (merged == nullptr) return nullptr;
  if (merged->kind == yaml::NodeKind::kMapping) return find_name(*merged, depth + 1);
  for (const yaml::Node* item : merged->items) {
    if (const yaml::Node* found = find_name(item->resolved(), depth + 1)) return found;
  }
  return nullptr;
}

// The text of a name of any scalar type; nothing for null and collections.
std::optional<std::string> name_text(const yaml::Node* node) {
  if (node == nullptr || node->kind != yaml::NodeKind::kScalar) return std::nullopt;
  if (yaml::resolve(*node).kind == yaml::ScalarKind::kNull || node->text.empty()) {
    return std::nullopt;
  }
  return std::string(node->text);
}

Failure invalid_name(const std::string& name, const Span& span) {
  return {FailureCode::kInvalid,
          "invalid project name \"" + name +
              "\": must consist only of lowercase alphanumeric characters, hyphens, and "
              "underscores as well as start with a letter or number",
          span};
}

// The last `name:` of the files; null when there is none. `in_first` tells whether the first
// document of some file has one: only then the directory's name is out of the game.
Result<Value> written_name(const Selection& selection, ComposeFiles& files, Load& load,
                           bool& in_first) {
  Value name;
  for (const std::string& path : selection.files) {
    const Result<ComposeFile*> file = files.open(path);
    if (!file) {
      // Told of when the file is loaded.
      if (load.lint()) continue;
      return file.failure();
    }
    bool first = true;
    for (const yaml::Node* root : (*file)->stream.documents()) {
      const yaml::Node* node = find_name(*root);
      if (first && node != nullptr && node->kind != yaml::NodeKind::kScalar) {
        return Failure{FailureCode::kInvalid, "name must be a string", node->span};
      }
      if (const std::optional<std::string> text = name_text(node)) {
        in_first = in_first || first;
        name = Value::of(*text);
        name.span = node->span;
      }
      first = false;
    }
  }
  return name;
}

std::optional<Value> given_name(const Selection& selection, Load& load) {
  const LoadRequest& request = load.request();
  if (request.project_name && !request.project_name->empty()) {
    Value name = Value::of(*request.project_name);
    name.trail = load.trails().push(nullptr, {OriginKind::kDefault, {}, "-p"});
    return name;
  }
  const Variable* variable = selection.environment.find("COMPOSE_PROJECT_NAME");
  if (variable == nullptr || variable->value.empty()) return std::nullopt;
  Value name = Value::of(variable->value);
  name.span = variable->span;
  name.trail =
      load.trails().push(nullptr, {OriginKind::kVariable, variable->span, "COMPOSE_PROJECT_NAME"});
  return name;
}

}  // namespace

std::string normal_project_name(std::string_view name) {
  std::string out;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (alphanumeric || (!out.empty() && (c == '_' || c == '-'))) out += c;
  }
  return out;
}

Result<Value> project_name(const Selection& selection, ComposeFiles& files, Load& load) {
  bool in_first = false;
  Result<Value> written = written_name(selection, files, load, in_first);
  std::optional<Value> given = given_name(selection, load);
  if (given) {
    if (!load.lint() && !written) {
      const bool by_flag = load.request().project_name && !load.request().project_name->empty();
      if (!by_flag) return written.failure();
    }
    if (normal_project_name(given->text) != given->text) {
      if (MaybeFailure failure = load.refuse(invalid_name(given->text, given->span))) {
        return *failure;
      }
    }
    return std::move(*given);
  }
  if (!written) return written.failure();
  Value name =
      Value::of(in_first ? std::string() : normal_project_name(text::name_of(selection.directory)));
  name.trail =
      load.trails().push(nullptr, {OriginKind::kDefault, {}, "name of the project directory"});
  if (written->is_null()) return name;
  if (!load.request().no_interpolate) {
    Value holder = Value::map();
    holder.set("name", *written);
    const Lookup lookup = [&](std::string_view key) { return selection.environment.find(key); };
    if (MaybeFailure failure = interpolate(holder, lookup, load)) return *failure;
    *written = *holder.find("name");
  }
  if (!load.request().no_normalize && written->known) {
    written->text = normal_project_name(written->text);
  }
  return written->text.empty() ? name : std::move(*written);
}

}  // namespace composelint::compose
