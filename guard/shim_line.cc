#include "guard/shim_line.h"

#include <algorithm>
#include <string>
#include <vector>

#include "analyzer/calls/command_line.h"
#include "analyzer/calls/task.h"
#include "analyzer/knowledge/wrappers.h"
#include "guard/command.h"
#include "guard/plain_docker.h"

namespace composelint::guard {

namespace {

std::vector<Argument> arguments_of(std::string_view name, std::span<const std::string_view> words) {
  std::vector<Argument> arguments(words.size() + 1);
  arguments[0].text = name;
  for (std::size_t at = 0; at < words.size(); ++at) arguments[at + 1].text = words[at];
  return arguments;
}

bool only_asks(const ComposeInvocation& call) {
  const OptionUse* version = call.global_option("--version");
  return call.has("--help") || call.has("--dry-run") || version != nullptr ||
         call.global_option("--help") != nullptr || call.global_option("--dry-run") != nullptr;
}

ShimWay way_of_compose(std::span<const Argument> argv) {
  const auto start = calls::find_compose(argv);
  if (!start) return ShimWay::kPass;
  ComposeInvocation call = calls::read_command_line(argv, *start, {});
  if (start->opaque || call.opaque_global) return ShimWay::kGuard;
  // What runs in a container is judged with the vocabulary of the configuration, which may know
  // more of it.
  if (call.is("run") || call.is("exec")) {
    return only_asks(call) ? ShimWay::kPass : ShimWay::kGuard;
  }
  calls::judge(call);
  return business_of(call) == Business::kNone ? ShimWay::kPass : ShimWay::kGuard;
}

}  // namespace

ShimWay way_of(std::string_view name, std::span<const std::string_view> words) {
  // By far the most: `docker ps`, `docker build .`.
  const bool mentions = std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return word == "compose" || word.ends_with("docker-compose");
  });
  if (!mentions && name != "docker-compose") {
    // What may reach a protected project: whether it does is not told by its words.
    const bool verb = std::any_of(words.begin(), words.end(), [](std::string_view word) {
      return word == "exec" || word == "rm" || word == "remove";
    });
    return verb && reaches_by_plain_docker(arguments_of(name, words)) ? ShimWay::kGuard
                                                                      : ShimWay::kPass;
  }
  const std::vector<Argument> arguments = arguments_of(name, words);
  std::span<const Argument> argv = arguments;
  while (const auto wrapper = knowledge::unwrap_once(argv)) {
    if (!wrapper->why_not.empty() || wrapper->script != nullptr || wrapper->joins_rest ||
        wrapper->place != knowledge::Place::kHere || wrapper->rest >= argv.size()) {
      return ShimWay::kPass;
    }
    argv = argv.subspan(wrapper->rest);
  }
  return way_of_compose(argv);
}

}  // namespace composelint::guard
