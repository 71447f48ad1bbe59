#include "analyzer/compose/model.h"

#include <algorithm>
#include <utility>

#include "analyzer/compose/canonical.h"
#include "analyzer/compose/interpolate.h"
#include "analyzer/compose/merge.h"
#include "analyzer/compose/normalise.h"
#include "analyzer/compose/resolve_paths.h"
#include "analyzer/compose/schema/check.h"
#include "analyzer/compose/touched.h"

namespace composelint::compose {

namespace {

// Includes and extends may multiply files; no project of people comes near.
constexpr std::size_t kMaxValues = 4'000'000;
constexpr std::size_t kMaxNesting = 100;

// Services at the top level, as docker-compose 1.x had them before it knew of `version`.
bool has_the_oldest_form(const Value& model) {
  const auto is_service = [](const Member& member) {
    return member.value.is_map() &&
           (member.value.find("image") != nullptr || member.value.find("build") != nullptr);
  };
  return !model.members.empty() &&
         std::all_of(model.members.begin(), model.members.end(), is_service);
}

// What another file of its kind would have.
void drop_foreign_links(const Value& services, Value& service) {
  for (const char* key : {"links", "volumes_from"}) {
    Value* list = service.find(key);
    if (list == nullptr || !list->is_list()) continue;
    std::erase_if(list->items, [&](const Value& item) {
      return services.find(item.text.substr(0, item.text.find(':'))) == nullptr;
    });
  }
}

// What it says is known all the same, once Compose's refusal is noted.
void put_below_services(Value& model) {
  Value services = Value::map();
  services.by_name = true;
  services.span = model.span;
  services.members = std::move(model.members);
  model.members.clear();
  for (std::size_t i = 0; i < services.members.size(); ++i) {
    drop_foreign_links(services, services.members[i].value);
  }
  model.set("services", std::move(services));
}

}  // namespace

MaybeFailure ModelBuilder::validate(Value& model, const std::string& path) {
  for (schema::Violation& violation : schema::check(model)) {
    if (MaybeFailure failure =
            load_.refuse({FailureCode::kInvalid, std::move(violation.message), violation.span})) {
      return failure;
    }
  }
  if (load_.lint() && has_the_oldest_form(model)) put_below_services(model);
  const Member* version = model.member("version");
  if (version == nullptr) return std::nullopt;
  load_.warn(version->span, load_.store().shown(path) +
                                ": the attribute `version` is obsolete, it will be ignored, please "
                                "remove it to avoid potential confusion");
  model.erase("version");
  return std::nullopt;
}

MaybeFailure ModelBuilder::add_document(const DecodedDocument& document, const std::string& path,
                                        const Scope& scope, Value& model,
                                        std::vector<std::string> including) {
  Value tree = document.value;
  if (!load_.charge(tree, kMaxValues)) {
    return Failure{FailureCode::kLimit, "the project is too large once everything is put in",
                   tree.span};
  }
  const bool lenient = load_.request().no_interpolate;
  if (!lenient) {
    const Lookup lookup = [&](std::string_view name) { return scope.environment->find(name); };
    if (MaybeFailure failure = interpolate(tree, lookup, load_)) return failure;
  }
  if (!scope.extended) {
    if (MaybeFailure failure = apply_extends(tree, path, scope, document.resets, *this)) {
      return failure;
    }
  }
  apply_resets(model, document.resets);
  if (!scope.extended) {
    including.push_back(path);
    if (MaybeFailure failure = apply_include(tree, scope, including, *this)) return failure;
  }
  Touched touched(model, tree);
  MaybeFailure failure = merge_document(touched.part(), std::move(tree), path, scope);
  touched.put_back();
  return failure;
}

MaybeFailure ModelBuilder::merge_document(Value& model, Value tree, const std::string& path,
                                          const Scope& scope) {
  const auto failed = [&](MaybeFailure failure) -> MaybeFailure {
    return failure ? load_.refuse(std::move(*failure)) : std::nullopt;
  };
  if (MaybeFailure failure = failed(merge_files(model, std::move(tree), load_.trails()))) {
    return failure;
  }
  if (MaybeFailure failure = failed(drop_redefined(model))) return failure;
  if (!scope.extended) {
    if (MaybeFailure failure = validate(model, path)) return failure;
  }
  const bool lenient = load_.request().no_interpolate;
  if (MaybeFailure failure = make_canonical(model, lenient, load_)) return failure;
  // Ports of a range show only now that they are the same as others.
  return failed(drop_redefined(model));
}

Result<std::vector<KeyPath>> ModelBuilder::add_file(const std::string& path, const Scope& scope,
                                                    Value& model,
                                                    const std::vector<std::string>& including) {
  std::vector<KeyPath> resets;
  const Result<const std::vector<DecodedDocument>*> documents = files_.documents(path);
  if (!documents) {
    if (MaybeFailure failure = load_.refuse_partial(documents.failure())) return *failure;
    return resets;
  }
  for (const DecodedDocument& document : **documents) {
    if (MaybeFailure failure = add_document(document, path, scope, model, including)) {
      return *failure;
    }
    resets = document.resets;
  }
  return resets;
}

Result<Value> ModelBuilder::build(const std::vector<std::string>& paths, const Scope& scope,
                                  const std::vector<std::string>& including) {
  if (including.size() > kMaxNesting) {
    return Failure{FailureCode::kLimit, "includes are nested too deeply", {}};
  }
  Value model = Value::map();
  for (const std::string& path : paths) {
    const Result<std::vector<KeyPath>> added = add_file(path, scope, model, including);
    if (!added) return added.failure();
  }
  if (MaybeFailure failure = set_defaults(model, load_)) return *failure;
  if (MaybeFailure failure = check_attributes(model, load_)) return *failure;
  if (scope.resolve_paths) {
    if (MaybeFailure failure = resolve_paths(model, scope.directory, load_)) return *failure;
  }
  resolve_bare_variables(model, *scope.environment);
  return model;
}

}  // namespace composelint::compose
