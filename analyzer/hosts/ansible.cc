// Playbooks and task files of Ansible: what shell and command tasks run on the hosts of a play.
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/hosts/plain_words.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/hosts/yaml_nodes.h"
#include "analyzer/text/path.h"
#include "analyzer/yaml/comments.h"

namespace composelint::hosts {
namespace {

using std::string_view;
using yaml::Node;

constexpr int kMaxDepth = 12;  // blocks inside each other

// What a task inherits from the play and the blocks around it.
struct Around {
  Place place = Place::kRemote;
  std::string place_name;
  Environment environment;
  When when = When::kInTurn;
  bool failure_ignored = false;
  std::vector<std::uint32_t> caught_by;
};

bool is_local(string_view name) {
  return name == "localhost" || name == "127.0.0.1";
}

HostText text_in(const Node& node) {
  return fill_in(fill_in(scalar_text(node), kJinjaExpression), {"{%", "%}"});
}

// The first word of `text` from `at` on, quotes kept together.
std::size_t word_end(string_view text, std::size_t at) {
  char quote = '\0';
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote == '\0' && (c == ' ' || c == '\n' || c == '\t')) break;
    if (quote == '\0' ? c == '"' || c == '\'' : c == quote) quote = quote == '\0' ? c : '\0';
  }
  return at;
}

// `chdir=/srv creates=x docker compose up`: what belongs to the module and not to the command.
bool is_module_argument(string_view word) {
  static constexpr std::array<string_view, 5> kNames = {
      "chdir=", "creates=", "removes=", "executable=", "warn="};
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](string_view name) { return word.starts_with(name); });
}

class Reader {
 public:
  explicit Reader(const SourceFile& file) { host_.file = &file; }

  HostFile read() {
    host_.kind = HostKind::kAnsible;
    const Result<yaml::Stream> stream = yaml::parse(*host_.file, yaml::of_other_readers());
    if (!stream) {
      host_.troubles.push_back({stream.failure().span, stream.failure().message});
      return std::move(host_);
    }
    host_.comments = yaml::comments(*host_.file);
    for (const Node* document : stream->documents()) {
      if (document->kind == yaml::NodeKind::kSequence) take_document(*document);
    }
    return std::move(host_);
  }

 private:
  void take_document(const Node& document) {
    Task loose;  // a file of tasks
    loose.span = {host_.file, document.span.begin, document.span.begin};
    for (const Node* item : document.items) {
      const Node& node = item->resolved();
      if (value_of(node, "hosts") != nullptr) {
        take_play(node);
      } else {
        take_task(node, Around(), loose, 0);
      }
    }
    if (!loose.blocks.empty()) host_.tasks.push_back(std::move(loose));
  }

  void take_play(const Node& play) {
    Around around;
    const Node& hosts = *value_of(play, "hosts");
    const HostText name = text_in(hosts);
    around.place_name = name.known().value_or("");
    if (is_local(around.place_name) || text_of(&play, "connection") == "local") {
      around.place = Place::kHost;
      around.place_name.clear();
    }
    set_environment(play, around);
    Task task;
    task.name = text_of(&play, "name");
    task.span = hosts.span;
    for (const string_view part : {"pre_tasks", "tasks", "post_tasks"}) {
      if (const Node* tasks = value_of(play, part)) take_tasks(*tasks, around, task, 0);
    }
    if (const Node* handlers = value_of(play, "handlers")) {
      around.when = When::kMaybe;
      take_tasks(*handlers, around, task, 0);
    }
    if (!task.blocks.empty()) host_.tasks.push_back(std::move(task));
  }

  void take_tasks(const Node& tasks, const Around& around, Task& into, int depth) {
    if (depth > kMaxDepth) return;
    for (const Node* task : items_of(tasks)) take_task(*task, around, into, depth);
  }

  void take_task(const Node& task, Around around, Task& into, int depth) {
    if (task.kind != yaml::NodeKind::kMapping) return;
    if (value_of(task, "when") != nullptr && around.when == When::kInTurn) {
      around.when = When::kMaybe;
    }
    if (is_true(value_of(task, "ignore_errors")) || text_of(&task, "failed_when") == "false") {
      around.failure_ignored = true;
    }
    if (const Node* other = value_of(task, "delegate_to")) {
      const std::string name = text_in(*other).known().value_or("");
      around.place = is_local(name) ? Place::kHost : Place::kRemote;
      around.place_name = is_local(name) ? "" : name;
    }
    if (text_of(&task, "connection") == "local") around.place = Place::kHost;
    set_environment(task, around);
    if (const Node* block = value_of(task, "block")) {
      Around inside = around;
      if (value_of(task, "rescue") != nullptr) inside.caught_by.push_back(++groups_);
      take_tasks(*block, inside, into, depth + 1);
      take_rest(task, "rescue", When::kOnFailure, around, into, depth);
      take_rest(task, "always", When::kAnyway, around, into, depth);
      return;
    }
    take_module(task, around, into);
  }

  void take_rest(const Node& task, string_view key, When when, Around around, Task& into,
                 int depth) {
    const Node* tasks = value_of(task, key);
    if (tasks == nullptr) return;
    if (around.when == When::kInTurn) around.when = when;
    take_tasks(*tasks, around, into, depth + 1);
  }

  static void set_environment(const Node& node, Around& around) {
    const Node* environment = value_of(node, "environment");
    if (environment == nullptr) return;
    for (const yaml::Entry& entry : entries_of(*environment)) {
      around.environment.set(entry.key->text, text_in(*entry.value).value());
    }
  }

