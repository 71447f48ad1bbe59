#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "analyzer/shell/parser.h"
#include "analyzer/text/path.h"
#include "analyzer/timeline/walker.h"
#include "analyzer/timeline/words.h"

namespace composelint::timeline {

namespace {

bool is_shell(const Argument& word) {
  static constexpr std::array<std::string_view, 6> kShells = {"ash", "bash", "dash",
                                                              "ksh", "sh",   "zsh"};
  return word.known() &&
         std::find(kShells.begin(), kShells.end(), text::name_of(word.text)) != kShells.end();
}

// `bash`, `sh -s a b`: the words behind it, where the shell reads standard input.
std::optional<std::size_t> reads_input(const std::vector<Argument>& argv, bool& errexit) {
  if (!is_shell(argv.front())) return std::nullopt;
  for (std::size_t i = 1; i < argv.size(); ++i) {
    const std::string& word = argv[i].text;
    if (!argv[i].known()) return std::nullopt;
    if (word == "/dev/stdin" || word == "-" || word == "--") return i + 1;
    if (word[0] != '-' && word[0] != '+') return std::nullopt;
    if (word.starts_with("--")) continue;
    if (word.find('c') != std::string::npos) return std::nullopt;
    if (word.find('e') != std::string::npos) errexit = word[0] == '-';
    if (word.find('s') != std::string::npos) {
      return i + (i + 1 < argv.size() && argv[i + 1].is("--") ? 2U : 1U);
    }
    if (word.back() == 'o' && i + 1 < argv.size()) {
      if (argv[++i].is("errexit")) errexit = word[0] == '-';
    }
  }
  return argv.size();
}

std::vector<Argument> from(const std::vector<Argument>& argv, std::size_t first) {
  if (first >= argv.size()) return {};
  return {argv.begin() + static_cast<std::ptrdiff_t>(first), argv.end()};
}

// The text that `wrapper` hands to a shell.
Argument text_of(const std::vector<Argument>& argv, const knowledge::Unwrapped& wrapper) {
  return wrapper.script != nullptr ? *wrapper.script
                                   : joined(std::span(argv).subspan(wrapper.rest));
}

}  // namespace

// `bash -c "$DC up"`, where $DC has several values: each is a way of its own.
void Walker::walk_texts(const std::vector<Argument>& ways, Span outer, const InnerShell& shell,
                        const Surroundings& around) {
  if (ways.size() == 1) return walk_text(ways.front(), outer, shell, around);
  const auto count = static_cast<std::uint32_t>(ways.size());
  const std::uint32_t branch = open_branch(outer, count, BranchKind::kValue);
  std::vector<State> arms;
  for (std::uint32_t i = 0; i < count; ++i) {
    arms.push_back(
        walk_arm(state_, {branch, i}, [&] { walk_text(ways[i], outer, shell, around); }));
  }
  if (shell.same && count > 0) close_branch(branch, std::move(arms));
}

// `bash -c '…'`: a shell over a text that stands in this file.
void Walker::walk_text(const Argument& script, Span outer, const InnerShell& shell,
                       const Surroundings& around) {
  if (!may_enter()) return;
  Result<Script> parsed = shell::parse_script(shell::script_in(script));
  if (!parsed) return;
  inner_scripts_.push_back(std::make_unique<Script>(std::move(*parsed)));
  const Commands& commands = inner_scripts_.back()->commands;
  note_assigned(*inner_scripts_.back(), script.text);
  const std::size_t first = timeline_.steps.size();
  frames_.push_back({{}, "", FrameKind::kInner, {}});
  const auto called = static_cast<std::size_t>(std::count_if(
      frames_.begin(), frames_.end(), [](const Frame& frame) { return bool(frame.call); }));
  if (shell.same) {
    walk_list(commands, around);
  } else {
    State before = state_;
    std::vector<Trap> traps = std::exchange(shell_.traps, {});
    state_.errexit = shell.errexit;
    state_.pipefail = shell.pipefail;
    state_.goes_on = around.status != StatusUse::kStops;
    shell::Positional positional;
    positional.known = true;
    for (const Argument& word : shell.words) positional.arguments.push_back(shell::to_text(word));
    state_.scope.set_positional(std::move(positional));
    const std::size_t depth = conditions_.size();
    const std::size_t branch = timeline_.branches.size();
    const std::size_t floor = std::exchange(floor_, depth);
    walk_list(commands, own_program(around));
    run_traps(branch, depth);
    floor_ = floor;
    leave_shell(branch, around.status == StatusUse::kStops);
    conditions_.resize(depth);
    shell_.traps = std::move(traps);
    state_ = std::move(before);
  }
  frames_.pop_back();
  // Text that comes out of variables is written elsewhere; what is reported is the command that
  // puts it together. A here-document stands behind its command. Functions that the text calls
  // stand where they stand.
  for (std::size_t i = first; i < timeline_.steps.size(); ++i) {
    Step& step = timeline_.steps[i];
    const auto within = [](Span span, const Span& whole) {
      return span.file == whole.file && whole.begin <= span.begin && span.end <= whole.end;
    };
    const auto inside = [&](Span span) {
      if (within(span, outer) || within(span, script.span)) return true;
      return around.fed_text != nullptr &&
             std::any_of(around.fed_text->begin(), around.fed_text->end(),
                         [&](const Argument& fed) { return within(span, fed.span); });
    };
    if (step.called_from.size() > called) continue;
    if (!inside(step.span)) step.span = outer;
    if (step.call && !inside(step.call->span)) step.call->span = outer;
  }
}

// The text of `bash -c` and its like, in each way that `others` give it.
bool Walker::walk_wrapped_text(const std::vector<Argument>& argv, std::size_t removed,
                               const knowledge::Unwrapped& wrapper, const Command& command,
                               const Surroundings& around,
                               const std::vector<shell::Expansion>& others) {
  if (wrapper.script == nullptr && wrapper.rest >= argv.size()) return false;
  InnerShell shell{wrapper.errexit, wrapper.pipefail, false, {}};
  if (wrapper.wrapper == "eval") {
    shell = {state_.errexit, state_.pipefail, true, {}};
  } else if (wrapper.script != nullptr) {
    shell.words = from(argv, wrapper.rest + 1);  // the first is $0
  }
  std::vector<Argument> ways = {text_of(argv, wrapper)};
  const auto index = wrapper.script != nullptr
                         ? removed + static_cast<std::size_t>(wrapper.script - argv.data())
                         : removed + wrapper.rest;
  for (const shell::Expansion& other : others) {
    if (index >= other.arguments.size()) continue;
    Argument text = wrapper.script != nullptr ? other.arguments[index]
                                              : joined(std::span(other.arguments).subspan(index));
    ways.push_back(std::move(text));
  }
  walk_texts(ways, command.span, shell, around);
  return true;
}

// What a shell would read that takes its commands from standard input.
std::vector<Argument> Walker::fed_texts(const Surroundings& around) {
  if (around.fed_text) return *around.fed_text;
  if (around.fed != nullptr) return shell::expand_argument(*around.fed, state_.scope, context());
  if (around.fed_by == nullptr) return {};
  const auto* simple = around.fed_by->as<SimpleCommand>();
  if (simple == nullptr || simple->words.empty()) return {};
  const std::string program = simple->words.front().literal_text();
  if (program == "cat") {
    Surroundings cat = with_redirects(*around.fed_by, {});
    return simple->words.size() == 1 && cat.fed != nullptr ? fed_texts(cat)
                                                           : std::vector<Argument>();
  }
  if (program != "echo" && program != "printf") return {};
  std::vector<Argument> out;
  for (const shell::Expansion& way : shell::expand(simple->words, state_.scope, context())) {
    std::size_t first = 1;
    const auto skipped = [&](const Argument& word) {
      if (program == "echo") return word.text.starts_with('-');
      return word.text.starts_with("%s");
    };
    while (first < way.arguments.size() && skipped(way.arguments[first])) ++first;
    if (first < way.arguments.size()) {
      out.push_back(joined(std::span(way.arguments).subspan(first)));
    }
  }
  return out;
}

bool Walker::walk_fed_shell(const std::vector<Argument>& argv, const Command& command,
                            const Surroundings& around) {
  if (around.fed == nullptr && around.fed_by == nullptr && !around.fed_text) return false;
  InnerShell shell;
  const auto operand = reads_input(argv, shell.errexit);
  if (!operand) return false;
  const std::vector<Argument> ways = fed_texts(around);
  if (ways.empty()) return false;
  shell.words = from(argv, *operand);
  Surroundings inside = around;
  inside.fed = nullptr;
  inside.fed_by = nullptr;
  inside.fed_text = nullptr;
  walk_texts(ways, command.span, shell, inside);
  return true;
}

// `exec -T app bash -s <migrate.sh`: what the shell in the container reads is what `-c` would give
// it. Nothing where it reads something else, or nothing.
std::optional<std::vector<Argument>> Walker::with_fed_script(std::vector<Argument> inner,
                                                             const Surroundings& around) {
  std::size_t shell = 0;
  bool errexit = false;
  std::optional<std::size_t> behind;
  while (shell < inner.size()) {
    behind = reads_input(from(inner, shell), errexit);
    if (behind) break;
    const auto wrapper = knowledge::unwrap_once(std::span(inner).subspan(shell));
    const bool plain = wrapper && wrapper->why_not.empty() && wrapper->script == nullptr &&
                       !wrapper->joins_rest && wrapper->place == knowledge::Place::kHere;
    if (!plain || wrapper->rest == 0) return std::nullopt;
    shell += wrapper->rest;
  }
  if (!behind) return std::nullopt;
  std::vector<Argument> texts = fed_texts(around);
  if (texts.empty() && around.in.kind == StreamKind::kFile && request_.open &&
      state_.elsewhere.empty()) {
    if (const auto file = find_script(around.in.target)) {
      Argument text;
      text.span = around.in.span;
      text.text = file->script->span.text();
      texts.push_back(std::move(text));
    }
  }
  if (texts.empty()) return std::nullopt;
  const std::vector<Argument> words = from(inner, shell + *behind);
  inner.resize(std::min(shell + *behind, inner.size()));
  const auto asks_for_input = [](const Argument& word) {
    return word.is("-s") || word.is("-") || word.is("--") || word.is("/dev/stdin");
  };
  inner.erase(std::remove_if(inner.begin() + static_cast<std::ptrdiff_t>(shell) + 1, inner.end(),
                             asks_for_input),
              inner.end());
  Argument option;
  option.span = inner[shell].span;
  option.text = "-c";
  inner.push_back(std::move(option));
  inner.push_back(std::move(texts.front()));
  if (!words.empty()) inner.push_back(inner[shell]);  // $0
  inner.insert(inner.end(), words.begin(), words.end());
  return inner;
}

void Walker::enter_elsewhere(Place place, const std::string& name) {
  state_.scope = shell::Scope();
  state_.directory.reset();
  state_.previous_directory.reset();
  state_.directory_stack.clear();
  state_.errexit = state_.pipefail = state_.allexport = false;
  state_.place = place;
  state_.place_name = name;
  state_.elsewhere = where(place, name);
}

// `ssh host '…'`. The other shell has no errexit unless it says so.
bool Walker::walk_remote(const std::vector<Argument>& argv, std::size_t removed,
                         const knowledge::Unwrapped& wrapper, const Command& command,
                         const Surroundings& around, const std::vector<shell::Expansion>& others) {
  if (wrapper.script == nullptr && wrapper.rest >= argv.size()) return false;
  std::vector<Argument> ways = {text_of(argv, wrapper)};
  for (const shell::Expansion& other : others) {
    const std::size_t index = removed + wrapper.rest;
    if (wrapper.script != nullptr || index >= other.arguments.size()) continue;
    ways.push_back(joined(std::span(other.arguments).subspan(index)));
  }
  Surroundings inside = around;
  const std::vector<Argument> fed = fed_texts(around);
  inside.fed = nullptr;
  inside.fed_by = nullptr;
  inside.fed_text = fed.empty() ? nullptr : std::make_shared<const std::vector<Argument>>(fed);
  State before = state_;
  Shell own_shell = std::exchange(shell_, {});
  const std::string name =
      wrapper.host > 0 && wrapper.host < argv.size() ? shown(argv[wrapper.host]) : "";
  enter_elsewhere(Place::kRemote, name);
  walk_texts(ways, command.span, {}, inside);
  shell_ = std::move(own_shell);
  state_ = std::move(before);
  return true;
}

void Walker::walk_in_container(std::vector<Argument> inner, const std::string& name,
                               const Command& command, const Surroundings& around) {
  if (!may_enter()) return;
  State before = state_;
  Shell own_shell = std::exchange(shell_, {});
  frames_.push_back({{}, "", FrameKind::kInner, {}});
  enter_elsewhere(Place::kContainer, name);
  walk_argv(std::move(inner), command, around, {});
  frames_.pop_back();
  shell_ = std::move(own_shell);
  state_ = std::move(before);
}

}  // namespace composelint::timeline
