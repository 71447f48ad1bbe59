#include "guard/inner_work.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "analyzer/knowledge/wrappers.h"
#include "analyzer/shell/all_that_may_run.h"
#include "analyzer/text/path.h"
#include "guard/client_commands.h"
#include "guard/inner_documents.h"
#include "guard/program_runs.h"
#include "guard/text_reader.h"
#include "guard/told_statements.h"

namespace composelint::guard {

namespace {

constexpr int kDeepest = 4;

// What is run, as far as it is read.
struct Found {
  std::vector<TextCommand>& out;
  bool cut = false;
};

void add_text(const Argument& script, Found& found, int depth);

// `sh -c 'rm -rf "$1"' sh /x`: the words behind the text and a name for it.
Argument with_words(const Argument& script, std::span<const Argument> behind) {
  if (behind.size() < 2 || script.text.find('$') == std::string::npos) return script;
  std::string set = "set --";
  for (const Argument& word : behind.subspan(1)) {
    if (!word.known() || word.text.find('\'') != std::string::npos) return script;
    set += " '" + word.text + "'";
  }
  Argument out;
  out.span = script.place();
  out.text = set + "\n" + script.text;
  return out;
}

TextCommand plain_command(const std::string& program, const TextWord& word) {
  TextCommand out;
  out.words = {{program}, word};
  return out;
}

// `chroot /host`, `env -C /srv`: what comes behind stands elsewhere. It is what `cd` would be in a
// subshell.
std::optional<TextCommand> led_elsewhere(std::string_view wrapper,
                                         std::span<const Argument> words) {
  if (wrapper == "chroot") return plain_command("chroot", text_word(words.back()));
  if (wrapper != "env" && wrapper != "sudo") return std::nullopt;
  const std::string_view letter = wrapper == "env" ? "-C" : "-D";
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i].text;
    for (const std::string_view joined : {std::string_view("--chdir="), letter}) {
      if (!word.starts_with(joined) || word.size() == joined.size()) continue;
      return plain_command("cd", {word.substr(joined.size()), true, words[i].span});
    }
    if ((word == letter || word == "--chdir") && i + 1 < words.size()) {
      return plain_command("cd", text_word(words[i + 1]));
    }
  }
  return std::nullopt;
}

// What such words put in front of what they run, and behind it.
class Elsewhere {
 public:
  explicit Elsewhere(std::vector<TextCommand>& out) : out_(out) {}
  Elsewhere(const Elsewhere&) = delete;
  Elsewhere& operator=(const Elsewhere&) = delete;
  ~Elsewhere() {
    for (; open_ > 0; --open_) out_.emplace_back().words.push_back({")"});
  }

  void enter(const knowledge::Unwrapped& wrapper, std::span<const Argument> words) {
    const auto in_front = words.subspan(0, std::min(wrapper.rest, words.size()));
    auto led = in_front.empty() ? std::nullopt : led_elsewhere(wrapper.wrapper, in_front);
    if (!led) return;
    out_.emplace_back().words.push_back({"("});
    out_.push_back(std::move(*led));
    ++open_;
  }

 private:
  std::vector<TextCommand>& out_;
  int open_ = 0;
};

