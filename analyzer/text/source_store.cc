#include "analyzer/text/source_store.h"

#include <utility>

#include "analyzer/text/path.h"

namespace composelint::text {

SourceStore::SourceStore(const FileSystem& files, std::string base)
    : files_(files), base_(normalise(base)) {}

std::string SourceStore::shown(const std::string& path) const {
  const std::string full = join_path(base_, path);
  if (full == base_) return ".";
  const std::string prefix = base_ == "/" ? base_ : base_ + "/";
  return full.starts_with(prefix) ? full.substr(prefix.size()) : full;
}

namespace {

// `compose.yaml` that is a link to `compose.small.yaml` beside it is that file: what is told of it
// is told once, where it is written.
std::string linked_beside(const FileSystem& files, const std::string& path) {
  const auto target = files.link_target(path);
  if (!target || !*target) return path;
  const std::string directory = directory_of(path);
  const bool beside = name_of(directory_of(**target)) == name_of(directory);
  std::string other = join_path(directory, std::string(name_of(**target)));
  const bool there = beside && other != path && files.kind(other) == FileKind::kRegular;
  const auto further = there ? files.link_target(other) : target;
  return further && !*further ? other : path;
}

}  // namespace

Result<const SourceFile*> SourceStore::open(const std::string& path) {
  const std::string full = linked_beside(files_, join_path(base_, path));
  const std::lock_guard lock(mutex_);
  auto found = opened_.find(full);
  if (found == opened_.end()) {
    Result<std::string> bytes = files_.read(full);
    Result<std::unique_ptr<SourceFile>> entry =
        bytes ? Result<std::unique_ptr<SourceFile>>(
                    std::make_unique<SourceFile>(shown(full), std::move(*bytes)))
              : Result<std::unique_ptr<SourceFile>>(bytes.failure());
    found = opened_.emplace(full, std::move(entry)).first;
  }
  if (!found->second) return found->second.failure();
  return static_cast<const SourceFile*>(found->second->get());
}

const SourceFile& SourceStore::add(std::string shown_path, std::string bytes) {
  const std::lock_guard lock(mutex_);
  added_.push_back(std::make_unique<SourceFile>(std::move(shown_path), std::move(bytes)));
  return *added_.back();
}

}  // namespace composelint::text
