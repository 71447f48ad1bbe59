#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "analyzer/text/path.h"
#include "analyzer/timeline/walker.h"
#include "analyzer/timeline/words.h"

namespace composelint::timeline {

namespace {

// The word that names the script in `bash -eu x.sh args`; null for `bash -c`, `bash -s`, plain
// `bash`.
const Argument* script_operand(const std::vector<Argument>& argv) {
  static constexpr std::array<std::string_view, 5> kShells = {"ash", "bash", "dash", "ksh", "sh"};
  const Argument& first = argv.front();
  const std::string_view program = text::name_of(first.text);
  const bool shell =
      first.known() && std::find(kShells.begin(), kShells.end(), program) != kShells.end();
  if (!shell) return first.text.find('/') == std::string::npos ? nullptr : &first;
  for (std::size_t i = 1; i < argv.size(); ++i) {
    const std::string& word = argv[i].text;
    if (argv[i].holes.empty() && word.starts_with('-')) {
      if (word.find('c') != std::string::npos || word.find('s') != std::string::npos)
        return nullptr;
      if (word == "-o") ++i;
      continue;
    }
    return &argv[i];
  }
  return nullptr;
}

}  // namespace

bool Walker::in_function() const {
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    if (frame->kind == FrameKind::kFunction) return true;
    if (frame->kind == FrameKind::kChild) return false;
  }
  return false;
}

// Where a script named on a command line may lie: below the directory in force, or, where that is
// not known, below the script's own directory and those above it.
std::vector<std::string> Walker::places_of(const Argument& word) const {
  std::string path = word.text;
  if (!word.known()) {
    // `"$HERE/lib.sh"`: whatever the variable holds, it is mostly the script's own directory.
    const bool directory_unknown =
        word.holes.size() == 1 && word.holes.front().at == 0 && path.starts_with('/');
    if (!directory_unknown) return {};
    path.erase(0, 1);
  } else if (text::is_absolute(path)) {
    return {text::normalise(path)};
  }
  std::vector<std::string> out = start_directories();
  for (std::string& place : out) place = text::join_path(place, path);
  return out;
}

// A script may be started from its own directory or from any above it.
std::vector<std::string> Walker::start_directories() const {
  if (state_.directory && text::is_absolute(*state_.directory)) return {*state_.directory};
  std::vector<std::string> out;
  const std::string& root = request_.workspace_root;
  for (std::string base = text::directory_of(script_path_);; base = text::directory_of(base)) {
    out.push_back(text::join_path(base, state_.directory.value_or(".")));
    if (base == root || base == "/" || !base.starts_with(root)) return out;
  }
}

std::optional<Walker::Followed> Walker::open_script(const Argument& word) {
  if (!request_.open || !state_.elsewhere.empty()) return std::nullopt;
  std::optional<Followed> file = find_script(word);
  if (!file || frames_.size() < limits_.call_depth) return file;
  timeline_.truncated = true;
  return std::nullopt;
}

std::optional<Walker::Followed> Walker::find_script(const Argument& word) const {
  for (std::string& place : places_of(word)) {
    const std::string& root = request_.workspace_root;
    const bool inside = place.starts_with(root == "/" ? root : root + "/");
    const bool open_already = place == request_.script_path ||
                              std::any_of(frames_.begin(), frames_.end(),
                                          [&](const Frame& frame) { return frame.name == place; });
    if (!inside || open_already) continue;
    if (const Script* script = request_.open(place)) return Followed{std::move(place), script};
  }
  if (!request_.find) return std::nullopt;
  // The directory is not known, but there is only one file of that name to be meant.
  std::string suffix = word.text;
  const bool behind_hole = word.holes.size() == 1 && word.holes.front().at == 0 && suffix[0] == '/';
  if (!word.known() && !behind_hole) return std::nullopt;
  if (behind_hole) suffix.erase(0, 1);
  while (suffix.starts_with("../") || suffix.starts_with("./")) {
    suffix.erase(0, suffix.find('/') + 1);
  }
  if (suffix.empty()) return std::nullopt;
  std::string place = request_.find(suffix);
  const bool open_already = place.empty() || place == request_.script_path ||
                            std::any_of(frames_.begin(), frames_.end(),
                                        [&](const Frame& frame) { return frame.name == place; });
  const Script* script = open_already ? nullptr : request_.open(place);
  if (script == nullptr) return std::nullopt;
  return Followed{std::move(place), script};
}