// Without `timeout`, `su -c` and their like in front; a shell text in its parts.
void add_unwrapped(TextCommand command, Found& found, int depth) {
  std::vector<TextCommand>& out = found.out;
  const std::vector<Argument> all = arguments_of(command);
  std::span<const Argument> words = all;
  // `trap 'rm -rf /x' EXIT`
  if (program_name(command) == "trap" && words.size() > 1) {
    const bool past = words[1].text == "--" && words.size() > 2;
    return add_text(words[past ? 2 : 1], found, depth + 1);
  }
  Elsewhere elsewhere(out);
  while (!words.empty()) {
    const auto wrapper = knowledge::unwrap_once(words);
    // Which files they give to the program behind them stands before it.
    if (!wrapper || !wrapper->why_not.empty() || wrapper->feeds_words) break;
    elsewhere.enter(*wrapper, words);
    const bool joins = wrapper->joins_rest && wrapper->place == knowledge::Place::kHere;
    if (wrapper->script != nullptr || joins) {
      Argument script;
      if (wrapper->script != nullptr) script = *wrapper->script;
      for (std::size_t i = wrapper->rest; joins && i < words.size(); ++i) {
        script.text += (script.text.empty() ? "" : " ") + words[i].text;
        script.span = words[i].span;
      }
      const std::size_t first = out.size();
      add_text(joins ? script : with_words(script, words.subspan(wrapper->rest)), found, depth + 1);
      for (std::size_t i = first; i < out.size(); ++i) {
        out[i].piped_in = out[i].piped_in || command.piped_in;
        out[i].piped_out = out[i].piped_out || command.piped_out;
        if (!out[i].input) out[i].input = command.input;
        if (out[i].output || !command.output) continue;
        out[i].output = command.output;
        out[i].appends = command.appends;
      }
      return;
    }
    words = words.subspan(wrapper->rest);
  }
  command.words.erase(
      command.words.begin(),
      command.words.begin() + static_cast<std::ptrdiff_t>(all.size() - words.size()));
  if (!command.words.empty() || command.output) out.push_back(std::move(command));
}

// `alias wipe='rm -rf'`: what comes behind it is told by another name.
Argument with_aliases(const Argument& script) {
  constexpr std::string_view kAlias = "alias ";
  if (script.text.find(kAlias) == std::string::npos) return script;
  std::string functions;
  for (const TextCommand& command : read_script_text(script)) {
    if (program_name(command) != "alias") continue;
    for (const TextWord& each : command.assignments) {
      const std::size_t equals = each.text.find('=');
      if (!each.known || equals == std::string::npos) continue;
      const std::string name = each.text.substr(0, equals);
      std::string does = each.text.substr(equals + 1);
      // `alias rm='rm -i'`
      if (does == name || does.starts_with(name + " ")) does.insert(0, "command ");
      functions += name + "() { " + does + " \"$@\"\n}\n";
    }
  }
  if (functions.empty()) return script;
  Argument out;
  out.span = script.place();
  out.text = functions + script.text;
  return out;
}

void add_reading(const Argument& script, Found& found, int depth) {
  for (TextCommand& command : all_that_may_run(script, found.cut)) {
    add_unwrapped(std::move(command), found, depth);
  }
  RunDocuments documents = documents_run_in(script);
  found.cut = found.cut || documents.cut;
  for (RunDocument& document : documents.found) {
    if (is_shell(document.program)) {
      add_text(document.text, found, depth + 1);
      continue;
    }
    TextCommand told;
    const Span span = document.text.place();
    told.words.push_back({document.program, true, span});
    told.words.push_back({std::string(option_of(document.program))});  // is written nowhere
    told.words.push_back({std::move(document.text.text), true, span});
    found.out.push_back(std::move(told));
  }
}

void add_text(const Argument& script, Found& found, int depth) {
  if (depth > kDeepest + 1) {
    found.cut = true;
    return;
  }
  add_reading(script, found, depth);
  // Not every shell takes them, nor on every line: what is written may run as well.
  const Argument expanded = with_aliases(script);
  if (expanded.text != script.text) add_reading(expanded, found, depth);
}

// Without `sudo`, `env`, `timeout` and their like in front; a shell text in its parts.
void add_commands(std::span<const Argument> words, Found& found) {
  Elsewhere elsewhere(found.out);
  while (const auto wrapper = knowledge::unwrap_once(words)) {
    // Which files it gives to the program behind -exec stands before that.
    if (text::name_of(words.front().text) == "find") break;
    if (!wrapper->why_not.empty()) return;
    elsewhere.enter(*wrapper, words);
    if (wrapper->script != nullptr) {
      return add_text(with_words(*wrapper->script, words.subspan(wrapper->rest)), found, 0);
    }
    words = words.subspan(wrapper->rest);
  }
  TextCommand one;
  for (const Argument& word : words) one.words.push_back(text_word(word));
  if (!one.words.empty()) found.out.push_back(std::move(one));
}

void add_text_of(const TextWord& word, std::string text, std::vector<TextCommand>& out) {
  Argument script;
  script.span = word.span;
  script.text = std::move(text);
  Found found{out};
  add_text(script, found, 0);
}

