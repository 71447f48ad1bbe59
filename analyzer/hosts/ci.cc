#include "analyzer/hosts/ci.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "analyzer/text/path.h"
#include "analyzer/text/utf16.h"

namespace composelint::hosts {
namespace {

using yaml::Node;
using yaml::NodeKind;

constexpr std::size_t kMaxFiles = 50;
// Blocks that the jobs before a job may put in front of its own, and all that a file may have.
constexpr std::size_t kMaxBefore = 400;
constexpr std::size_t kMaxShared = 20'000;
constexpr int kMaxDepth = 1'000;  // jobs that wait for each other

std::string_view next_word(std::string_view& rest) {
  const std::size_t begin = rest.find_first_not_of(" \t\n");
  if (begin == std::string_view::npos) return rest = {};
  rest.remove_prefix(begin);
  const std::string_view word = rest.substr(0, rest.find_first_of(" \t\n"));
  rest.remove_prefix(word.size());
  return word;
}

class Order {
 public:
  Order(const std::vector<Job>& jobs, HostFile& host) : jobs_(jobs), host_(host) {
    for (std::size_t i = 0; i < jobs.size(); ++i) index_.emplace(jobs[i].name, i);
    state_.resize(jobs.size());
  }

  void run() {
    for (std::size_t i = 0; i < jobs_.size(); ++i) visit(i, 0);
    if (cut_) {
      host_.troubles.push_back(
          {jobs_.front().span, "too many jobs wait for each other: some are left out"});
    }
  }

 private:
  struct State {
    bool entered = false;
    bool done = false;
    std::vector<std::shared_ptr<const Block>> blocks;  // with those before
  };

  // A cycle, which no system accepts, is cut where it is found.
  void visit(std::size_t i, int depth) {
    State& state = state_[i];
    cut_ = cut_ || depth > kMaxDepth;
    if (state.entered || depth > kMaxDepth) return;
    state.entered = true;
    const Job& job = jobs_[i];
    std::set<const Block*> seen;
    for (const std::string& need : job.needs) {
      const auto found = index_.find(need);
      if (found == index_.end()) continue;
      visit(found->second, depth + 1);
      if (!state_[found->second].done) continue;
      for (const auto& block : state_[found->second].blocks) {
        if (!seen.insert(block.get()).second) continue;
        if (state.blocks.size() >= kMaxBefore || shared_ >= kMaxShared) {
          cut_ = true;
          break;
        }
        state.blocks.push_back(block);
        ++shared_;
      }
    }
    const std::size_t needed = state.blocks.size();
    const bool anyway = job.anyway && needed > 0;
    for (const auto& block : job.blocks) {
      if (!anyway || block->when != When::kInTurn) {
        state.blocks.push_back(block);
        continue;
      }
      Block copy = *block;
      copy.when = When::kAnyway;
      state.blocks.push_back(std::make_shared<const Block>(std::move(copy)));
    }
    state.done = true;
    if (job.blocks.empty()) return;
    Task task;
    task.name = job.name;
    task.span = job.span;
    task.blocks = state.blocks;
    task.needed = needed;
    task.new_machine = job.new_machine;
    task.context = job.context;
    task.context_cue = job.context_cue;
    host_.tasks.push_back(std::move(task));
  }

