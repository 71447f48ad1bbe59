#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <utility>

#include "analyzer/shell/parser.h"

namespace composelint {

namespace {

TextWord text_of(const Word& word) {
  TextWord out{{}, true, word.span};
  for (const WordPart& part : word.parts) {
    out.filled = out.known ? part.kind == WordPartKind::kForeign : out.filled;
    out.known = out.known && part.kind == WordPartKind::kLiteral;
    if (out.known) out.text += part.text;
  }
  return out;
}

// Words before the program: `sudo -u postgres pg_dump`, `gosu postgres pg_dump`.
std::size_t words_in_front(const std::vector<TextWord>& words) {
  static constexpr std::array<std::string_view, 9> kWrappers = {
      "command", "env", "exec", "gosu", "nice", "nohup", "su-exec", "sudo", "time"};
  std::size_t at = 0;
  while (at < words.size() &&
         std::find(kWrappers.begin(), kWrappers.end(), words[at].text) != kWrappers.end()) {
    const std::string& wrapper = words[at].text;
    if (wrapper == "gosu" || wrapper == "su-exec") ++at;
    ++at;
    while (at < words.size() &&
           (words[at].text.starts_with('-') || words[at].text.find('=') != std::string::npos)) {
      at += wrapper == "sudo" && words[at].text == "-u" ? 2 : 1;
    }
  }
  return std::min(at, words.size());
}

class TextReader {
 public:
  std::vector<TextCommand> commands;

  void read(const std::vector<Command>& list) {
    for (const Command& command : list) read(command);
  }

 private:
  void read(const Command& command);
  void read(const SimpleCommand& simple);
  void read(const Pipeline& pipeline);
  // What a redirect of a group is about is done by the commands in it.
  void redirect(const Command& command, std::size_t first);
};

void TextReader::read(const SimpleCommand& simple) {
  TextCommand made;
  for (const Word& word : simple.words) made.words.push_back(text_of(word));
  for (const Assignment& assignment : simple.assignments) {
    if (assignment.array || assignment.append) continue;
    TextWord value = text_of(assignment.value);
    value.text.insert(0, assignment.name + "=");
    made.assignments.push_back(std::move(value));
  }
  const auto front = static_cast<std::ptrdiff_t>(words_in_front(made.words));
  made.words.erase(made.words.begin(), made.words.begin() + front);
  commands.push_back(std::move(made));
}

void TextReader::read(const Pipeline& pipeline) {
  for (std::size_t i = 0; i < pipeline.commands.size(); ++i) {
    const std::size_t first = commands.size();
    read(pipeline.commands[i]);
    for (std::size_t made = first; made < commands.size(); ++made) {
      commands[made].piped_in = commands[made].piped_in || i > 0;
      commands[made].piped_out = commands[made].piped_out || i + 1 < pipeline.commands.size();
    }
  }
}

void TextReader::redirect(const Command& command, std::size_t first) {
  for (const IoRedirect& redirect : command.redirects) {
    const bool output = redirect.op == ">" || redirect.op == ">>" || redirect.op == ">|" ||
                        redirect.op == "&>" || redirect.op == "&>>";
    const bool standard = redirect.fd < 0 || redirect.fd == (output ? 1 : 0);
    if (!standard || (!output && redirect.op != "<")) continue;
    for (std::size_t i = first; i < commands.size(); ++i) {
      std::optional<TextWord>& target = output ? commands[i].output : commands[i].input;
      if (target) continue;
      target = text_of(redirect.target);
      commands[i].appends = commands[i].appends || redirect.op.ends_with(">>");
    }
  }
}

void TextReader::read(const Command& command) {
  const std::size_t first = commands.size();
  if (const auto* simple = command.as<SimpleCommand>()) {
    if (simple->words.empty()) return;
    read(*simple);
    commands.back().span = command.span;
  } else if (const auto* pipeline = command.as<Pipeline>()) {
    read(*pipeline);
  } else if (const auto* list = command.as<AndOrList>()) {
    read(list->commands);
  } else if (const auto* group = command.as<Group>()) {
    read(group->body);
  } else if (const auto* choice = command.as<IfClause>()) {
    for (const IfClause::Branch& branch : choice->branches) {
      read(branch.condition);
      read(branch.body);
    }
  } else if (const auto* loop = command.as<LoopClause>()) {
    read(loop->condition);
    read(loop->body);
  } else if (const auto* each = command.as<ForClause>()) {
    read(each->body);
  } else if (const auto* cases = command.as<CaseClause>()) {
    for (const CaseClause::Item& item : cases->items) read(item.body);
  }
  redirect(command, first);
}

}  // namespace

std::vector<TextCommand> read_script_text(const Argument& script) {
  const Result<Script> parsed = shell::parse_script(shell::script_in(script));
  if (!parsed || !parsed->unparsed.empty()) return {};
  TextReader reader;
  reader.read(parsed->commands);
  return std::move(reader.commands);
}

}  // namespace composelint
