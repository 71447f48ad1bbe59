#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string_view>

#include "analyzer/text/path.h"
#include "analyzer/timeline/walker.h"
#include "analyzer/timeline/words.h"

namespace composelint::timeline {

namespace {

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 5> kDeclarations = {"export", "declare", "typeset", "local",
                                                           "readonly"};
// Change nothing that a later step could feel.
constexpr std::array<std::string_view, 13> kInert = {"true",  "false",  ":",      "[",    "[[",
                                                     "test",  "((",     "let",    "wait", "hash",
                                                     "umask", "ulimit", "getopts"};

}  // namespace

bool Walker::run_builtin(const std::vector<Argument>& argv, const Command& command,
                         const SimpleCommand& simple, const Surroundings& around) {
  const Argument& first = argv.front();
  if (!first.known()) return false;
  const std::string& name = first.text;
  if (shell_.functions.find(name) != shell_.functions.end()) return false;
  if (one_of(name, kInert)) return true;
  if (one_of(name, kDeclarations)) {
    declare(name, argv, simple);
  } else if (name == "cd") {
    change_directory(argv);
  } else if (name == "pushd") {
    push_directory(argv);
  } else if (name == "popd") {
    if (state_.directory_stack.empty()) {
      state_.directory.reset();
      state_.why_no_directory.clear();
    } else {
      state_.directory = state_.directory_stack.back();
      state_.directory_stack.pop_back();
    }
  } else if (name == "set" || name == "shopt") {
    const bool sets = name == "set" || (argv.size() > 1 && argv[1].text.starts_with("-s"));
    if (sets) set_options(argv);
  } else if (name == "unset") {
    for (std::size_t i = 1; i < argv.size(); ++i) {
      // Mostly followed by something that sets it anew, in ways that are not always seen.
      if (argv[i].known() && !argv[i].text.starts_with('-')) state_.scope.forget(argv[i].text);
    }
  } else if (name == "trap") {
    set_trap(argv, command);
  } else if (name == "alias") {
    set_aliases(simple);
  } else if (name == "unalias") {
    for (const Argument& word : argv) shell_.aliases.erase(word.text);
  } else if (name == "shift") {
    shift_words(argv, state_.scope);
  } else if (name == "read" || name == "mapfile" || name == "readarray") {
    read_variables(argv);
    if (name == "read") read_record(argv, around);
    add_step(argv, command, around, {});
  } else if (name == "source" || name == ".") {
    return source_file(argv, command, around);
  } else if (name == "exit") {
    state_.ended = Ended::kExit;
    state_.ended_well = argv.size() > 1 && argv[1].is("0");
  } else if (name == "return") {
    const bool leaves_script = frames_.empty() || frames_.back().kind == FrameKind::kChild;
    state_.ended = leaves_script ? Ended::kExit : Ended::kReturn;
    state_.ended_well = argv.size() > 1 && argv[1].is("0");
  } else if (name == "break" || name == "continue") {
    state_.ended = Ended::kLoop;
  } else {
    return false;
  }
  return true;
}

void Walker::declare(const std::string& keyword, const std::vector<Argument>& argv,
                     const SimpleCommand& simple) {
  bool exported = keyword == "export";
  for (std::size_t i = 1; i < argv.size(); ++i) {
    const std::string& word = argv[i].text;
    if (word.starts_with('-') && word.find('x') != std::string::npos) exported = true;
  }
  const bool local = keyword == "local" || (keyword != "export" && in_function());
  const auto mark = [&](const std::string& name) {
    if (exported) state_.scope.set_exported(name);
  };
  for (const Assignment& assignment : simple.assignments) {
    if (local && keyword != "readonly") state_.scope.declare_local(assignment.name);
    shell::assign(assignment, state_.scope, context());
    note_directory(assignment);
    mark(assignment.name);
  }
  for (std::size_t i = 1; i < argv.size(); ++i) {
    const std::string& word = argv[i].text;
    if (!argv[i].known() || word.empty() || word[0] == '-') continue;
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    if (equals == std::string::npos && local && keyword != "readonly") {
      state_.scope.declare_local(name);
    }
    mark(name);
  }
}

namespace {

// A name that no shell lets anybody give.
std::string name_of_note(std::string_view variable) {
  return "directory in " + std::string(variable);
}

bool is_of_here(const Hole& hole) {
  static constexpr std::array<std::string_view, 2> kNames = {"PWD", "$(pwd)"};
  return hole.at == 0 && one_of(hole.name, kNames);
}

// `"$HERE/x"`, `${HERE}`: HERE.
std::string_view variable_at_front(std::string_view text) {
  while (text.starts_with('"')) text.remove_prefix(1);
  if (!text.starts_with('$')) return {};
  text.remove_prefix(text.starts_with("${") ? 2 : 1);
  const auto end = std::find_if(text.begin(), text.end(), [](char c) {
    return c != '_' && std::isalnum(static_cast<unsigned char>(c)) == 0;
  });
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

}  // namespace

// Where a script is started is not known; that two points of it are the same directory is.
void Walker::note_directory(const Assignment& assignment) {
  const shell::Variable* variable = state_.scope.find(assignment.name);
  const std::string note = name_of_note(assignment.name);
  const bool one = variable != nullptr && variable->values.size() == 1 && !variable->maybe_unset;
  const shell::Value* value = one ? variable->values.front().get() : nullptr;
  const bool here = value != nullptr && !value->array && value->elements.size() == 1 &&
                    value->elements.front().size() == 1 && value->elements.front().front().hole &&
                    is_of_here({0, value->elements.front().front().text});
  if (here && state_.directory) {
    state_.scope.set(note, shell::Value::scalar(shell::known(*state_.directory)));
  } else if (state_.scope.find(note) != nullptr) {
    state_.scope.unset(note);
  }
}

std::optional<std::string> Walker::noted_directory(const Argument& word) const {
  if (word.holes.size() != 1 || word.holes.front().at != 0) return std::nullopt;
  const std::string_view name = variable_at_front(word.span.text());
  std::optional<std::string> base;
  if (name == "OLDPWD") {
    base = state_.previous_directory;
  } else if (is_of_here(word.holes.front())) {
    const shell::Variable* note = state_.scope.find(name_of_note(name));
    if (note != nullptr && note->values.size() == 1 && !note->maybe_unset) {
      base = shell::known_text(note->values.front()->elements.front());
    } else if (name.empty() || name == "PWD") {  // `$(pwd)` itself
      base = state_.directory;
    }
  }
  if (!base || word.text.empty()) return base;
  if (!word.text.starts_with('/')) return std::nullopt;
  return text::join_path(*base, word.text.substr(1));
}

void Walker::change_directory(const std::vector<Argument>& argv) {
  std::size_t at = 1;
  while (at < argv.size() && (argv[at].is("-P") || argv[at].is("-L") || argv[at].is("--"))) ++at;
  std::optional<std::string> next;
  bool relative = false;
  if (at < argv.size() && argv[at].is("-")) {
    next = state_.previous_directory;
  } else if (at < argv.size() && argv[at].known() && !argv[at].text.empty()) {
    const std::string& path = argv[at].text;
    if (text::is_absolute(path)) {
      next = text::normalise(path);
    } else if (state_.directory) {
      next = text::join_path(*state_.directory, path);
    } else {
      relative = true;
    }
  } else if (at < argv.size()) {
    next = noted_directory(argv[at]);
  }
  if (!relative) state_.why_no_directory.clear();
  state_.previous_directory = state_.directory;
  state_.directory = std::move(next);
}

void Walker::push_directory(const std::vector<Argument>& argv) {
  if (state_.directory) {
    state_.directory_stack.push_back(*state_.directory);
  } else {
    state_.directory_stack.clear();
  }
  change_directory(argv);
}

void Walker::set_options(const std::vector<Argument>& argv) {
  for (std::size_t i = 1; i < argv.size(); ++i) {
    const std::string& word = argv[i].text;
    if (!argv[i].known() || word.size() < 2 || (word[0] != '-' && word[0] != '+')) {
      if (word == "--" || (i == 1 && word != "-")) break;
      continue;
    }
    if (word == "--") {
      state_.scope.set_positional(positional_of(std::span(argv).subspan(i + 1)));
      if (!frames_.empty()) frames_.back().words.reset();
      return;
    }
    const bool on = word[0] == '-';
    for (std::size_t letter = 1; letter < word.size(); ++letter) {
      if (word[letter] == 'e') state_.errexit = on;
      if (word[letter] == 'a') state_.allexport = on;
      if (word[letter] != 'o' || i + 1 >= argv.size()) continue;
      const std::string& option = argv[++i].text;
      if (option == "errexit") state_.errexit = on;
      if (option == "pipefail") state_.pipefail = on;
      if (option == "allexport") state_.allexport = on;
      break;
    }
  }
}

// `read -r -d '' SQL <<EOF`: the variable holds the text.
void Walker::read_record(const std::vector<Argument>& argv, const Surroundings& around) {
  if (around.fed == nullptr || argv.size() < 3) return;
  const Argument& name = argv.back();
  bool whole = false;
  for (std::size_t i = 1; i + 2 < argv.size(); ++i) {
    const std::string& option = argv[i].text;
    whole |= option.starts_with('-') && option.ends_with('d') && argv[i + 1].is("");
  }
  if (!whole || !name.known() || name.text.empty() || name.text[0] == '-') return;
  const std::vector<Argument> texts = fed_texts(around);
  if (texts.size() != 1) return;
  state_.scope.set(name.text, shell::Value::scalar(shell::to_text(texts.front()), name.span));
}

void Walker::read_variables(const std::vector<Argument>& argv) {
  for (std::size_t i = 1; i < argv.size(); ++i) {
    const std::string& word = argv[i].text;
    if (!argv[i].known() || word.empty() || word[0] == '-') continue;
    state_.scope.forget(word, argv[i].span);
  }
}

}  // namespace composelint::timeline