// One of the words is a client of a database: what else they say is for it.
bool tells_a_client(const TextCommand& command) {
  return std::any_of(command.words.begin(), command.words.end(), [](const TextWord& word) {
    TextCommand one;
    one.words.push_back(word);
    return is_client_of_sql(one);
  });
}

// `-o '|gzip >/x'`, `--output=|gzip` of psql.
void add_output_option(const TextCommand& command, std::size_t at, ClientCommands& out) {
  constexpr std::string_view kLong = "--output=";
  const std::string& word = command.words[at].text;
  const std::string& before = command.words[at - 1].text;
  if (word.starts_with('|') && (before == "-o" || before == "--output")) add_output(word, out);
  if (word.starts_with("-o|")) add_output(word.substr(2), out);
  if (word.starts_with(kLong)) add_output(word.substr(kLong.size()), out);
}

// `python3 -c 'os.system("dropdb app")'`
void add_run_by_program(const TextCommand& command, std::vector<TextCommand>& out) {
  static constexpr std::array<std::string_view, 9> kPrograms = {
      "awk", "gawk", "mawk", "node", "nodejs", "perl", "php", "python", "ruby"};
  const std::string_view program = program_name(command);
  const bool python = program.starts_with("python");
  if (!python && std::find(kPrograms.begin(), kPrograms.end(), program) == kPrograms.end()) return;
  const bool backquotes = program == "perl" || program == "php" || program == "ruby";
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    for (std::string& text : run_by_program(command.words[i].text, backquotes)) {
      add_text_of(command.words[i], std::move(text), out);
    }
  }
}

}  // namespace

std::vector<Argument> arguments_of(const TextCommand& command) {
  std::vector<Argument> out;
  for (const TextWord& word : command.words) {
    Argument each;
    each.text = word.text;
    each.span = word.span;
    each.splits = !word.known;
    out.push_back(std::move(each));
  }
  return out;
}

std::vector<Argument> words_of_task(const ComposeInvocation& call) {
  std::vector<Argument> words;
  const OptionUse* entrypoint = call.is("run") ? call.option("--entrypoint") : nullptr;
  if (entrypoint != nullptr && entrypoint->value) {
    // Compose splits it at blanks.
    const std::string& text = entrypoint->value->text;
    for (std::size_t at = text.find_first_not_of(' '); at < text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      Argument word = *entrypoint->value;
      word.text = text.substr(at, end - at);
      words.push_back(std::move(word));
      at = text.find_first_not_of(' ', end);
    }
  }
  words.insert(words.end(), call.inner.begin(), call.inner.end());
  return words;
}

std::vector<TextCommand> commands_in(const ComposeInvocation& call, bool* cut) {
  std::vector<TextCommand> out;
  Found found{out};
  add_commands(words_of_task(call), found);
  if (cut != nullptr) *cut = found.cut;
  return out;
}

bool is_of_document(const TextCommand& command) {
  return command.words.size() == 3 && !command.words[1].span && command.words[2].span;
}

std::vector<TextCommand> told_to_clients(const std::vector<TextCommand>& commands) {
  std::vector<TextCommand> out;
  for (const TextCommand& command : commands) {
    add_run_by_program(command, out);
    if (!tells_a_client(command) && !is_inner_client(command)) continue;
    for (std::size_t i = 1; i < command.words.size(); ++i) {
      const TextWord& word = command.words[i];
      ClientCommands told = commands_of_client(word.text);
      add_output_option(command, i, told);
      for (std::string& text : told.run) add_text_of(word, std::move(text), out);
      for (std::string& file : told.written) {
        TextCommand& writes = out.emplace_back();
        writes.words.push_back({":", true, word.span});
        writes.output = TextWord{std::move(file), true, word.span};
      }
    }
  }
  return out;
}

bool has_flag(const TextCommand& command, char flag, std::string_view name) {
  return std::any_of(command.words.begin() + 1, command.words.end(), [&](const TextWord& word) {
    if (word.text.starts_with("--")) return word.text.starts_with(name);
    return word.text.starts_with('-') && word.text.find(flag) != std::string::npos;
  });
}

}  // namespace composelint::guard
