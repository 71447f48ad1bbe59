// One load under way: what every phase may ask for and where it leaves its troubles.
#pragma once

#include <composelint/compose.h>
#include <composelint/result.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/compose/request.h"
#include "analyzer/compose/value.h"
#include "analyzer/text/source_store.h"

namespace composelint::compose {

class Load {
 public:
  Load(const LoadRequest& request, text::SourceStore& store, Trails& trails)
      : request_(request), store_(store), trails_(trails) {}

  [[nodiscard]] const LoadRequest& request() const { return request_; }
  [[nodiscard]] text::SourceStore& store() { return store_; }
  [[nodiscard]] const FileSystem& files() const { return store_.files(); }
  [[nodiscard]] Trails& trails() { return trails_; }
  [[nodiscard]] bool lint() const { return request_.strictness == Strictness::kLint; }

  // A refusal of Compose: gives it back to be returned, or, when linting, notes it and gives
  // nothing, and the phase goes on.
  [[nodiscard]] MaybeFailure refuse(Failure failure);
  // The same where a service may be missing from then on.
  [[nodiscard]] MaybeFailure refuse_partial(Failure failure);
  void warn(Span span, std::string message);
  // What Compose says nothing of, and the engine stumbles over: a file to be mounted is not there.
  void note_missing(Span span, std::string message) {
    problems_.push_back({false, span, std::move(message), FailureCode::kNotFound});
  }
  void set_partial() { partial_ = true; }
  void note_unset(const std::string& name, Span span, std::string place);
  void note_env_file(const SourceFile* file) { env_files_.push_back(file); }
  // A file that compose passes over for one of a better name.
  void note_passed_over(const std::string& path) { passed_over_.push_back(path); }
  void note_service_env_file(const std::string& service, EnvFile file) {
    service_env_files_[service].push_back(std::move(file));
  }
  // Counts the values of `tree` towards the bound of the whole load; false when it is exceeded.
  [[nodiscard]] bool charge(const Value& tree, std::size_t limit);

  // Warnings, and when linting refusals too, in the order met.
  [[nodiscard]] const std::vector<ProjectProblem>& problems() const { return problems_; }
  [[nodiscard]] bool partial() const { return partial_; }
  [[nodiscard]] const std::vector<UnsetVariable>& unset() const { return unset_; }
  [[nodiscard]] const std::vector<const SourceFile*>& env_files() const { return env_files_; }
  [[nodiscard]] const std::vector<std::string>& passed_over() const { return passed_over_; }
  [[nodiscard]] std::vector<EnvFile> service_env_files(const std::string& service) const {
    const auto found = service_env_files_.find(service);
    return found == service_env_files_.end() ? std::vector<EnvFile>() : found->second;
  }

 private:
  const LoadRequest& request_;
  text::SourceStore& store_;
  Trails& trails_;
  std::vector<ProjectProblem> problems_;
  std::vector<UnsetVariable> unset_;
  std::vector<const SourceFile*> env_files_;
  std::vector<std::string> passed_over_;
  std::map<std::string, std::vector<EnvFile>> service_env_files_;
  bool partial_ = false;
  std::size_t values_ = 0;
};

}  // namespace composelint::compose