  void take_module(const Node& task, const Around& around, Task& into) {
    for (const yaml::Entry& entry : task.entries) {
      string_view module = entry.key->text;
      for (const string_view prefix : {"ansible.builtin.", "ansible.legacy."}) {
        if (module.starts_with(prefix)) module.remove_prefix(prefix.size());
      }
      const bool shell = module == "shell" || module == "raw";
      if (module == "cron") add_cron_job(task, entry.value->resolved(), around, into);
      if (!shell && module != "command") continue;
      add(task, entry.value->resolved(), shell, around, into);
    }
  }

  void add(const Node& task, const Node& module, bool shell, const Around& around, Task& into) {
    const Node* arguments =
        module.kind == yaml::NodeKind::kMapping ? &module : value_of(task, "args");
    std::optional<HostText> directory;
    if (const Node* chdir = value_of(arguments, "chdir")) directory = text_in(*chdir);
    HostText command;
    bool listed = false;
    if (module.kind == yaml::NodeKind::kScalar) {
      command = without_arguments(text_in(module), directory, shell);
    } else if (const Node* text = value_of(module, "cmd")) {
      command = text_in(*text);
    } else if (const Node* words = value_of(module, "argv")) {
      for (const Node* word : items_of(*words)) write_word(text_in(*word), word->span, command);
      listed = true;
    }
    if (!shell && !listed) {
      HostText words;
      write_words(command, words);
      command = std::move(words);
    }
    if (command.text().empty()) return;
    if (value_of(task, "until") != nullptr) command = asked_again(command, module.span);
    auto block = std::make_shared<Block>();
    block->name = text_of(&task, "name");
    block->environment = around.environment;
    block->failure_ignored = around.failure_ignored;
    block->caught_by = around.caught_by;
    block->listed = listed;
    block->when = around.when;
    block->place = around.place;
    block->place_name = around.place_name;
    set_directory(directory, *block);
    const bool bash = text_of(arguments, "executable").ends_with("bash");
    parse_into(*block, command.script(bash ? Dialect::kBash : Dialect::kSh), host_);
    into.blocks.push_back(std::move(block));
  }

  // `until:` has it done again till the condition holds, and the play ends where it never does.
  static HostText asked_again(const HostText& command, const Span& place) {
    HostText loop;
    loop.add_whole("until ", {place.file, place.begin, place.begin});
    loop.add(command);
    loop.add_whole("\ndo\nsleep 5\ndone\n", {place.file, place.end, place.end});
    return loop;
  }

  // A job that the task leaves in a table: it runs in its time, in the user's home.
  void add_cron_job(const Node& task, const Node& module, const Around& around, Task& into) {
    const Node* job = value_of(module, "job");
    if (job == nullptr || job->kind != yaml::NodeKind::kScalar) return;
    auto block = std::make_shared<Block>();
    block->name = text_of(&task, "name");
    block->failure_ignored = true;
    block->when = When::kMaybe;
    block->place = around.place;
    block->place_name = around.place_name;
    block->directory.reset();
    block->why_no_directory = "cron starts it in a home directory";
    parse_into(*block, text_in(*job).script(Dialect::kSh), host_);
    into.blocks.push_back(std::move(block));
  }

  // Elsewhere a directory that is not given is the user's home.
  static void set_directory(const std::optional<HostText>& directory, Block& block) {
    if (!directory) {
      if (block.place == Place::kRemote) block.directory.reset();
      return;
    }
    block.directory = directory->known();
    if (block.directory && !block.directory->starts_with('/') && block.place == Place::kRemote) {
      block.directory.reset();
    }
  }

  // A lone `\` at a line's end joins the lines: Ansible throws it away before anything reads the
  // words (split_args), and the shell would have done so itself.
  static HostText without_arguments(const HostText& written, std::optional<HostText>& directory,
                                    bool shell) {
    const string_view text = written.text();
    HostText command;
    std::size_t copied = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = word_end(text, at);
      const string_view word = text.substr(at, end - at);
      const bool joins = !shell && word == "\\" && end < text.size() && text[end] == '\n';
      if (joins || is_module_argument(word)) {
        if (word.starts_with("chdir=")) {
          directory.emplace();
          directory->add_part(written, at + 6, end);
        }
        command.add_part(written, copied, at);
        copied = end;
      }
      at = end + 1;
    }
    command.add_part(written, copied, text.size());
    return command;
  }

  HostFile host_;
  std::uint32_t groups_ = 0;
};

}  // namespace

Match match_ansible(string_view path) {
  const string_view extension = text::extension_of(path);
  return extension == ".yml" || extension == ".yaml" ? Match::kPerhaps : Match::kNo;
}

// A list whose items have modules or hosts.
bool recognise_ansible(string_view head) {
  static constexpr std::array<string_view, 4> kModules = {"shell:", "command:", "raw:", "cron:"};
  const bool any = std::any_of(kModules.begin(), kModules.end(), [&](string_view module) {
    return head.find(module) != string_view::npos;
  });
  if (!any) return false;
  static constexpr std::array<string_view, 8> kFirst = {
      "name:", "hosts:", "shell:", "command:", "block:", "import_playbook:", "ansible.", "become:"};
  while (!head.empty()) {
    string_view line = head.substr(0, head.find('\n'));
    head.remove_prefix(std::min(line.size() + 1, head.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.empty() || line == "\r" || line.front() == '#' || line.starts_with("---")) continue;
    if (!line.starts_with("- ")) return false;
    line.remove_prefix(std::min(line.find_first_not_of(" \t", 2), line.size()));
    return std::any_of(kFirst.begin(), kFirst.end(),
                       [&](string_view key) { return line.starts_with(key); });
  }
  return false;
}

HostFile read_ansible(const ReadRequest& request) {
  return Reader(request.file).read();
}

}  // namespace composelint::hosts
