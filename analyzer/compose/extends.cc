#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/compose/merge.h"
#include "analyzer/compose/model.h"
#include "analyzer/compose/own_files.h"
#include "analyzer/compose/resolve_paths.h"
#include "analyzer/text/path.h"

namespace composelint::compose {

namespace {

Failure refused(const Value& value, std::string message) {
  return {FailureCode::kInvalid, std::move(message), value.span};
}

// What `extends` says, in either form.
struct Reference {
  std::string service;
  const Value* file = nullptr;  // null: the same file
  bool known = true;            // of the service: no variable of it is unset
};

// `${NAME}-web`, whose variable is not known, may be `shop-web`.
bool may_be_one_of(std::string_view written, const Value& services) {
  const std::size_t begin = written.find('$');
  if (begin == written.npos) return true;
  const std::string_view head = written.substr(0, begin);
  const std::size_t end = written.rfind('}');
  const std::string_view tail = end == written.npos ? std::string_view() : written.substr(end + 1);
  return std::any_of(services.members.begin(), services.members.end(), [&](const Member& each) {
    return each.key.size() >= head.size() + tail.size() && each.key.starts_with(head) &&
           each.key.ends_with(tail);
  });
}

class Extends {
 public:
  Extends(const Scope& scope, ModelBuilder& builder)
      : scope_(scope), builder_(builder), load_(builder.load()) {}

  // `services` is where `name` stands and where a reference without a file is looked up.
  MaybeFailure service(const std::string& name, Value& services, const std::string& shown_file,
                       const std::vector<KeyPath>& resets);

 private:
  struct Link {
    std::string file;
    std::string service;
    friend bool operator==(const Link&, const Link&) = default;
  };

  Result<Reference> reference(const std::string& name, const Value& extends) const;
  Result<Value*> services_of_file(const std::string& name, const Reference& reference,
                                  std::vector<KeyPath>& resets);
  MaybeFailure take_over(const std::string& name, Value& service, Value base, const Value& extends,
                         const std::vector<KeyPath>& resets);
  MaybeFailure track(Link link, const Value& extends);
  Failure unseen(const Value& value, std::string message);
  void mark(Value& value, const OriginStep& step);

