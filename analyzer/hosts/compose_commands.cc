// What a compose file itself starts in its containers.
#include <composelint/variable_name.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "analyzer/hosts/plain_words.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/hosts/yaml_nodes.h"

namespace composelint::hosts {
namespace {

using std::string_view;
using yaml::Node;

// `$$` is a dollar; other variables are Compose's own.
HostText text_in(const Node& node) {
  const HostText written = scalar_text(node);
  const string_view text = written.text();
  HostText out;
  std::size_t copied = 0;
  for (std::size_t at = text.find('$'); at != string_view::npos; at = text.find('$', at)) {
    out.add_part(written, copied, at);
    copied = at + 1;
    if (text.substr(at).starts_with("$$")) {
      out.add_part(written, at, at + 1);
      copied = at + 2;
    } else if (text.substr(at).starts_with("${")) {
      const std::size_t end = std::min(text.find('}', at), text.size() - 1);
      out.add_foreign(text.substr(at + 2, end - std::min(end, at + 2)), node.span);
      copied = end + 1;
    } else {
      copied += leading_name(text.substr(copied)).size();
      out.add_foreign(text.substr(at + 1, copied - at - 1), node.span);
    }
    at = copied;
  }
  out.add_part(written, copied, text.size());
  return out;
}

class Reader {
 public:
  explicit Reader(const SourceFile& file) {
    host_.kind = HostKind::kComposeCommands;
    host_.file = &file;
  }

  HostFile read() {
    // What does not parse is told where the project is loaded.
    const Result<yaml::Stream> stream = yaml::parse(*host_.file);
    if (!stream) return std::move(host_);
    for (const Node* document : stream->documents()) {
      const Node* services = value_of(*document, "services");
      if (services == nullptr) continue;
      for (const yaml::Entry& entry : entries_of(*services)) {
        take_service(entry.key->text, entry.value->resolved());
      }
    }
    return std::move(host_);
  }

 private:
  void take_service(string_view name, const Node& service) {
    service_ = name;
    const Node* entrypoint = value_of(service, "entrypoint");
    if (entrypoint != nullptr) take_command("entrypoint", *entrypoint);
    // Behind an entrypoint a command holds arguments.
    const Node* command = value_of(service, "command");
    if (command != nullptr && entrypoint == nullptr) take_command("command", *command);
    if (const Node* check = value_of(service, "healthcheck")) {
      if (const Node* test = value_of(*check, "test")) take_test(*test);
    }
    for (const string_view hook : {"post_start", "pre_stop"}) {
      const Node* hooks = value_of(service, hook);
      if (hooks == nullptr) continue;
      for (const Node* item : items_of(*hooks)) {
        if (const Node* run = value_of(*item, "command")) take_command(hook, *run);
      }
    }
  }

  void take_command(string_view kind, const Node& command) {
    HostText words;
    if (command.kind == yaml::NodeKind::kScalar) {
      write_words(text_in(command), words);
    } else {
      for (const Node* word : items_of(command)) write_word(text_in(*word), word->span, words);
    }
    add(kind, words, command.span);
  }

  void take_test(const Node& test) {
    if (test.kind == yaml::NodeKind::kScalar) return add("healthcheck", text_in(test), test.span);
    const std::vector<const Node*> items = items_of(test);
    if (items.size() < 2) return;
    if (items.front()->text == "CMD-SHELL") {
      return add("healthcheck", text_in(*items[1]), test.span);
    }
    if (items.front()->text != "CMD") return;
    HostText words;
    for (std::size_t i = 1; i < items.size(); ++i) {
      write_word(text_in(*items[i]), items[i]->span, words);
    }
    add("healthcheck", words, test.span);
  }

  void add(string_view kind, const HostText& command, const Span& span) {
    if (command.text().empty()) return;
    auto block = std::make_shared<Block>();
    block->directory.reset();
    block->place = Place::kContainer;
    block->place_name = service_;
    HostFile parsed;  // a command that is no shell is no trouble here
    parse_into(*block, command.script(Dialect::kSh), parsed);
    Task task;
    task.name = service_ + " " + std::string(kind);
    task.span = span;
    task.blocks.push_back(std::move(block));
    host_.tasks.push_back(std::move(task));
  }

  HostFile host_;
  std::string service_;
};

}  // namespace

Match match_compose_commands(string_view) {
  return Match::kNo;  // it is a compose file first, and asked for what it starts by its kind
}

HostFile read_compose_commands(const ReadRequest& request) {
  const string_view text = request.file.bytes();
  if (text.find("docker compose") == string_view::npos &&
      text.find("docker-compose") == string_view::npos) {
    HostFile none;
    none.kind = HostKind::kComposeCommands;
    none.file = &request.file;
    return none;
  }
  return Reader(request.file).read();
}

}  // namespace composelint::hosts
