#include "guard/lost_data.h"

#include <composelint/data_loss.h>
#include <composelint/script_text.h>
#include <composelint/volume_write.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/calls/task.h"
#include "analyzer/knowledge/wrappers.h"
#include "analyzer/text/path.h"
#include "guard/data_places.h"
#include "guard/database_name.h"
#include "guard/kept_data.h"
#include "guard/lost_statements.h"

namespace composelint::guard {

namespace {

// Without `sudo`, `env`, `timeout` and their like in front; a shell text in its parts.
void add_commands(std::span<const Argument> words, std::vector<TextCommand>& out, int depth = 0) {
  constexpr int kDeepest = 4;
  while (const auto wrapper = knowledge::unwrap_once(words)) {
    // Which files it gives to the program behind -exec stands before that.
    if (text::name_of(words.front().text) == "find") break;
    if (!wrapper->why_not.empty() || depth > kDeepest) return;
    if (wrapper->script != nullptr) {
      for (TextCommand& command : read_script_text(*wrapper->script)) {
        out.push_back(std::move(command));
      }
      return;
    }
    words = words.subspan(wrapper->rest);
  }
  TextCommand one;
  for (const Argument& word : words) one.words.push_back(text_word(word));
  if (!one.words.empty()) out.push_back(std::move(one));
}

std::vector<TextCommand> commands_in(const ComposeInvocation& call) {
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
  std::vector<TextCommand> out;
  add_commands(words, out);
  return out;
}

// Which files a program removes, or writes over.
class Writes {
 public:
  Writes(const Places& places, std::string base) : places_(places), base_(std::move(base)) {}

