#include "analyzer/compose/files.h"

#include <utility>

#include "analyzer/text/path.h"
#include "analyzer/text/utf16.h"
#include "analyzer/yaml/directives.h"

namespace composelint::compose {

namespace {

Result<std::vector<DecodedDocument>> decode_all(const yaml::Stream& stream, Trails& trails) {
  std::vector<DecodedDocument> documents;
  for (const yaml::Node* root : stream.documents()) {
    Result<DecodedDocument> document = decode(*root, trails);
    if (!document) return document.failure();
    documents.push_back(std::move(*document));
  }
  return documents;
}

}  // namespace

Result<const SourceFile*> ComposeFiles::source(const std::string& path) {
  if (path == "-") {
    const std::optional<std::string>& text = load_.request().stdin_text;
    if (!text) return Failure{FailureCode::kNotFound, "nothing on standard input", {}};
    return &load_.store().add("-", *text);
  }
  Result<const SourceFile*> opened = load_.store().open(path);
  if (!opened || !text::is_utf16((*opened)->bytes())) return opened;
  Result<std::string> text = text::decode_utf16((*opened)->bytes());
  if (!text) return text.failure();
  return &load_.store().add((*opened)->path(), std::move(*text));
}

Result<ComposeFile*> ComposeFiles::open(const std::string& path) {
  auto found = files_.find(path);
  if (found == files_.end()) {
    const auto read = [&]() -> Result<std::unique_ptr<ComposeFile>> {
      const Result<const SourceFile*> bytes = source(path);
      if (!bytes) return bytes.failure();
      if (auto refused = yaml::check_directives(**bytes)) return *std::move(refused);
      Result<yaml::Stream> stream = yaml::parse(**bytes);
      if (!stream) {
        Failure why = stream.failure();
        if (why.code == FailureCode::kUnsupported) why.code = FailureCode::kUnreadable;
        return why;
      }
      return std::make_unique<ComposeFile>(
          ComposeFile{path, *bytes, std::move(*stream), std::nullopt});
    };
    found = files_.emplace(path, read()).first;
  }
  if (!found->second) return found->second.failure();
  return found->second->get();
}

Result<const std::vector<DecodedDocument>*> ComposeFiles::documents(const std::string& path) {
  const Result<ComposeFile*> file = open(path);
  if (!file) return file.failure();
  if (!(*file)->decoded) (*file)->decoded = decode_all((*file)->stream, load_.trails());
  const Result<std::vector<DecodedDocument>>& decoded = *(*file)->decoded;
  if (!decoded) return decoded.failure();
  return &*decoded;
}

std::vector<yaml::Stream> ComposeFiles::release(std::vector<WrittenFile>& written) {
  std::vector<yaml::Stream> streams;
  for (auto& [path, file] : files_) {
    if (!file) continue;
    written.push_back({(*file)->source, (*file)->stream.documents()});
    streams.push_back(std::move((*file)->stream));
  }
  files_.clear();
  return streams;
}

}  // namespace composelint::compose