  const Scope& scope_;
  ModelBuilder& builder_;
  Load& load_;
  std::vector<Link> links_;
  // Files are read once for all services that extend one of theirs.
  std::map<std::string, ModelOfFile> sources_;
  std::map<const Trail*, const Trail*> marked_;
};

Result<Reference> Extends::reference(const std::string& name, const Value& extends) const {
  if (extends.is_string()) return Reference{extends.text, nullptr, extends.known};
  if (!extends.is_map()) return Reference{};
  const Value* service = extends.find("service");
  if (service == nullptr || !service->is_string()) {
    return refused(extends, "extends." + name + ".service is required");
  }
  const Value* file = extends.find("file");
  if (file != nullptr && file->is_null()) file = nullptr;
  if (file != nullptr && !file->is_string()) {
    return refused(*file, "extends." + name + ".file must be a string");
  }
  return Reference{service->text, file, service->known};
}

MaybeFailure Extends::track(Link link, const Value& extends) {
  if (std::find(links_.begin(), links_.end(), link) == links_.end()) {
    links_.push_back(std::move(link));
    return std::nullopt;
  }
  std::string message = "Circular reference: ";
  for (const Link& one : links_) message += one.service + " in " + one.file + " extends ";
  return refused(extends, message + link.service + " in " + link.file);
}

// Compose may see it.
Failure Extends::unseen(const Value& value, std::string message) {
  load_.set_partial();
  return {FailureCode::kUnsupported, std::move(message), value.span};
}

Result<Value*> Extends::services_of_file(const std::string& name, const Reference& reference,
                                         std::vector<KeyPath>& resets) {
  const std::string& file = reference.file->text;
  if (is_remote_resource(file)) {
    return unseen(*reference.file, "cannot fetch \"" + file + "\": remote files are not read");
  }
  if (!reference.file->known) {
    return unseen(*reference.file, "the file to extend from is not known: " + file);
  }
  auto found = sources_.find(file);
  if (found == sources_.end()) {
    const std::string local = text::join_path(scope_.references, file);
    const Result<const std::vector<DecodedDocument>*> readable = builder_.files().documents(local);
    if (!readable) {
      load_.set_partial();
      Failure why = readable.failure();
      if (!why.span) why.span = reference.file->span;
      const bool missing = why.code == FailureCode::kNotFound;
      if (load_.lint() && missing && is_each_machines_own(load_.files(), local)) {
        why.code = FailureCode::kUnsupported;
      }
      return why;
    }
    const bool directory = load_.files().kind(local) == FileKind::kDirectory;
    const std::string base = directory ? local : text::directory_of(local);
    Scope scope{relative_path(scope_.references, base), text::directory_of(local),
                scope_.environment, false, true};
    ModelOfFile source{Value::map(), {}};
    Result<std::vector<KeyPath>> added = builder_.add_file(local, scope, source.tree, {});
    if (!added) {
      Failure why = added.failure();
      if (!why.span) why.span = reference.file->span;
      return why;
    }
    source.resets = std::move(*added);
    if (MaybeFailure failure = resolve_paths(source.tree, scope.directory, load_)) {
      return *failure;
    }
    found = sources_.emplace(file, std::move(source)).first;
  }
  Value* services = found->second.tree.find("services");
  if (services == nullptr || !services->is_map()) {
    return refused(*reference.file,
                   "cannot extend service \"" + name + "\" in " + file + ": no services section");
  }
  resets = found->second.resets;
  return services;
}

void Extends::mark(Value& value, const OriginStep& step) {
  const Trail*& marked = marked_[value.trail];
  if (marked == nullptr) marked = load_.trails().push(value.trail, step);
  value.trail = marked;
  for (Value& item : value.items) mark(item, step);
  for (Member& member : value.members) mark(member.value, step);
}

MaybeFailure Extends::take_over(const std::string& name, Value& service, Value base,
                                const Value& extends, const std::vector<KeyPath>& resets) {
  marked_.clear();
  const Result<Reference> of = reference(name, extends);
  mark(base, {OriginKind::kExtends, extends.span, of ? of->service : std::string()});
  Value wrapped = Value::map();
  wrapped.set("services", Value::map()).set(name, std::move(base));
  apply_resets(wrapped, resets);
  Value* services = wrapped.find("services");
  Value* source = services == nullptr ? nullptr : services->find(name);
  if (source == nullptr) return std::nullopt;
  const Span span = service.span;
  if (MaybeFailure failure = merge_services(*source, std::move(service), load_.trails())) {
    return failure;
  }
  source->erase("extends");
  service = std::move(*source);
  service.span = span;
  return std::nullopt;
}

MaybeFailure Extends::service(const std::string& name, Value& services,
                              const std::string& shown_file, const std::vector<KeyPath>& resets) {
  Value* service = services.find(name);
  if (service == nullptr || service->is_null()) return std::nullopt;
  if (!service->is_map()) return refused(*service, "services." + name + " must be a mapping");
  const Value* found = service->find("extends");
  if (found == nullptr) return std::nullopt;
  const Value extends = *found;
  const Result<Reference> to = reference(name, extends);
  if (!to) return to.failure();

  Value* from = &services;
  std::vector<KeyPath> inner_resets;
  std::string file = shown_file;
  if (to->file != nullptr) {
    Result<Value*> others = services_of_file(name, *to, inner_resets);
    if (!others) return others.failure();
    from = *others;
    file = to->file->text;
  }
  if (from->find(to->service) == nullptr) {
    if (!to->known && load_.lint() && may_be_one_of(to->service, *from)) {
      return unseen(extends, "the service to extend is not known: " + to->service);
    }
    return refused(extends, "cannot extend service \"" + name + "\" in " + shown_file +
                                ": service \"" + to->service + "\" not found" +
                                (to->file == nullptr ? "" : " in " + file));
  }
  if (MaybeFailure failure = track({file, name}, extends)) return failure;
  // Compose tells links apart by the file that is loaded, and by the one that a reference names:
  // `mailer` of `prod.yaml` extends that of `base.yaml`, which extends `api` beside it.
  MaybeFailure failure = this->service(to->service, *from, shown_file, inner_resets);
  links_.pop_back();
  if (failure) return failure;
  const Value* base = from->find(to->service);
  if (base->is_null()) return std::nullopt;
  return take_over(name, *services.find(name), *base, extends, resets);
}

}  // namespace

MaybeFailure apply_extends(Value& tree, const std::string& path, const Scope& scope,
                           const std::vector<KeyPath>& resets, ModelBuilder& builder) {
  Value* services = tree.find("services");
  if (services == nullptr) return std::nullopt;
  Load& load = builder.load();
  if (!services->is_map()) {
    return load.refuse(refused(*services, "services must be a mapping"));
  }
  Extends extends(scope, builder);
  for (std::size_t i = 0; i < services->members.size(); ++i) {
    // Most services extend nothing; looking each up by name would cost the square of their number.
    const Value& own = services->members[i].value;
    if (own.is_null() || (own.is_map() && own.find("extends") == nullptr)) continue;
    const std::string name = services->members[i].key;
    if (MaybeFailure failure = extends.service(name, *services, path, resets)) {
      if (MaybeFailure refusal = load.refuse(std::move(*failure))) return refusal;
    }
  }
  return std::nullopt;
}

}  // namespace composelint::compose
