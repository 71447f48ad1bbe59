#include "analyzer/compose/env_files.h"

#include <utility>

namespace composelint::compose {

namespace {

MaybeFailure read_one(const std::string& path, const Lookup& lookup, std::string_view origin,
                      Load& load, Environment& out, bool own = true) {
  const FileKind kind = load.files().kind(path);
  if (kind == FileKind::kNone) {
    return Failure{
        FailureCode::kNotFound, "couldn't find env file: " + load.store().shown(path), {}};
  }
  if (kind == FileKind::kDirectory) {
    return Failure{FailureCode::kUnreadable, load.store().shown(path) + " is a directory", {}};
  }
  const Result<const SourceFile*> source = load.store().open(path);
  if (!source) return source.failure();
  if (own) load.note_env_file(*source);
  const Unset unset = load.lint() ? Unset::kHole : Unset::kEmpty;
  Result<DotenvFile> file = parse_dotenv(**source, lookup, out, unset);
  if (!file) return file.failure();
  if (load.lint()) {
    if (own) note_unset(*file, load);
  } else {
    for (const std::string& name : file->unset) {
      load.warn({}, "The \"" + name + "\" variable is not set. Defaulting to a blank string.");
    }
  }
  for (DotenvEntry& entry : file->entries) {
    if (!entry.known) continue;  // a value with holes helps nobody
    out.set(std::move(entry.name), {std::move(entry.value), entry.span, std::string(origin)});
  }
  return std::nullopt;
}

}  // namespace

void note_unset(const DotenvFile& file, Load& load) {
  for (const DotenvEntry& entry : file.entries) {
    for (const UsedVariable& used : entry.used) {
      if (!used.set && !used.by_default) load.note_unset(used.name, entry.span, {});
    }
  }
}

Result<Environment> read_env_files(const std::vector<std::string>& paths, const Environment& outer,
                                   std::string_view origin, Load& load) {
  Environment out;
  const Lookup lookup = [&](std::string_view name) { return outer.find(name); };
  for (const std::string& path : paths) {
    if (MaybeFailure failure = read_one(path, lookup, origin, load, out)) {
      if (MaybeFailure refusal = load.refuse(std::move(*failure))) return *refusal;
    }
  }
  return out;
}

Result<Environment> read_env_template(const std::string& path, const Environment& outer,
                                      Load& load) {
  Environment out;
  const Lookup lookup = [&](std::string_view name) { return outer.find(name); };
  if (MaybeFailure failure = read_one(path, lookup, "template", load, out, false)) return *failure;
  return out;
}

}  // namespace composelint::compose
