// Hooks of pre-commit that a repository defines itself. They are started without a shell.
#include <memory>
#include <string>
#include <utility>

#include "analyzer/hosts/plain_words.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/hosts/yaml_nodes.h"
#include "analyzer/text/path.h"
#include "analyzer/yaml/comments.h"

namespace composelint::hosts {
namespace {

using std::string_view;

void take_hook(const yaml::Node& hook, const std::string& directory, HostFile& host) {
  const string_view language = text_of(&hook, "language");
  if (language != "system" && language != "script" && language != "unsupported" &&
      language != "unsupported_script") {
    return;
  }
  const yaml::Node* entry = value_of(hook, "entry");
  if (entry == nullptr) return;
  HostText words;
  write_words(scalar_text(*entry), words);
  if (words.text().empty()) return;
  if (const yaml::Node* arguments = value_of(hook, "args")) {
    for (const yaml::Node* item : items_of(*arguments)) {
      write_word(scalar_text(*item), item->span, words);
    }
  }
  auto block = std::make_shared<Block>();
  block->directory = directory;
  parse_into(*block, words.script(Dialect::kSh), host);
  Task task;
  task.name = text_of(&hook, "id");
  task.span = hook.span;
  if (const yaml::Node* id = value_of(hook, "id")) task.span = id->span;
  task.blocks.push_back(std::move(block));
  host.tasks.push_back(std::move(task));
}

}  // namespace

Match match_pre_commit(string_view path) {
  const string_view name = text::name_of(path);
  return name == ".pre-commit-config.yaml" || name == ".pre-commit-config.yml" ? Match::kYes
                                                                               : Match::kNo;
}

HostFile read_pre_commit(const ReadRequest& request) {
  HostFile host;
  host.kind = HostKind::kPreCommit;
  host.file = &request.file;
  const Result<yaml::Stream> stream = yaml::parse(request.file, yaml::of_other_readers());
  if (!stream) {
    host.troubles.push_back({stream.failure().span, stream.failure().message});
    return host;
  }
  host.comments = yaml::comments(request.file);
  if (stream->documents().empty()) return host;
  const yaml::Node* repositories = value_of(*stream->documents().front(), "repos");
  if (repositories == nullptr) return host;
  for (const yaml::Node* repository : items_of(*repositories)) {
    const yaml::Node* hooks = value_of(*repository, "hooks");
    if (text_of(repository, "repo") != "local" || hooks == nullptr) continue;
    for (const yaml::Node* hook : items_of(*hooks)) {
      take_hook(*hook, text::directory_of(request.path), host);
    }
  }
  return host;
}

}  // namespace composelint::hosts