  const std::vector<Job>& jobs_;
  HostFile& host_;
  std::map<std::string_view, std::size_t> index_;
  std::vector<State> state_;
  std::size_t shared_ = 0;
  bool cut_ = false;
};

}  // namespace

std::vector<const Node*> CiFiles::own() {
  Result<yaml::Stream> parsed = yaml::parse(request_.file, yaml::of_other_readers());
  if (!parsed) {
    host_.troubles.push_back({parsed.failure().span, parsed.failure().message});
    return {};
  }
  streams_.push_back(std::move(*parsed));
  return streams_.back().documents();
}

std::vector<const Node*> CiFiles::open(const std::string& path) {
  const auto found = opened_.find(path);
  if (found != opened_.end()) return streams_[found->second].documents();
  if (!request_.open || opened_.size() >= kMaxFiles) return {};
  const SourceFile* file = request_.open(path);
  if (file == nullptr) return {};
  Result<yaml::Stream> parsed = yaml::parse(*file, yaml::of_other_readers());
  if (!parsed) return {};
  opened_.emplace(path, streams_.size());
  streams_.push_back(std::move(*parsed));
  return streams_.back().documents();
}

bool may_run_docker(const SourceFile& file) {
  const std::string_view bytes = file.bytes();
  // The YAML reader says that it does not read this.
  if (text::is_utf16(bytes)) return true;
  // Scripts and recipes of the repository may, whatever the file itself speaks of.
  static constexpr std::array<std::string_view, 8> kWords = {
      "docker", "compose", "COMPOSE", ".sh", "make ", "just ", "bin/", "scripts/"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return bytes.find(word) != std::string_view::npos;
  });
}

bool is_yaml_path(std::string_view path) {
  const std::string_view extension = text::extension_of(path);
  return extension == ".yml" || extension == ".yaml";
}

ShellChoice read_shell(std::string_view rest) {
  constexpr std::array<std::string_view, 6> kShells = {"bash", "sh", "dash", "ash", "ksh", "zsh"};
  ShellChoice out;
  std::string_view program = text::name_of(next_word(rest));
  if (program == "env") program = text::name_of(next_word(rest));
  out.readable = std::find(kShells.begin(), kShells.end(), program) != kShells.end();
  out.windows = program == "pwsh" || program == "powershell" || program == "cmd";
  if (program != "bash" && program != "zsh") out.dialect = Dialect::kSh;
  for (std::string_view word = next_word(rest); !word.empty(); word = next_word(rest)) {
    if (word == "pipefail") out.pipefail = true;
    if (word.size() > 1 && word[0] == '-' && word[1] != '-') {
      out.errexit = out.errexit || word.find('e') != std::string_view::npos;
    }
    if (word == "errexit") out.errexit = true;
  }
  return out;
}

std::optional<std::string> directory_in(const std::optional<std::string>& root,
                                        const HostText& written) {
  const std::optional<std::string> known = written.known();
  if (!known || known->starts_with('~') || known->find('$') != std::string::npos) {
    return std::nullopt;
  }
  if (text::is_absolute(*known)) return text::normalise(*known);
  if (!root) return std::nullopt;
  return text::join_path(*root, *known);
}

HostText join_commands(const std::vector<HostText>& commands) {
  HostText out;
  for (const HostText& command : commands) {
    if (command.text().empty() || (out.file() != nullptr && command.file() != out.file())) continue;
    if (!out.text().empty()) {
      const Span last = out.place(out.text().size(), out.text().size());
      out.add_whole("\n", last);
    }
    out.add(command);
  }
  return out;
}

std::shared_ptr<const Block> make_block(Block block, const HostText& text, const ShellChoice& shell,
                                        const Variables& variables, HostFile& host) {
  block.errexit = shell.errexit;
  block.pipefail = shell.pipefail;
  block.environment = variables.environment();
  parse_into(block, text.script(shell.dialect), host);
  return std::make_shared<const Block>(std::move(block));
}

void set_deployment(Job& job, std::string_view environment) {
  constexpr std::array<std::string_view, 3> kInUse = {"prod", "live", "staging"};
  std::string lower(environment);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (lower.find("nonprod") != std::string::npos || lower.find("non-prod") != std::string::npos) {
    return;
  }
  if (std::none_of(kInUse.begin(), kInUse.end(),
                   [&](std::string_view word) { return lower.find(word) != std::string::npos; })) {
    return;
  }
  job.context = Context::kOps;
  job.context_cue = "it deploys to " + std::string(environment);
}

void add_jobs(const std::vector<Job>& jobs, HostFile& host) {
  Order(jobs, host).run();
}

}  // namespace composelint::hosts
