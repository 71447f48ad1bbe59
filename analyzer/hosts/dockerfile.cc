// Dockerfiles: what a build runs, and what its image starts with.
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/hosts/dockerfile_lines.h"
#include "analyzer/hosts/json_words.h"
#include "analyzer/hosts/plain_words.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

using std::string_view;

string_view first_word(string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text.substr(0, text.find_first_of(" \t"));
}

HostText without(const HostText& text, std::size_t begin) {
  HostText out;
  out.add_part(text, begin, text.text().size());
  return out;
}

// Past `--mount=… --network=…`.
std::size_t past_flags(string_view text) {
  std::size_t at = std::min(text.find_first_not_of(" \t"), text.size());
  while (text.substr(at).starts_with("--")) {
    at = std::min(text.find_first_of(" \t", at), text.size());
    at = std::min(text.find_first_not_of(" \t", at), text.size());
  }
  return at;
}

class Reader {
 public:
  explicit Reader(const ReadRequest& request) : file_(request.file) {}

  HostFile read() {
    host_.kind = HostKind::kDockerfile;
    host_.file = &file_;
    Dockerfile dockerfile = read_dockerfile_lines(file_);
    host_.comments = std::move(dockerfile.comments);
    for (const Instruction& instruction : dockerfile.instructions) take(instruction);
    for (Task* task : {&build_, &start_, &health_}) {
      if (!task->blocks.empty()) host_.tasks.push_back(std::move(*task));
    }
    return std::move(host_);
  }

 private:
  void take(const Instruction& instruction) {
    const string_view text = instruction.text.text();
    if (instruction.name == "FROM") {
      image_ = first_word(text.substr(past_flags(text)));
      environment_ = {};
      directory_.reset();
      shell_ = {};
      start_.blocks.clear();  // the last stage is the image
      health_.blocks.clear();
    } else if (instruction.name == "SHELL") {
      set_shell(instruction.text);
    } else if (instruction.name == "WORKDIR") {
      set_directory(first_word(text));
    } else if (instruction.name == "ENV") {
      set_environment(instruction.text);
    } else if (instruction.name == "RUN") {
      run(instruction, When::kInTurn);
    } else if (instruction.name == "CMD" || instruction.name == "ENTRYPOINT") {
      start_with(instruction);
    } else if (instruction.name == "HEALTHCHECK") {
      const std::size_t at = past_flags(text);
      if (!text.substr(at).starts_with("CMD")) return;
      const HostText command = without(instruction.text, at + 3);
      name_task(health_, "healthcheck", instruction);
      add(health_, command, When::kInTurn);
    } else if (instruction.name == "ONBUILD") {
      if (first_word(text) != "RUN") return;
      Instruction inner = instruction;
      inner.text = without(instruction.text, text.find("RUN") + 3);
      run(inner, When::kMaybe);
    }
  }

  void set_shell(const HostText& text) {
    shell_ = {};
    const auto words = read_json_words(text);
    if (!words || words->empty()) return;
    static constexpr std::array<string_view, 5> kShells = {"sh", "bash", "ash", "dash", "zsh"};
    const string_view program = text::name_of(words->front().text());
    shell_.readable = std::find(kShells.begin(), kShells.end(), program) != kShells.end();
    shell_.dialect = program == "bash" ? Dialect::kBash : Dialect::kSh;
    for (const HostText& word : *words) {
      const string_view option = word.text();
      if (option == "pipefail") shell_.pipefail = true;
      const bool letters = option.size() > 1 && option[0] == '-' && option[1] != '-';
      if (letters && option.find('e') != string_view::npos) shell_.errexit = true;
    }
  }

  void set_directory(string_view path) {
    if (path.find('$') != string_view::npos || path.find('"') != string_view::npos) {
      directory_.reset();
    } else if (path.starts_with('/')) {
      directory_ = text::normalise(path);
    } else if (directory_) {
      directory_ = text::join_path(*directory_, path);
    }
  }

