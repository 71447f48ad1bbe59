#include "analyzer/signs/stacks/stack_deploy.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

namespace {

// The end of a path that is known: `deploy/stack.yml` of `$ROOT/../deploy/stack.yml`.
std::string_view known_tail(const Argument& word, std::size_t from) {
  if (!word.holes.empty()) from = std::max<std::size_t>(from, word.holes.back().at);
  std::string_view path = std::string_view(word.text).substr(std::min(from, word.text.size()));
  for (const std::string_view above : {"../", "./"}) {
    if (const std::size_t at = path.rfind(above); at != path.npos) {
      path.remove_prefix(at + above.size());
    }
  }
  // From the root of another machine, the name alone.
  if (path.starts_with('/')) path.remove_prefix(word.holes.empty() ? path.rfind('/') + 1 : 1);
  return path;
}

bool is_in(std::string_view path, std::string_view directory) {
  return path.substr(0, directory.size()) == directory;
}

// `stack.secrets.yaml` of `stack.secrets.sample.yaml`.
std::string without_sample_mark(std::string_view path) {
  std::string out(path);
  for (const std::string_view mark : {".dist", ".example", ".sample", ".template"}) {
    const std::size_t at = out.rfind(mark);
    if (at != out.npos && at > out.rfind('/') + 1) out.erase(at, mark.size());  // npos + 1 is 0
  }
  return out;
}

}  // namespace

bool deploys(const Step& step, std::string_view path) {
  const std::vector<Argument>& words = step.argv;
  std::size_t at = 0;
  while (at + 1 < words.size() &&
         !(words[at].is("stack") && (words[at + 1].is("deploy") || words[at + 1].is("up")))) {
    ++at;
  }
  if (at + 1 >= words.size()) return false;
  const std::string_view caller = step.span.file->path();
  const std::string_view here = caller.substr(0, caller.rfind('/') + 1);  // npos + 1 is 0
  const std::string made = without_sample_mark(path);
  const std::string_view there = path.substr(0, path.rfind('/') + 1);
  if (!is_in(path, here) && !is_in(caller, there)) return false;
  const auto reads = [&](const Argument& word, std::size_t from) {
    const std::string_view tail = known_tail(word, from);
    return tail.empty() || ("/" + made).ends_with("/" + std::string(tail));
  };
  for (std::size_t i = at + 2; i < words.size(); ++i) {
    for (const std::string_view option : {"-c", "--compose-file"}) {
      const std::string_view text = words[i].text;
      if (!text.starts_with(option)) continue;
      if (text.size() > option.size() && reads(words[i], option.size() + 1)) return true;
      if (text.size() == option.size() && i + 1 < words.size() && reads(words[i + 1], 0)) {
        return true;
      }
    }
  }
  return false;
}

bool is_deployed_to_swarm(const WorkspaceFacts& facts, const SourceFile& file) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    return std::any_of(task.timeline->steps.begin(), task.timeline->steps.end(),
                       [&](const Step& step) { return deploys(step, file.path()); });
  });
}

}  // namespace composelint
