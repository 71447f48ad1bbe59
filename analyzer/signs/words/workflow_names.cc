#include "analyzer/signs/words/workflow_names.h"

#include <composelint/document.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>
#include <utility>

#include "analyzer/signs/files/pipeline_file.h"
#include "analyzer/yaml/document.h"

namespace composelint {
namespace {

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool names_secrets(std::string_view text) {
  return holds(text, "secrets");
}

// `echo "${{ secrets.DOTENV }}" > .env`, `toJSON(secrets)`
bool is_made_of_secrets(std::string_view text) {
  if (!names_secrets(text)) return false;
  if (holds(text, "toJSON(secrets)")) return true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (names_secrets(line) && holds(line, "env")) return true;
    at = end + 1;
  }
  return false;
}

// `printf %s "$DOTENV" > .env`, `… | base64 -d | tee .env`: the whole file comes from elsewhere.
bool writes_a_whole_env_file(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    const std::size_t file = line.rfind(".env");
    if (file == line.npos) continue;
    const std::size_t to = std::min(line.rfind('>', file), line.rfind("tee ", file));
    const std::string_view said = line.substr(0, to == line.npos ? 0 : to);
    if (said.find('$') != said.npos && said.find('=') == said.npos) return true;
  }
  return false;
}

// Files of other jobs arrive with it.
bool brings_files(std::string_view text) {
  return holds(text, "actions/download-artifact") || holds(text, "actions/cache");
}

bool is_of_a_name(char c) {
  return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
}

class Collector {
 public:
  explicit Collector(std::uint32_t here) : here_(here) {}

  void add_workflow(const yaml::Node& workflow) {
    for (const yaml::Entry& entry : workflow.entries) {
      const yaml::Node& value = entry.value->resolved();
      if (entry.key->text == "jobs" && holds_the_place(value)) {
        add_own_job(value);
      } else {
        add_entry(entry);
      }
    }
  }

  // An env file of which nobody sees what it holds: `echo "${{ secrets.DOTENV }}" > .env`.
  [[nodiscard]] bool any_may_be_set() const { return any_may_be_set_; }
  [[nodiscard]] Names take() { return std::move(names_); }

 private:
  [[nodiscard]] bool holds_the_place(const yaml::Node& node) const {
    return node.span.begin <= here_ && here_ < node.span.end;
  }

  void add_own_job(const yaml::Node& jobs) {
    const auto own =
        std::find_if(jobs.entries.begin(), jobs.entries.end(),
                     [&](const yaml::Entry& job) { return holds_the_place(*job.value); });
    const bool all = own != jobs.entries.end() && brings_files(own->value->span.text());
    for (const yaml::Entry& job : jobs.entries) {
      if (all || holds_the_place(*job.value)) add_entry(job);
    }
  }

  void add_entry(const yaml::Entry& entry) {
    add_text(entry.key->text);
    const std::string_view value = entry.value->resolved().text;
    if (is_made_of_secrets(value) || (holds(entry.key->text, "env") && names_secrets(value))) {
      any_may_be_set_ = true;
    }
    add(*entry.value);
  }

  void add(const yaml::Node& node) {
    if (node.kind == yaml::NodeKind::kAlias) {
      if (followed_.insert(node.target).second) add(*node.target);
      return;
    }
    add_text(node.text);
    any_may_be_set_ = any_may_be_set_ || writes_a_whole_env_file(node.text);
    for (const yaml::Node* item : node.items) add(*item);
    for (const yaml::Entry& entry : node.entries) add_entry(entry);
  }

  void add_text(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = at;
      while (end < text.size() && is_of_a_name(text[end])) ++end;
      if (end > at) names_.emplace(text.substr(at, end - at));
      at = end + 1;
    }
  }

  std::uint32_t here_;
  bool any_may_be_set_ = false;
  Names names_;
  std::set<const yaml::Node*> followed_;
};

}  // namespace

std::optional<Names> names_in_workflow(const SourceFile& file, std::uint32_t here) {
  if (!is_a_workflow(file)) return std::nullopt;
  const Result<yaml::Stream> parsed = yaml::parse(file, yaml::of_other_readers());
  if (!parsed.ok()) return std::nullopt;
  Collector collector(here);
  for (const yaml::Node* document : parsed.value().documents()) collector.add_workflow(*document);
  if (collector.any_may_be_set()) return std::nullopt;
  return collector.take();
}

}  // namespace composelint