  // ENV A=b "C=d e", or the old form ENV A b.
  void set_environment(const HostText& text) {
    const string_view written = text.text();
    const string_view first = first_word(written);
    if (first.find('=') == string_view::npos) {
      const std::size_t at = written.find_first_not_of(" \t", first.size());
      if (at != string_view::npos) set_variable(first, without(text, at));
      return;
    }
    std::size_t at = 0;
    while (at < written.size()) {
      const std::size_t equals = written.find('=', at);
      if (equals == string_view::npos) return;
      const string_view name = written.substr(at, equals - at);
      HostText value;
      char quote = '\0';
      for (at = equals + 1; at < written.size(); ++at) {
        const char c = written[at];
        if (quote == '\0' && (c == ' ' || c == '\t')) break;
        if (quote == '\0' ? c == '"' || c == '\'' : c == quote) {
          quote = quote == '\0' ? c : '\0';
        } else {
          value.add_part(text, at, at + 1);
        }
      }
      set_variable(name, value);
      at = std::min(written.find_first_not_of(" \t", at), written.size());
    }
  }

  void set_variable(string_view name, const HostText& value) {
    const bool known = value.text().find_first_of("$\\") == std::string::npos;
    environment_.set(name, known ? value.value() : shell::Value::hole(name));
  }

  static void name_task(Task& task, string_view name, const Instruction& instruction) {
    if (!task.blocks.empty()) return;
    task.name = name;
    task.span = instruction.name_span;
  }

  void run(const Instruction& instruction, When when) {
    name_task(build_, "build", instruction);
    const string_view text = instruction.text.text();
    const std::size_t flags = past_flags(text);
    HostText command = without(instruction.text, flags);
    // `RUN <<EOF` is a script; before anything else a here-document is the shell's own.
    const bool alone = command.text().starts_with("<<") &&
                       command.text().find_first_of(" \t|;&") == std::string::npos;
    if (alone && instruction.documents.size() == 1) {
      command = instruction.documents.front().body;
    } else {
      for (const HereText& document : instruction.documents) {
        const Span end = document.last.place(0, 0);
        command.add_whole("\n", end);
        command.add(document.body);
        command.add(document.last);
      }
    }
    add(build_, command, when);
  }

  void start_with(const Instruction& instruction) {
    // CMD behind an ENTRYPOINT holds its arguments.
    const bool exec = read_json_words(instruction.text).has_value();
    if (instruction.name == "CMD" && has_entrypoint_ && exec) return;
    if (instruction.name == "ENTRYPOINT") start_.blocks.clear();
    has_entrypoint_ = instruction.name == "ENTRYPOINT" || has_entrypoint_;
    name_task(start_, "start", instruction);
    add(start_, instruction.text, When::kInTurn);
  }

  void add(Task& task, const HostText& command, When when) {
    HostText words;
    const auto exec = read_json_words(command);
    if (exec) {
      for (const HostText& word : *exec) {
        write_word(word, word.place(0, word.text().size()), words);
      }
    } else if (!shell_.readable) {
      return;
    } else {
      words = command;
    }
    if (words.text().empty()) return;
    auto block = std::make_shared<Block>();
    block->environment = environment_;
    block->directory = directory_;
    block->errexit = shell_.errexit;
    block->pipefail = shell_.pipefail;
    block->listed = exec.has_value();
    block->when = when;
    block->place = Place::kContainer;
    block->place_name = image_;
    parse_into(*block, words.script(shell_.dialect), host_);
    task.blocks.push_back(std::move(block));
  }

  struct Shell {
    bool readable = true;  // not PowerShell
    bool errexit = false;
    bool pipefail = false;
    Dialect dialect = Dialect::kSh;
  };

  const SourceFile& file_;
  HostFile host_;
  std::string image_;
  Environment environment_;
  std::optional<std::string> directory_;
  Shell shell_;
  bool has_entrypoint_ = false;
  Task build_, start_, health_;
};

}  // namespace

Match match_dockerfile(string_view path) {
  const string_view name = text::name_of(path);
  static constexpr std::array<string_view, 9> kOthers = {
      ".dockerignore", ".md", ".j2", ".erb", ".tmpl", ".sh", ".yml", ".yaml", ".py"};
  const string_view extension = text::extension_of(path);
  if (std::find(kOthers.begin(), kOthers.end(), extension) != kOthers.end()) return Match::kNo;
  for (const string_view stem : {"Dockerfile", "Containerfile"}) {
    if (!name.starts_with(stem)) continue;
    const string_view rest = name.substr(stem.size());
    if (rest.empty() || rest.front() == '.' || rest.front() == '-' || rest.front() == '_') {
      return Match::kYes;
    }
  }
  return extension == ".dockerfile" || extension == ".Dockerfile" ? Match::kYes : Match::kNo;
}

HostFile read_dockerfile(const ReadRequest& request) {
  return Reader(request).read();
}

}  // namespace composelint::hosts
