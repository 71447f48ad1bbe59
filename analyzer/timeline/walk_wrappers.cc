#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/calls/command_line.h"
#include "analyzer/calls/unknown_wrapper.h"
#include "analyzer/knowledge/docker_cli.h"
#include "analyzer/knowledge/runners.h"
#include "analyzer/knowledge/wrappers.h"
#include "analyzer/text/path.h"
#include "analyzer/timeline/walker.h"
#include "analyzer/timeline/words.h"

namespace composelint::timeline {

namespace {

// What feeds the command of `find -exec … \;` and `parallel … ::: list` is no word of it.
void cut_list(std::string_view wrapper, std::vector<Argument>& argv) {
  const auto ends = [&](const Argument& word) {
    if (wrapper == "find") return word.is(";") || word.is("+");
    return word.is(":::") || word.is("::::") || word.is(":::+");
  };
  if (wrapper != "find" && wrapper != "parallel") return;
  argv.erase(std::find_if(argv.begin(), argv.end(), ends), argv.end());
}

// What stands for a word that is fed: `{}`, or what `xargs -I` names; empty: nothing does.
std::string placeholder(std::string_view wrapper, std::span<const Argument> options) {
  if (wrapper == "find" || wrapper == "parallel") return "{}";
  if (wrapper != "xargs") return "";
  std::string found;
  for (std::size_t i = 0; i < options.size(); ++i) {
    const std::string& word = options[i].text;
    if (word == "-i" || word == "--replace") found = "{}";
    if (word == "-I" && i + 1 < options.size()) found = options[i + 1].text;
    if (word.size() > 2 && word.starts_with("-I")) found = word.substr(2);
    if (word.starts_with("--replace=")) found = word.substr(word.find('=') + 1);
  }
  return found;
}

// Each of them, between what is not known anyway.
void open_placeholders(const std::string& sign, std::span<Argument> argv) {
  if (sign.empty()) return;
  for (Argument& word : argv) {
    for (std::size_t at = word.text.find(sign); at != std::string::npos;
         at = word.text.find(sign, at)) {
      word.text.erase(at, sign.size());
      auto later = word.holes.begin();
      while (later != word.holes.end() && later->at <= at) ++later;
      later = word.holes.insert(later, {static_cast<std::uint32_t>(at), sign});
      while (++later != word.holes.end()) later->at -= static_cast<std::uint32_t>(sign.size());
      word.runs.clear();
    }
  }
}

// In the other ways that a variable of the same line gives it, too.
std::vector<shell::Expansion> opened(std::vector<shell::Expansion> ways, std::size_t first,
                                     const std::string& sign) {
  for (shell::Expansion& way : ways) {
    if (first < way.arguments.size())
      open_placeholders(sign, std::span(way.arguments).subspan(first));
  }
  return ways;
}

// A prefix that may be empty, `$SUDO docker compose up`: sudo or nothing.
bool is_unknown_prefix(const std::vector<Argument>& argv) {
  return argv.size() > 2 && argv[0].text.empty() && argv[0].holes.size() == 1 &&
         calls::find_compose(argv) == std::nullopt &&
         calls::find_compose(std::span(argv).subspan(1)) && argv[1].known();
}

// `ssh host`, `docker-machine ssh host`: a login shell that reads what comes in.
void make_login_shell(std::vector<Argument>& argv, std::optional<knowledge::Unwrapped>& wrapper) {
  if (wrapper && wrapper->rest < argv.size()) return;
  std::vector<Argument> longer = argv;
  longer.push_back({});
  longer.back().text = "sh";
  longer.back().span = argv.front().span;
  auto remote = knowledge::unwrap_once(longer);
  if (!remote || remote->place != knowledge::Place::kRemote || remote->rest != argv.size()) return;
  argv = std::move(longer);
  wrapper = std::move(remote);
}

}  // namespace

void Walker::walk_argv(std::vector<Argument> argv, const Command& command,
                       const Surroundings& around, const std::vector<shell::Expansion>& written) {
  std::vector<shell::Expansion> others = written;
  std::optional<shell::Scope> outside;  // before `env NAME=VALUE` changed it
  bool replaces = false;                // exec
  bool reads_input = false;             // xargs: what it starts has /dev/null there
  const auto leave = [&] {
    if (outside) state_.scope = std::move(*outside);
    if (replaces) state_.ended = Ended::kExit;
  };
  std::size_t removed = 0;
  for (int layers = 0; layers < 8 && !argv.empty(); ++layers) {
    if (call_function(argv, command, around)) return leave();
    if (walk_fed_shell(argv, command, around)) return leave();
    if (walk_side_by_side(argv, command, around)) return leave();
    if (is_unknown_prefix(argv)) {
      argv.erase(argv.begin());
      ++removed;
      continue;
    }
    auto wrapper = knowledge::unwrap_once(argv);
    const bool feeds = around.fed != nullptr || around.fed_by != nullptr || around.fed_text;
    if (feeds && (!wrapper || wrapper->place == knowledge::Place::kRemote)) {
      make_login_shell(argv, wrapper);
    }
    if (!wrapper || !wrapper->why_not.empty()) break;
    if (wrapper->place == knowledge::Place::kRemote) {
      if (walk_remote(argv, removed, *wrapper, command, around, others)) return leave();
      break;
    }
    if (wrapper->place == knowledge::Place::kContainer) break;
    if (wrapper->script != nullptr || wrapper->joins_rest) {
      if (walk_wrapped_text(argv, removed, *wrapper, command, around, others)) return leave();
      break;
    }
    if (wrapper->rest == 0 || wrapper->rest >= argv.size()) break;
    replaces = replaces || wrapper->wrapper == "exec";
    reads_input = reads_input || wrapper->wrapper == "xargs";
    for (std::size_t i = 1; i < wrapper->rest; ++i) {
      const std::size_t equals = argv[i].text.find('=');
      if (equals == std::string::npos || argv[i].text[0] == '-' || !argv[i].known()) continue;
      if (!outside) outside = state_.scope;
      const std::string name = argv[i].text.substr(0, equals);
      state_.scope.set(name, shell::Value::scalar(shell::known(argv[i].text.substr(equals + 1))));
      state_.scope.set_exported(name);
    }
    removed += wrapper->rest;
    const std::string sign =
        placeholder(wrapper->wrapper, std::span(argv).subspan(1, wrapper->rest - 1));
    argv.erase(argv.begin(), argv.begin() + static_cast<std::ptrdiff_t>(wrapper->rest));
    cut_list(wrapper->wrapper, argv);
    open_placeholders(sign, argv);
    if (!sign.empty()) others = opened(std::move(others), removed, sign);
  }
  Surroundings inside = around;
  if (reads_input) inside.in = {StreamKind::kNull, {}, {}};
  if (!argv.empty() && !walk_wrapped(argv, command, inside)) {
    const std::size_t step = timeline_.steps.size();
    add_step(std::move(argv), command, inside, others);
    // At a bound there is no step, and nothing behind it is walked.
    if (step < timeline_.steps.size()) walk_behind(step, command, inside);
  }
  leave();
}

// `concurrently "docker compose logs -f" "npm start"`: a shell a word. They run at once, and the
// order of the words is one in which they may.
bool Walker::walk_side_by_side(const std::vector<Argument>& argv, const Command& command,
                               const Surroundings& around) {
  const std::vector<std::size_t> texts = knowledge::command_words(argv);
  for (const std::size_t at : texts) walk_text(argv[at], command.span, {}, around);
  return !texts.empty();
}

// `step "migrating" docker compose …`, where nothing in sight says what `step` is.
bool Walker::walk_wrapped(const std::vector<Argument>& argv, const Command& command,
                          const Surroundings& around) {
  const auto wrapped = calls::find_wrapped(argv);
  if (!wrapped || calls::find_compose(argv)) return false;
  const std::size_t first = timeline_.steps.size();
  if (wrapped->text) {
    walk_text(argv[wrapped->at], command.span, {state_.errexit, state_.pipefail, false, {}},
              around);
  } else {
    add_step({argv.begin() + static_cast<std::ptrdiff_t>(wrapped->at), argv.end()}, command, around,
             {});
  }
  for (std::size_t i = first; i < timeline_.steps.size(); ++i) {
    if (timeline_.steps[i].call) timeline_.steps[i].call->resolved_by = ResolvedBy::kWrapper;
  }
  return first < timeline_.steps.size();
}

namespace {

// `make migrate-db`, whose recipe is `docker compose run --rm app ./do-it`: what the target is
// called tells of the one command in it that nothing else tells of.
void take_the_targets_word(Timeline& timeline, std::size_t target) {
  if (timeline.steps[target].effect != Effect::kMigrates) return;
  Step* found = nullptr;
  for (std::size_t i = target + 1; i < timeline.steps.size(); ++i) {
    Step& step = timeline.steps[i];
    if (step.effect == Effect::kMigrates) return;
    const bool inside = step.call ? !step.call->inner.empty() && !step.call->opaque_options
                                  : step.docker && !step.docker->inner.empty();
    if (!inside || step.effect != Effect::kUnknown || step.role != Role::kNone) continue;
    if (found != nullptr) return;
    found = &step;
  }
  if (found == nullptr) return;
  found->effect = Effect::kMigrates;
  found->effect_name = timeline.steps[target].effect_name;
  if (!found->call) return;
  found->call->effect = found->effect;
  found->call->effect_name = found->effect_name;
}

}  // namespace

// What a step starts, where that can be read.
void Walker::walk_behind(std::size_t index, const Command& command, const Surroundings& around) {
  const Step& step = timeline_.steps[index];
  if (const auto& call = step.call) {
    const bool inside = !call->inner.empty() && !call->services.empty();
    if (inside && mentions(call->inner, "compose")) {
      const std::vector<Argument> inner = call->inner;  // steps grow on the way
      walk_in_container(inner, shown(call->services.front()), command, around);
    }
    return;
  }
  const std::vector<Argument> words = step.argv;
  if (run_script(words, command, around)) {
    timeline_.steps[index].followed = true;
    return;
  }
  if (run_tasks(words, command, around)) {
    timeline_.steps[index].followed = true;
    take_the_targets_word(timeline_, index);
    return;
  }
  const auto docker = knowledge::read_docker(words);
  if (!docker || docker->opaque || docker->inner >= words.size() || docker->operands.empty()) {
    return;
  }
  const std::vector<Argument> inner(words.begin() + static_cast<std::ptrdiff_t>(docker->inner),
                                    words.end());
  if (!mentions(inner, "compose")) return;
  walk_in_container(inner, shown(words[docker->operands.front()]), command, around);
}

}  // namespace composelint::timeline
