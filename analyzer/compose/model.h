// Compose files to one model: each file interpolated, extended, included, merged, made canonical.
#pragma once

#include <composelint/result.h>

#include <string>
#include <vector>

#include "analyzer/compose/environment.h"
#include "analyzer/compose/files.h"
#include "analyzer/compose/load.h"
#include "analyzer/compose/value.h"

namespace composelint::compose {

// What a group of files is read with.
struct Scope {
  std::string directory;   // relative paths in the files start here; may itself be relative
  std::string references;  // absolute: where paths of `include` and `extends` start
  const Environment* environment = nullptr;
  bool resolve_paths = true;
  // A file that is only looked at for a service of it: nothing else of it is completed or checked.
  bool extended = false;
};

struct ModelOfFile {
  Value tree;
  std::vector<KeyPath> resets;  // of its last document
};

class ModelBuilder {
 public:
  ModelBuilder(Load& load, ComposeFiles& files) : load_(load), files_(files) {}

  // The model of files laid over each other in order. `including`: the files whose `include` led
  // here, outermost first.
  Result<Value> build(const std::vector<std::string>& paths, const Scope& scope,
                      const std::vector<std::string>& including);
  // One file laid over `model`; gives the places it resets.
  Result<std::vector<KeyPath>> add_file(const std::string& path, const Scope& scope, Value& model,
                                        const std::vector<std::string>& including);

  [[nodiscard]] Load& load() { return load_; }
  [[nodiscard]] ComposeFiles& files() { return files_; }

 private:
  MaybeFailure add_document(const DecodedDocument& document, const std::string& path,
                            const Scope& scope, Value& model, std::vector<std::string> including);
  MaybeFailure merge_document(Value& model, Value tree, const std::string& path,
                              const Scope& scope);
  MaybeFailure validate(Value& model, const std::string& path);

  Load& load_;
  ComposeFiles& files_;
};

// Resolves `extends` of every service of `tree`, the content of the file at `path`. `resets` are
// the places that file resets: they count for what is taken over as well.
[[nodiscard]] MaybeFailure apply_extends(Value& tree, const std::string& path, const Scope& scope,
                                         const std::vector<KeyPath>& resets, ModelBuilder& builder);

// Loads what `tree` includes and adds its resources; drops the `include` key.
[[nodiscard]] MaybeFailure apply_include(Value& tree, const Scope& scope,
                                         const std::vector<std::string>& including,
                                         ModelBuilder& builder);

}  // namespace composelint::compose
