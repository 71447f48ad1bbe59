#include "analyzer/hosts/gitlab_jobs.h"

#include <algorithm>
#include <array>

#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

using yaml::Node;
using yaml::NodeKind;

constexpr std::size_t kMaxDocuments = 40;
constexpr std::size_t kMaxLayers = 64;
constexpr std::size_t kMaxCommands = 2'000;
constexpr int kMaxDepth = 11;  // GitLab allows as many `extends` below each other

}  // namespace

bool GitlabJobs::is_keyword(std::string_view key) {
  constexpr std::array<std::string_view, 11> kKeywords = {
      "after_script", "before_script", "cache",  "default",   "image",   "include",
      "services",     "spec",          "stages", "variables", "workflow"};
  return std::find(kKeywords.begin(), kKeywords.end(), key) != kKeywords.end();
}

void GitlabJobs::load() {
  // A header of inputs may stand in a document of its own before.
  const std::vector<const Node*> documents = files_.own();
  if (!documents.empty()) add_document(*documents.back(), 0);
}

void GitlabJobs::add_document(const Node& document, int depth) {
  if (depth > kMaxDepth || files_read_.size() >= kMaxDocuments) return;
  if (std::find(files_read_.begin(), files_read_.end(), &document) != files_read_.end()) return;
  files_read_.push_back(&document);
  const Node* includes = value_of(document, "include");
  if (includes == nullptr) return;
  // Of several, the last counts most.
  std::vector<const Node*> items = items_of(*includes);
  std::reverse(items.begin(), items.end());
  for (const Node* item : items) include(*item, depth + 1);
}

void GitlabJobs::include(const Node& item, int depth) {
  const Node* local = item.kind == NodeKind::kScalar ? &item : value_of(item, "local");
  if (local == nullptr) return;
  for (const Node* path : commands_of(*local)) {
    if (path->text.find("://") != std::string_view::npos) continue;
    const std::string relative = "./" + std::string(path->text);
    const auto documents = files_.open(text::join_path(request_.workspace_root, relative));
    if (!documents.empty()) add_document(*documents.back(), depth);
  }
}

const Node* GitlabJobs::find(const GitlabLayers& layers, std::string_view key) {
  for (const Node* layer : layers) {
    if (const Node* found = value_of(layer, key)) return found;
  }
  return nullptr;
}

const Node* GitlabJobs::keyword(std::string_view key) const {
  for (const Node* document : files_read_) {
    if (const Node* found = value_of(value_of(*document, "default"), key)) return found;
    if (const Node* found = value_of(*document, key)) return found;
  }
  return nullptr;
}

GitlabLayers GitlabJobs::job(std::string_view name) const {
  GitlabLayers layers;
  add_layers(name, 0, layers);
  return layers;
}

void GitlabJobs::add_layers(std::string_view name, int depth, GitlabLayers& layers) const {
  if (depth > kMaxDepth) return;
  const Node* extends = nullptr;
  for (const Node* document : files_read_) {
    const Node* node = value_of(*document, name);
    if (node == nullptr || layers.size() >= kMaxLayers) continue;
    layers.push_back(node);
    if (extends == nullptr) extends = value_of(*node, "extends");
  }
  if (extends == nullptr) return;
  std::vector<const Node*> bases = commands_of(*extends);
  std::reverse(bases.begin(), bases.end());
  for (const Node* base : bases) {
    if (base->text != name && layers.size() < kMaxLayers) add_layers(base->text, depth + 1, layers);
  }
}

const Node* GitlabJobs::referred(const Node& reference) const {
  const std::vector<const Node*> path = commands_of(reference);
  if (path.empty()) return nullptr;
  if (path.size() == 1) return find(files_read_, path[0]->text);
  const Node* node = find(job(path[0]->text), path[1]->text);
  for (std::size_t i = 2; i < path.size(); ++i) node = value_of(node, path[i]->text);
  return node;
}

void GitlabJobs::collect(const Node& written, int depth, std::vector<HostText>& out) const {
  const Node& node = written.resolved();
  if (depth > kMaxDepth || out.size() >= kMaxCommands) return;
  if (node.kind == NodeKind::kScalar) {
    if (node.style != yaml::ScalarStyle::kNone) {
      // Inputs of a component are filled in by GitLab.
      out.push_back(fill_in(scalar_text(node), {"$[[", "]]"}));
    }
  } else if (node.kind == NodeKind::kSequence && node.tag == "!reference") {
    if (const Node* target = referred(node)) collect(*target, depth + 1, out);
  } else if (node.kind == NodeKind::kSequence) {
    for (const Node* item : node.items) collect(*item, depth + 1, out);
  }
}

std::vector<HostText> GitlabJobs::commands(const Node* node) const {
  std::vector<HostText> out;
  if (node != nullptr) collect(*node, 0, out);
  return out;
}

}  // namespace composelint::hosts