// `. lib.sh`: its commands run in this shell.
bool Walker::source_file(const std::vector<Argument>& argv, const Command& command,
                         const Surroundings& around) {
  if (argv.size() < 2) return false;
  const std::optional<Followed> file = open_script(argv[1]);
  if (!file) return false;
  frames_.push_back({command.span, file->path, FrameKind::kSourced, {}});
  std::vector<const SourceFile*>& sourced = timeline_.sourced;
  if (std::find(sourced.begin(), sourced.end(), file->script->file) == sourced.end()) {
    sourced.push_back(file->script->file);
  }
  const std::string own_path = std::exchange(script_path_, file->path);
  const auto own_source = set_bash_source();
  note_assigned(*file->script, file->script->span.text());
  Surroundings inside = around;
  inside.caller = around.status;
  const std::size_t depth = conditions_.size();
  const bool left_function = std::exchange(state_.left_function, false);
  const std::size_t floor = std::exchange(floor_, depth);
  std::optional<State> returned = std::exchange(returned_, std::nullopt);
  // `source lib.sh "$stage" up`: its $1 and $2, as long as it is read (bash).
  std::optional<shell::Positional> own_words;
  if (argv.size() > 2) {
    own_words = state_.scope.positional();
    state_.scope.set_positional(positional_of(std::span(argv).subspan(2)));
  }
  walk_list(file->script->commands, inside);
  come_back();
  returned_ = std::move(returned);
  if (own_words) state_.scope.set_positional(std::move(*own_words));
  floor_ = floor;
  // `return` leaves the file alone.
  if (state_.left_function) conditions_.resize(depth);
  state_.left_function = left_function;
  script_path_ = own_path;
  state_.scope.set("BASH_SOURCE", own_source);
  frames_.pop_back();
  return true;
}

// `./x.sh`, `bash x.sh`: a shell of its own, with the exported variables.
bool Walker::run_script(const std::vector<Argument>& argv, const Command& command,
                        const Surroundings& around) {
  const Argument* const word = script_operand(argv);
  if (word == nullptr) return false;
  const std::optional<Followed> file = open_script(*word);
  if (!file) return false;
  State before = state_;
  Shell own_shell = std::exchange(shell_, {});
  const std::string own_path = std::exchange(script_path_, file->path);
  const std::size_t depth = conditions_.size();
  const std::size_t branch = timeline_.branches.size();
  const auto first = static_cast<std::size_t>(word - argv.data()) + 1;
  shell::Positional positional = positional_of(std::span(argv).subspan(first));
  frames_.push_back({command.span, file->path, FrameKind::kChild, known_words(positional)});
  state_.scope = state_.scope.exported();
  state_.scope.set_positional(std::move(positional));
  state_.errexit = shebang_sets_errexit(file->script->shebang);
  state_.pipefail = state_.allexport = false;
  state_.goes_on = around.status != StatusUse::kStops;
  set_bash_source();
  note_assigned(*file->script, file->script->span.text());
  const std::size_t floor = std::exchange(floor_, depth);
  walk_list(file->script->commands, own_program(around));
  run_traps(branch, depth);
  floor_ = floor;
  leave_shell(branch, around.status == StatusUse::kStops);

  frames_.pop_back();
  conditions_.resize(depth);
  script_path_ = own_path;
  shell_ = std::move(own_shell);
  state_ = std::move(before);
  return true;
}

// The path of the file that is being read, as `${BASH_SOURCE[0]}`. Gives back the value before.
shell::Value Walker::set_bash_source() {
  const shell::Variable* const old = state_.scope.find("BASH_SOURCE");
  shell::Value before =
      old == nullptr || old->values.empty() ? shell::Value::list({}) : *old->values.front();
  state_.scope.set("BASH_SOURCE", shell::Value::list({shell::known(script_path_)}));
  return before;
}

}  // namespace composelint::timeline
