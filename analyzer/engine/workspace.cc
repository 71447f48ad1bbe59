#include "analyzer/engine/workspace.h"

#include <algorithm>
#include <utility>

#include "analyzer/engine/conflict_markers.h"
#include "analyzer/engine/context_words.h"
#include "analyzer/hosts/task_call.h"
#include "analyzer/shell/parser.h"
#include "analyzer/signs/files/said_archived.h"
#include "analyzer/text/path.h"
#include "analyzer/text/readmes.h"

namespace composelint::engine {

namespace {

// `shop-develop` is where a developer sets up the shop.
std::optional<ContextCue> cue_of_repository(const std::string& root) {
  const std::string_view name = text::name_of(root);
  const std::vector<std::string> words = words_of(name);
  if (words.size() < 2) return std::nullopt;
  for (const std::string_view word : {"develop", "development", "devenv", "devstack"}) {
    if (words.back() == word) return ContextCue{Context::kDev, "repository " + std::string(name)};
  }
  return std::nullopt;
}

}  // namespace

std::string Workspace::root_of(const std::string& path) {
  const std::string directory = text::directory_of(path);
  const auto known = roots_.find(directory);
  if (known != roots_.end()) return known->second;
  std::string root;
  for (std::string at = directory;; at = text::directory_of(at)) {
    if (sources.files().kind(text::join_path(at, ".git")) != FileKind::kNone) {
      root = at;
      break;
    }
    if (at == "/") break;
  }
  if (root.empty()) {
    const std::string& base = sources.base();
    const bool inside = directory == base || directory.starts_with(base == "/" ? "/" : base + "/");
    root = inside ? base : directory;
  }
  return roots_.emplace(directory, std::move(root)).first->second;
}

std::vector<const Workspace::Told*> Workspace::readmes_above(const std::string& path) {
  const std::string root = root_of(path);
  std::vector<const Told*> found;
  std::string directory = path;
  do {
    directory = text::directory_of(directory);
    const auto [slot, fresh] = told_.try_emplace(directory);
    if (fresh) {
      const std::string text = text::first_readme_in(sources.files(), directory).value_or("");
      slot->second = {cue_in_readme(text), words_in_readme(text)};
      if (!slot->second.cue && directory == root) slot->second.cue = cue_of_repository(root);
    }
    found.push_back(&slot->second);
  } while (directory != root && directory != "/" && !directory.empty());
  return found;
}

std::string Workspace::archived_above(const std::string& path) {
  const std::string root = root_of(path);
  std::string directory = path;
  do {
    directory = text::directory_of(directory);
    const auto [slot, fresh] = archived_.try_emplace(directory, false);
    if (fresh) slot->second = says_it_is_archived(sources.files(), directory);
    if (slot->second) return directory;
  } while (directory != root && directory != "/" && !directory.empty());
  return "";
}

const ContextCue* Workspace::told_above(const std::string& path) {
  for (const Told* readme : readmes_above(path)) {
    if (readme->cue) return &*readme->cue;
  }
  return nullptr;
}

std::string_view Workspace::heading_above(const SourceFile& page, std::uint32_t place) {
  const auto [known, fresh] = headings_.try_emplace(&page);
  std::vector<std::string_view>& above = known->second;
  if (fresh) {
    std::string_view heading;
    bool code = false;
    for (std::uint32_t line = 1; line <= page.line_count(); ++line) {
      above.push_back(heading);
      const std::string_view text = page.line_text(line);
      if (text.starts_with("```")) code = !code;
      if (!code && text.starts_with('#')) heading = text;
    }
  }
  return above[page.line_of(place) - 1];
}

Workspace::WordsAbove Workspace::words_above(const std::string& path) {
  constexpr std::size_t kFew = 6;
  WordsAbove all;
  all.directory = path;
  for (const Told* readme : readmes_above(path)) {
    all.directory = text::directory_of(all.directory);
    all.words.development += readme->words.development;
    all.words.operation += readme->words.operation;
    all.words.deployment += readme->words.deployment;
    all.words.local |= readme->words.local;
    all.words.hosts |= readme->words.hosts;
    all.words.settings |= readme->words.settings;
    if (all.words.development + all.words.operation >= kFew) break;
  }
  return all;
}

std::optional<ContextCue> Workspace::told_of_stack(const std::string& path) {
  ReadmeWords all;
  for (const Told* readme : readmes_above(path)) {
    if (readme->cue) return readme->cue;
    all.development += readme->words.development;
    all.operation += readme->words.operation;
    if (auto cue = cue_in_words(all)) return cue;
  }
  return std::nullopt;
}

const Result<hosts::HostFile>& Workspace::host_file(const std::string& path,
                                                    const hosts::Host* host,
                                                    const SourceFile& source) {
  std::unique_ptr<Result<hosts::HostFile>>& slot = parsed_[path];
  if (slot != nullptr) return *slot;
  if (host == nullptr) {
    Result<Script> script = shell::parse_script(shell::whole_file(source));
    if (const Span mark = script ? conflict_in(*script) : Span()) {
      return *(slot = std::make_unique<Result<hosts::HostFile>>(Failure{
                   FailureCode::kInvalid,
                   "a merge has left its marks here: nothing of the file is checked", mark}));
    }
    slot = script
               ? std::make_unique<Result<hosts::HostFile>>(hosts::script_host(std::move(*script)))
               : std::make_unique<Result<hosts::HostFile>>(script.failure());
    return *slot;
  }
  const auto open = [this](const std::string& other) -> const SourceFile* {
    if (sources.files().kind(other) != FileKind::kRegular) return nullptr;
    const Result<const SourceFile*> file = sources.open(other);
    return file ? *file : nullptr;
  };
  hosts::HostFile read = host->read({source, path, root_of(path), open});
  read.kind = host->kind;
  read.file = &source;
  // Other files may have been read on the way, and the map have grown.
  return *(parsed_[path] = std::make_unique<Result<hosts::HostFile>>(std::move(read)));
}

const Result<hosts::HostFile>& Workspace::host_file(const std::string& path,
                                                    const hosts::Host* host) {
  const auto known = parsed_.find(path);
  if (known != parsed_.end() && known->second != nullptr) return *known->second;
  const Result<const SourceFile*> source = sources.open(path);
  if (source) return host_file(path, host, **source);
  return *(parsed_[path] = std::make_unique<Result<hosts::HostFile>>(source.failure()));
}

hosts::HostFile Workspace::read_changed(const std::string& path, const hosts::HostFile& file,
                                        const SourceFile& changed, const SourceFile* instead_of) {
  const auto open = [&](const std::string& other) -> const SourceFile* {
    if (sources.files().kind(other) != FileKind::kRegular) return nullptr;
    const Result<const SourceFile*> source = sources.open(other);
    if (!source) return nullptr;
    return *source == instead_of ? &changed : *source;
  };
  const SourceFile& own = file.file == instead_of ? changed : *file.file;
  hosts::HostFile read = hosts::host_of(file.kind)->read({own, path, root_of(path), open});
  read.kind = file.kind;
  read.file = &own;
  return read;
}

const hosts::HostFile* Workspace::known_file(const std::string& path) const {
  const auto known = parsed_.find(path);
  const bool read = known != parsed_.end() && known->second != nullptr && known->second->ok();
  return read ? &**known->second : nullptr;
}

const Script* Workspace::script(const std::string& path) {
  if (sources.files().kind(path) != FileKind::kRegular) return nullptr;
  const Result<hosts::HostFile>& file = host_file(path, nullptr);
  if (!file || file->kind != hosts::HostKind::kShell) return nullptr;
  return &file->tasks.front().blocks.front()->script;
}

void Workspace::give(const std::vector<std::string>& paths, bool everything) {
  for (const std::string& path : paths) given_.push_back(text::join_path(sources.base(), path));
  if (everything) given_.emplace_back("/");
}

bool Workspace::is_within(const std::string& path, const std::string& root) const {
  const auto below = [&](const std::string& directory) {
    return path == directory || path.starts_with(directory == "/" ? "/" : directory + "/");
  };
  return below(root) || std::any_of(given_.begin(), given_.end(), below);
}

std::optional<timeline::TaskCall> Workspace::tasks(const std::vector<Argument>& argv,
                                                   const std::string& directory,
                                                   const std::string& root) {
  const auto reference = hosts::read_task_call(argv, directory);
  if (!reference) return std::nullopt;
  for (const std::string& path : reference->files) {
    if (!is_within(path, root) || sources.files().kind(path) != FileKind::kRegular) continue;
    const Result<hosts::HostFile>& file = host_file(path, hosts::host_of(reference->kind));
    if (!file || file->tasks.empty()) return std::nullopt;
    timeline::TaskCall call{path, {}};
    if (reference->tasks.empty()) call.tasks.push_back(&file->tasks.front());
    for (const std::string& name : reference->tasks) {
      const auto named = std::find_if(file->tasks.begin(), file->tasks.end(),
                                      [&](const hosts::Task& task) { return task.name == name; });
      if (named == file->tasks.end()) return std::nullopt;
      call.tasks.push_back(&*named);
    }
    return call;
  }
  return std::nullopt;
}

calls::Binder& Workspace::binder(const std::string& root) {
  std::unique_ptr<calls::Binder>& slot = binders[root];
  if (slot == nullptr) slot = std::make_unique<calls::Binder>(sources, root, given_);
  return *slot;
}

}  // namespace composelint::engine
