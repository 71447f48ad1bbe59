// The jobs of a GitLab pipeline with what they inherit: included files, `extends`, `!reference`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/hosts/ci.h"

namespace composelint::hosts {

// Mappings in which a key is looked up, the strongest first.
using GitlabLayers = std::vector<const yaml::Node*>;

class GitlabJobs {
 public:
  GitlabJobs(const ReadRequest& request, CiFiles& files) : request_(request), files_(files) {}

  // The file that is read, then those that it includes.
  void load();
  [[nodiscard]] const yaml::Node* own() const {
    return files_read_.empty() ? nullptr : files_read_.front();
  }
  // A top-level keyword, of the first file that has it.
  [[nodiscard]] const yaml::Node* keyword(std::string_view key) const;
  // All files, the one that is read first.
  [[nodiscard]] const GitlabLayers& documents() const { return files_read_; }
  [[nodiscard]] GitlabLayers job(std::string_view name) const;
  // Commands of `node`: a text, lists in lists, references.
  [[nodiscard]] std::vector<HostText> commands(const yaml::Node* node) const;

  [[nodiscard]] static const yaml::Node* find(const GitlabLayers& layers, std::string_view key);
  // Whether another job of the file extends or refers to this one.
  [[nodiscard]] static bool is_keyword(std::string_view key);

 private:
  void add_document(const yaml::Node& document, int depth);
  void include(const yaml::Node& item, int depth);
  void add_layers(std::string_view name, int depth, GitlabLayers& layers) const;
  void collect(const yaml::Node& node, int depth, std::vector<HostText>& out) const;
  [[nodiscard]] const yaml::Node* referred(const yaml::Node& reference) const;

  const ReadRequest& request_;
  CiFiles& files_;
  GitlabLayers files_read_;
};

}  // namespace composelint::hosts
