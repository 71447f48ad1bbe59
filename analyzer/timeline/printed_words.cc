#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "analyzer/text/path.h"
#include "analyzer/timeline/printed.h"
#include "analyzer/timeline/words.h"

namespace composelint::timeline {

namespace {

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Print nothing, and may fail.
constexpr std::array<std::string_view, 11> kTests = {"[",     "[[", "test",  "((", "sleep", "mkdir",
                                                     "touch", "rm", "chmod", "cp", "let"};
// Print nothing, and go well.
constexpr std::array<std::string_view, 7> kQuiet = {"true",  ":",     "set", "shopt",
                                                    "unset", "umask", "hash"};
// Print a path; those with a g come from the coreutils of a Mac.
constexpr std::array<std::string_view, 8> kPaths = {"basename",  "dirname", "git",      "greadlink",
                                                    "grealpath", "pwd",     "readlink", "realpath"};
constexpr std::array<std::string_view, 5> kDeclarations = {"export", "declare", "typeset", "local",
                                                           "readonly"};

// The last operand: `dirname -- "$0"`, `readlink -f x`.
const Argument* last_operand(const std::vector<Argument>& argv) {
  if (argv.size() < 2) return nullptr;
  const Argument& last = argv.back();
  return last.known() && !last.text.starts_with('-') ? &last : nullptr;
}

void append(shell::Text& out, const Argument& word) {
  const shell::Text text = shell::to_text(word);
  out.insert(out.end(), text.begin(), text.end());
}

// printf's format with its conversions filled in; nothing when there is one that is not plain %s.
std::optional<shell::Text> formatted(const std::vector<Argument>& argv) {
  const Argument& format = argv[1];
  if (!format.known()) return std::nullopt;
  shell::Text out;
  std::size_t next = 2;
  std::string literal;
  const auto flush = [&] {
    const shell::Text text =
        literal == format.text ? shell::to_text(format) : shell::known(literal);
    out.insert(out.end(), text.begin(), text.end());
    literal.clear();
  };
  for (std::size_t i = 0; i < format.text.size(); ++i) {
    const char c = format.text[i];
    const char follows = i + 1 < format.text.size() ? format.text[i + 1] : '\0';
    if (c == '\\' && follows == 'n') {
      if (i + 2 < format.text.size()) literal += '\n';  // the last one is cut off
      ++i;
    } else if (c == '%' && follows == 's') {
      flush();
      if (next < argv.size()) append(out, argv[next]);
      ++next;
      ++i;
    } else if (c == '%' || c == '\\') {
      return std::nullopt;
    } else {
      literal += c;
    }
  }
  flush();
  return next >= argv.size() ? std::optional(out) : std::nullopt;
}

}  // namespace

bool Printed::print(const std::vector<Argument>& argv, Way& way) const {
  way.status = Status::kOk;
  if (silent_) return true;
  if (!way.out.empty()) {
    const shell::Text line = shell::known("\n");
    way.out.insert(way.out.end(), line.begin(), line.end());
  }
  if (argv.front().is("printf")) {
    if (argv.size() < 2) return false;
    const auto text = formatted(argv);
    if (text) way.out.insert(way.out.end(), text->begin(), text->end());
    return text.has_value();
  }
  std::size_t first = 1;
  while (first < argv.size() && (argv[first].is("-n") || argv[first].is("-e"))) ++first;
  for (std::size_t i = first; i < argv.size(); ++i) {
    const shell::Text blank = shell::known(" ");
    if (i > first) way.out.insert(way.out.end(), blank.begin(), blank.end());
    append(way.out, argv[i]);
  }
  return true;
}

// `command -v docker-compose`: its path, or nothing.
bool Printed::look_up(const std::vector<Argument>& argv, std::size_t first, Way& way,
                      Ways& out) const {
  Way fails = way;
  fails.status = Status::kFailed;
  way.status = Status::kOk;
  const bool known = silent_ || (first + 1 == argv.size() && argv[first].known());
  if (!silent_ && known) append(way.out, argv[first]);
  out.push_back(std::move(way));
  out.push_back(std::move(fails));
  return known;
}

// The idioms by which scripts find their own directory and the repository's.
bool Printed::print_path(const std::vector<Argument>& argv, Way& way) const {
  const std::string& name = argv.front().text;
  const Argument* operand = last_operand(argv);
  std::optional<std::string> printed;
  if (name == "pwd") {
    // A relative `pwd` is a path from where the script is started, not a text anybody could know.
    if (way.directory && text::is_absolute(*way.directory)) printed = way.directory;
  } else if (name == "git") {
    const bool top = argv.size() == 3 && argv[1].is("rev-parse") && argv[2].is("--show-toplevel");
    if (top) printed = around_.workspace_root;
  } else if (operand == nullptr) {
    return silent_;
  } else if (name == "dirname") {
    printed = text::directory_of(text::normalise(operand->text));
  } else if (name == "basename") {
    if (argv.size() == 2) printed = std::string(text::name_of(operand->text));
  } else if (text::is_absolute(operand->text)) {  // readlink, realpath
    printed = text::normalise(operand->text);
  }
  way.status = Status::kOk;
  if (silent_) return true;
  if (!printed || printed->empty() || *printed == ".") return false;
  const shell::Text text = shell::known(*printed);
  way.out.insert(way.out.end(), text.begin(), text.end());
  return true;
}

bool Printed::run_words(const SimpleCommand& simple, const std::vector<Argument>& argv, Way& way,
                        Ways& out) {
  if (!argv.front().known()) {
    way.status = Status::kEither;
    out.push_back(std::move(way));
    return silent_;
  }
  const std::string& name = argv.front().text;
  if (const FunctionDefinition* function = around_.function(name)) {
    return run_function(*function, argv, way, out);
  }
  if (name == "command" && argv.size() > 1 && (argv[1].is("-v") || argv[1].is("-V"))) {
    return look_up(argv, 2, way, out);
  }
  if (name == "which" || name == "type") {
    return look_up(argv, argv.size() > 2 ? 2 : 1, way, out);
  }
  bool known = true;
  if (name == "echo" || name == "printf") {
    known = print(argv, way);
  } else if (one_of(name, kPaths)) {
    known = print_path(argv, way);
  } else if (name == "cd" || name == "pushd") {
    const Argument* operand = last_operand(argv);
    const bool absolute = operand != nullptr && text::is_absolute(operand->text);
    if (absolute) {
      way.directory = text::normalise(operand->text);
    } else if (operand != nullptr && way.directory) {
      way.directory = text::join_path(*way.directory, operand->text);
    } else {
      way.directory.reset();
    }
    way.status = Status::kOk;
  } else if (name == "return" || name == "exit") {
    way.ended = true;
    const bool says = argv.size() > 1;
    if (says) way.status = argv[1].is("0") ? Status::kOk : Status::kFailed;
  } else if (one_of(name, kDeclarations)) {
    for (const Assignment& assignment : simple.assignments) {
      if (name == "local") way.scope.declare_local(assignment.name);
      shell::assign(assignment, way.scope, around_.context);
    }
    way.status = Status::kOk;
  } else if (one_of(name, kQuiet)) {
    way.status = Status::kOk;
  } else if (name == "false") {
    way.status = Status::kFailed;
  } else if (name == "shift") {
    shift_words(argv, way.scope);
  } else {
    const bool greps = name == "grep" && argv.size() > 1 && argv[1].text.starts_with('-') &&
                       argv[1].text.find('q') != std::string::npos;
    known = silent_ || greps || one_of(name, kTests);
    way.status = Status::kEither;
  }
  out.push_back(std::move(way));
  return known;
}

}  // namespace composelint::timeline