  // The place that is hit, with the program that does it.
  std::optional<std::pair<Place, std::string>> read(const std::vector<TextCommand>& commands) {
    for (const TextCommand& command : commands) {
      program_ = program_name(command);
      hit_ = nullptr;
      if (command.output) touch(*command.output);
      if (hit_ != nullptr && !command.appends) return {{*hit_, "output into a file"}};
      hit_ = nullptr;
      one(command);
      if (hit_ != nullptr) return {{*hit_, program_}};
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] bool is(std::string_view names) const {
    return !program_.empty() && names.find(" " + program_ + " ") != std::string_view::npos;
  }

  void one(const TextCommand& command) {
    std::vector<TextWord> operands;
    for (std::size_t i = 1; i < command.words.size(); ++i) {
      if (!command.words[i].text.starts_with('-')) operands.push_back(command.words[i]);
    }
    if (is(" cd ") && !operands.empty()) {
      touch(operands.front());
      base_ =
          hit_ != nullptr && !operands.front().known ? hit_->path : resolved(operands.front().text);
      hit_ = nullptr;
    } else if (is(" rm unlink shred truncate tee ")) {
      for (const TextWord& word : operands) touch(word);
    } else if (is(" xargs ") && removes(command)) {
      for (const TextWord& word : listed_) touch(word);
    } else if (is(" find ")) {
      find(command);
    } else if (is(" dd ")) {
      for (const TextWord& word : operands) {
        if (word.text.starts_with("of=")) touch({word.text.substr(3), word.known, word.span});
      }
    } else if (is(" mv ")) {
      for (const TextWord& word : operands) touch(word);
    } else if (is(" cp install rsync ") && operands.size() > 1) {
      into(command, operands);
    } else if (is(" sed ") && has_flag(command, 'i', "--in-place")) {
      const bool script =
          has_flag(command, 'e', "--expression") || has_flag(command, 'f', "--file");
      for (std::size_t i = script ? 0 : 1; i < operands.size(); ++i) touch(operands[i]);
    } else if (is(" ln ") && has_flag(command, 'f', "--force") && !operands.empty()) {
      touch(operands.back());
    } else if (is(" chmod ") && closes(command)) {
      for (const TextWord& word : operands) touch(word);
    } else if (is(" pg_resetwal pg_resetxlog ") && !has_flag(command, 'n', "--dry-run")) {
      for (const TextWord& word : operands) touch(word);
      if (hit_ == nullptr) hit_ = places_.first();
    } else if (is(" tar bsdtar ")) {
      if (const auto to = detail::unpacks_to(command.words, base_)) touch({*to});
    }
    if (is(" ls find echo printf ")) listed_ = operands;
  }

  // Into the last one, unless an option says where to.
  void into(const TextCommand& command, const std::vector<TextWord>& operands) {
    const bool settings = operands.size() == 2 && operands.front().text.ends_with(".conf");
    for (std::size_t i = 1; i + 1 < command.words.size(); ++i) {
      if (command.words[i].text == "-t" && program_ != "rsync") touch(command.words[i + 1]);
    }
    for (const TextWord& word : command.words) {
      if (word.text.starts_with("--target-directory=")) touch({word.text.substr(19)});
    }
    if (!settings) touch(operands.back());
  }

  [[nodiscard]] static bool removes(const TextCommand& command) {
    static constexpr std::array<std::string_view, 4> kPrograms = {"rm", "shred", "truncate",
                                                                  "unlink"};
    return std::any_of(command.words.begin(), command.words.end(), [](const TextWord& word) {
      const std::string_view name = text::name_of(word.text);
      return word.text == "-delete" || word.text.starts_with("rm ") ||
             std::find(kPrograms.begin(), kPrograms.end(), name) != kPrograms.end();
    });
  }

  // `-i`, `-ni`, `-i.bak`; `--in-place=.bak`
  [[nodiscard]] static bool has_flag(const TextCommand& command, char flag, std::string_view name) {
    return std::any_of(command.words.begin() + 1, command.words.end(), [&](const TextWord& word) {
      if (word.text.starts_with("--")) return word.text.starts_with(name);
      return word.text.starts_with('-') && word.text.find(flag) != std::string::npos;
    });
  }

  // A mode without which the owner, who is the server, reads and writes nothing.
  [[nodiscard]] static bool closes(const TextCommand& command) {
    return std::any_of(command.words.begin() + 1, command.words.end(), [](const TextWord& word) {
      const std::string& mode = word.text;
      if (mode.empty() || mode.starts_with("--")) return false;
      if (mode.find_first_not_of("01234567") == std::string::npos) {
        return mode.size() < 3 || mode[mode.size() - 3] < '6';
      }
      const std::size_t minus = mode.find_first_not_of("ugoa");
      if (minus == std::string::npos || mode[minus] != '-') return false;
      const std::string_view whose = std::string_view(mode).substr(0, minus);
      return (whose.empty() || whose.find_first_of("ua") != std::string_view::npos) &&
             mode.find_first_of("rw", minus) != std::string::npos;
    });
  }

  void find(const TextCommand& command) {
    const auto& words = command.words;
    for (std::size_t i = 1; removes(command) && i < words.size() && !words[i].text.starts_with('-');
         ++i) {
      touch(words[i]);
    }
  }

  [[nodiscard]] std::string resolved(std::string path) const {
    while (path.ends_with('*')) path.pop_back();
    if (!path.starts_with('/')) {
      if (base_.empty()) return "";
      path = base_ + "/" + path;
    }
    return text::normalise(without_slash(path));
  }

  void touch(const TextWord& word) {
    if (hit_ != nullptr) return;
    // `rm -rf *`: all that is where it stands.
    const bool all = word.text.empty() && word.span.text().starts_with('*');
    const std::string path = all ? resolved(".") : word.text.empty() ? "" : resolved(word.text);
    if (!path.empty()) hit_ = places_.hit(path);
    if (hit_ == nullptr && !word.known) hit_ = places_.by_variable(word.span.text());
  }

  const Places& places_;
  std::string base_;  // empty: not known
  std::string program_;
  std::vector<TextWord> listed_;
  const Place* hit_ = nullptr;
};

std::string lost_files(const GuardedCommand& command) {
  const ComposeInvocation& call = command.call();
  if (call.is("cp") && call.operands.size() == 2) {
    const std::string& to = call.operands.back().text;
    const std::size_t colon = to.find(':');
    if (colon == std::string::npos || call.operands.front().text.ends_with(".conf")) return "";
    const Places places(command, std::string_view(to).substr(0, colon));
    const Place* const place = places.hit(text::normalise("/" + to.substr(colon + 1)));
    return place == nullptr
               ? ""
               : "it writes over files of the database " + place->service + " in " + place->path;
  }
  if (!call.is("run") && !call.is("exec")) return "";
  // The file of a dump is one more beside the others.
  if (call.effect == Effect::kDumps || call.effect == Effect::kExports) return "";
  const OptionUse* directory = call.option("--workdir");
  const Places places(command);
  Writes writes(places, directory != nullptr && directory->value ? directory->value->text : "");
  const auto hit = writes.read(commands_in(call));
  if (!hit) return "";
  return "it removes or writes over files of the database " + hit->first.service + " in " +
         hit->first.path + " (" + hit->second + ")";
}

// A value that stands in one word with its option is read as well.
Statements statements_in_word(std::string_view text) {
  const bool long_option = text.starts_with("--") && !text.starts_with("-- ");
  if (text.starts_with("-c") || text.starts_with("-e")) text.remove_prefix(2);
  if (long_option) text.remove_prefix(std::min(text.find('='), text.size() - 1) + 1);
  return text.find_first_of(" \t\n") == std::string_view::npos ? Statements::kNone
                                                               : statements_in(text);
}

// `printf 'drop table %s' items`
std::string printed(const TextCommand& command) {
  std::string out;
  std::size_t next = 2;
  const std::string format = command.words.size() > 1 ? command.words[1].text : "";
  for (std::size_t at = 0; at < format.size(); ++at) {
    const bool word = format[at] == '%' && at + 1 < format.size() && format[at + 1] == 's';
    if (!word) {
      out += format[at];
      continue;
    }
    if (next < command.words.size()) out += command.words[next++].text;
    ++at;
  }
  return out;
}

// Of a shell text: what stands behind `<<<`, or in a here-document.
Statements fed_within(const std::string& text) {
  const std::size_t at = text.find("<<");
  if (at == std::string::npos) return Statements::kNone;
  const std::size_t begin = std::min(text.find_first_not_of("<- '\"\\", at), text.size());
  return statements_in(std::string_view(text).substr(begin));
}

// The gravest of what its words and its input tell a client.
Statements told_to_client(const ComposeInvocation& call) {
  Statements gravest = Statements::kNone;
  for (const TextCommand& command : commands_in(call)) {
    for (const TextWord& word : command.words) {
      gravest = std::max(gravest, statements_in_word(word.text));
    }
    if (program_name(command) == "printf") {
      gravest = std::max(gravest, statements_in_word(printed(command)));
    }
  }
  for (const Argument& word : call.inner) gravest = std::max(gravest, fed_within(word.text));
  return gravest;
}

bool loses_by_sql(const GuardedCommand& command) {
  const ComposeInvocation& call = command.call();
  std::vector<std::string> words;
  for (const Argument& word : call.inner) words.push_back(word.text);
  const ClientDatabase client = database_of_client({variables_of(command.service(), {}), words});
  // What the vocabulary takes for deleting and nobody understands here may be any of it.
  const bool deletes = call.effect == Effect::kDeletes && call.effect_name.starts_with("SQL ");
  if (!deletes && (!client.client || call.effect == Effect::kReads)) return false;
  const Statements told = told_to_client(call);
  if (told != Statements::kLose && (told == Statements::kBounded || !deletes)) return false;
  return !names_what_is_scratch(client.name);
}

}  // namespace

std::string lost_data(const GuardedCommand& command) {
  if (command.step == nullptr || !command.step->call) return "";
  const Step& step = *command.step;
  const ComposeInvocation& call = command.call();
  if (std::string files = lost_files(command); !files.empty()) return files;
  if (!call.is("run") && !call.is("exec")) return "";
  if (loses_by_sql(command)) {
    const bool named = step.effect == Effect::kDeletes && !step.effect_name.empty();
    return "it throws data away (" + (named ? step.effect_name : "SQL") + ")";
  }
  const bool sql = step.effect_name.starts_with("SQL ");
  return !sql && destroys_data(step) ? "it throws data away (" + step.effect_name + ")" : "";
}

}  // namespace composelint::guard
