// package.json: its scripts, each with those that npm runs before and after it.
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "analyzer/hosts/json_object.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/hosts/yaml_nodes.h"
#include "analyzer/hosts/yaml_text.h"
#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

using std::string_view;

struct ScriptEntry {
  Span name;
  std::shared_ptr<const Block> block;
};

// A character of two escapes is none to YAML.
bool has_halves(string_view bytes) {
  return bytes.find("\\ud") != string_view::npos || bytes.find("\\uD") != string_view::npos;
}

}  // namespace

Match match_package_json(string_view path) {
  return text::name_of(path) == "package.json" ? Match::kYes : Match::kNo;
}

HostFile read_package_json(const ReadRequest& request) {
  HostFile host;
  host.kind = HostKind::kPackageJson;
  host.file = &request.file;
  if (request.file.bytes().find("\"scripts\"") == string_view::npos) return host;
  // JSON is YAML of the flow style.
  const Result<yaml::Stream> stream = yaml::parse(request.file, yaml::of_other_readers());
  std::vector<JsonEntry> entries;
  if (stream) {
    if (stream->documents().empty()) return host;
    const yaml::Node* scripts = value_of(*stream->documents().front(), "scripts");
    if (scripts == nullptr) return host;
    for (const yaml::Entry& entry : entries_of(*scripts)) {
      if (entry.key->kind != yaml::NodeKind::kScalar) continue;
      entries.push_back({scalar_text(*entry.key), entry.key->span, scalar_text(*entry.value)});
    }
  } else if (has_halves(request.file.bytes())) {
    entries = strings_of(request.file, "scripts");
  } else {
    host.troubles.push_back({stream.failure().span, stream.failure().message});
    return host;
  }
  std::map<std::string, ScriptEntry, std::less<>> blocks;
  for (const JsonEntry& entry : entries) {
    if (entry.value.text().empty()) continue;
    auto block = std::make_shared<Block>();
    block->name = entry.key.text();
    block->directory = text::directory_of(request.path);
    parse_into(*block, entry.value.script(Dialect::kSh), host);
    blocks[entry.key.text()] = {entry.key_span, std::move(block)};
  }
  // `prebuild` runs before `build`; `prepare` is nobody's.
  const auto around = [&](const std::string& name,
                          const std::string& prefix) -> const ScriptEntry* {
    const auto found = blocks.find(prefix + name);
    return found == blocks.end() ? nullptr : &found->second;
  };
  for (const auto& [name, entry] : blocks) {
    Task task;
    task.name = name;
    task.span = entry.name;
    const ScriptEntry* before = around(name, "pre");
    const ScriptEntry* after = around(name, "post");
    if (before != nullptr) task.blocks.push_back(before->block);
    task.blocks.push_back(entry.block);
    if (after != nullptr) task.blocks.push_back(after->block);
    for (const string_view prefix : {"pre", "post"}) {
      task.called =
          task.called || (name.starts_with(prefix) && blocks.contains(name.substr(prefix.size())));
    }
    host.tasks.push_back(std::move(task));
  }
  std::sort(host.tasks.begin(), host.tasks.end(),
            [](const Task& a, const Task& b) { return a.span.begin < b.span.begin; });
  return host;
}

}  // namespace composelint::hosts
