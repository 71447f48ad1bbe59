#include "guard/inner_work.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "analyzer/knowledge/wrappers.h"
#include "analyzer/text/path.h"

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

void add_text(const TextWord& word, std::string text, std::vector<TextCommand>& out) {
  Argument script;
  script.span = word.span;
  script.text = std::move(text);
  for (TextCommand& command : read_script_text(script)) out.push_back(std::move(command));
}

// `\! rm -rf /x`, to the end of the line; `copy (select 1) to program 'rm -rf /x'`
void add_told_to_client(const TextWord& word, std::vector<TextCommand>& out) {
  const std::string& text = word.text;
  for (std::size_t at = text.find("\\!"); at != std::string::npos; at = text.find("\\!", at + 1)) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    add_text(word, text.substr(at + 2, end - at - 2), out);
  }
  const std::string low = lower_case(text);
  constexpr std::string_view kProgram = "program";
  for (std::size_t at = low.find(kProgram); at != std::string::npos;
       at = low.find(kProgram, at + 1)) {
    std::size_t next = low.find_first_not_of(" \t\n", at + kProgram.size());
    if (next == std::string::npos || text[next] != '\'') continue;
    std::string program;
    for (++next; next < text.size(); ++next) {
      if (text[next] == '\'' && !text.substr(next + 1).starts_with('\'')) break;
      if (text[next] == '\'') ++next;
      program += text[next];
    }
    add_text(word, std::move(program), out);
  }
}

}  // namespace

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

std::vector<TextCommand> commands_in(const ComposeInvocation& call) {
  std::vector<TextCommand> out;
  add_commands(words_of_task(call), out);
  return out;
}

std::vector<TextCommand> told_to_clients(const std::vector<TextCommand>& commands) {
  std::vector<TextCommand> out;
  for (const TextCommand& command : commands) {
    for (const TextWord& word : command.words) add_told_to_client(word, out);
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
