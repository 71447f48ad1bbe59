// Compose files of a load, each read, parsed and decoded once.
#pragma once

#include <composelint/result.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/compose/decode.h"
#include "analyzer/compose/load.h"
#include "analyzer/yaml/document.h"

namespace composelint::compose {

struct ComposeFile {
  std::string path;                    // absolute, or "-" for standard input
  const SourceFile* source = nullptr;  // owned by the SourceStore
  yaml::Stream stream;
  std::optional<Result<std::vector<DecodedDocument>>> decoded;
};

class ComposeFiles {
 public:
  explicit ComposeFiles(Load& load) : load_(load) {}

  // Parsed, not yet decoded. `path` is absolute or "-". Fails as reading and yaml::parse do.
  Result<ComposeFile*> open(const std::string& path);
  // The documents of a file, before variables are put in.
  Result<const std::vector<DecodedDocument>*> documents(const std::string& path);
  // Gives away the nodes of all files that were read, and tells of them in `written`. Nothing can be
  // opened after.
  [[nodiscard]] std::vector<yaml::Stream> release(std::vector<WrittenFile>& written);

 private:
  Result<const SourceFile*> source(const std::string& path);

  Load& load_;
  std::map<std::string, Result<std::unique_ptr<ComposeFile>>> files_;
};

}  // namespace composelint::compose
