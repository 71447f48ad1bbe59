#include "guard/inner_documents.h"

#include <composelint/shell.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "analyzer/shell/parser.h"
#include "analyzer/text/path.h"
#include "guard/text_reader.h"

namespace composelint::guard {

namespace {

using Document = std::optional<Argument>;

Argument text_at(std::string text, Span span) {
  Argument out;
  out.text = std::move(text);
  out.span = span;
  out.quoted = true;
  if (span && span.text() == out.text) {
    out.written = span;
    out.runs.push_back({0, static_cast<std::uint32_t>(out.text.size()), span});
  }
  return out;
}

bool runs_what_it_reads(std::string_view program) {
  return is_shell(program) || !option_of(program).empty();
}

class Documents {
 public:
  RunDocuments all;

  // `around`: what comes to those that have nothing of their own to read.
  void read(const std::vector<Command>& list, const Document& around) {
    for (const Command& command : list) read(command, around);
  }

 private:
  // The text that the command is given by its own redirect.
  [[nodiscard]] Document own(const Command& command) const {
    Document out;
    for (const IoRedirect& redirect : command.redirects) {
      if (redirect.fd > 0) continue;
      if (redirect.here) {
        const Span body = redirect.here->body.span;
        out = text_at(shell::script_in(*redirect.here).text, body ? body : redirect.span);
      }
      const Argument* file = redirect.op == "<" ? written(redirect.target.literal_text()) : nullptr;
      if (file != nullptr) out = *file;
      if (redirect.op == "<<<") out = text_at(redirect.target.literal_text(), redirect.span);
    }
    return out;
  }

  void read(const Command& command, const Document& around) {
    const Document mine = own(command);
    const Document& in = mine ? mine : around;
    if (const auto* simple = command.as<SimpleCommand>()) {
      one(command, *simple, in);
    } else if (const auto* pipeline = command.as<Pipeline>()) {
      along(*pipeline, in);
    } else if (const auto* list = command.as<AndOrList>()) {
      read(list->commands, in);
    } else if (const auto* group = command.as<Group>()) {
      read(group->body, in);
    } else if (const auto* choice = command.as<IfClause>()) {
      for (const IfClause::Branch& branch : choice->branches) {
        read(branch.condition, in);
        read(branch.body, in);
      }
    } else if (const auto* loop = command.as<LoopClause>()) {
      read(loop->condition, in);
      read(loop->body, in);
    } else if (const auto* each = command.as<ForClause>()) {
      read(each->body, in);
    } else if (const auto* cases = command.as<CaseClause>()) {
      for (const CaseClause::Item& item : cases->items) read(item.body, in);
    } else if (const auto* function = command.as<FunctionDefinition>()) {
      if (function->body) read(*function->body, in);
    }
  }

  // What comes in at the front goes on to the end, be it by `cat`, `sed` or others.
  void along(const Pipeline& pipeline, Document in) {
    for (const Command& command : pipeline.commands) {
      read(command, in);
      if (Document mine = own(command)) in = std::move(mine);
      const auto* simple = command.as<SimpleCommand>();
      if (Document printed = simple == nullptr ? Document() : printed_by(*simple)) {
        in = std::move(printed);
      } else if (const Argument* file = simple == nullptr ? nullptr : shown_by(*simple)) {
        in = *file;
      }
    }
  }

  // `cat /tmp/f`
  [[nodiscard]] const Argument* shown_by(const SimpleCommand& simple) const {
    const bool cat = simple.words.size() == 2 && simple.words.front().literal_text() == "cat";
    return cat ? written(simple.words.back().literal_text()) : nullptr;
  }

  static Document printed_by(const SimpleCommand& simple) {
    const std::string program = simple.words.empty() ? "" : simple.words.front().literal_text();
    if (program != "echo" && program != "printf") return std::nullopt;
    std::string text;
    for (std::size_t i = 1; i < simple.words.size(); ++i) {
      const std::string word = simple.words[i].literal_text();
      if (word == "-e" || word == "-n" || word == "%s\\n" || word == "%s") continue;
      text += (text.empty() ? "" : " ") + word;
    }
    for (std::size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at)) {
      text.replace(at, 2, "\n");
    }
    if (text.empty()) return std::nullopt;
    return text_at(std::move(text), simple.words.front().span);
  }

  void one(const Command& command, const SimpleCommand& simple, const Document& in) {
    std::vector<std::string> words;
    for (const Word& word : simple.words) words.push_back(word.literal_text());
    if (words.empty()) return;
    write(command, simple, words, in);
    const std::string program(text::name_of(words.front()));
    if (const Argument* file = written(words.front())) run("sh", *file);
    const bool reads = program == "." || program == "source" || runs_what_it_reads(program);
    // `su - postgres <<X`: its shell.
    if (program == "su" && in && std::find(words.begin(), words.end(), "-c") == words.end()) {
      return run("sh", *in);
    }
    // `su -c sh`, `sudo -u postgres psql` read what they stand before.
    const bool in_front = !reads && runs_what_it_reads(text::name_of(words.back()));
    if (in_front && in) run(std::string(text::name_of(words.back())), *in);
    if (!reads) return;
    const bool shell = program == "." || program == "source" || is_shell(program);
    bool told = false;
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (const Argument* file = written(words[i])) run(shell ? "sh" : program, *file);
      told =
          told || words[i] == "-c" || words[i] == option_of(program) ||
          (shell && !words[i].starts_with('-') && words[i] != "/dev/stdin" && words[i - 1] != "-s");
    }
    if (!told && in) run(shell ? "sh" : program, *in);
  }

  // `cat >f`, `tee f`, `echo … >f`
  void write(const Command& command, const SimpleCommand& simple,
             const std::vector<std::string>& words, const Document& in) {
    const Document printed = printed_by(simple);
    const bool passes = words.front() == "cat" || words.front() == "tee";
    const Document& text = printed ? printed : in;
    if (!text || (!printed && !passes)) return;
    const auto add = [&](const std::string& name) {
      if (!name.empty()) written_.insert_or_assign(text::normalise(name), *text);
    };
    for (const IoRedirect& redirect : command.redirects) {
      if (redirect.op.starts_with('>') && redirect.fd < 2) add(redirect.target.literal_text());
    }
    for (std::size_t i = 1; words.front() == "tee" && i < words.size(); ++i) add(words[i]);
  }

  [[nodiscard]] const Argument* written(const std::string& word) const {
    const auto at = word.empty() ? written_.end() : written_.find(text::normalise(word));
    return at == written_.end() ? nullptr : &at->second;
  }

  void run(std::string program, const Argument& text) {
    constexpr std::size_t kMost = 64;
    // `sh f; sh f`: read once, or texts within texts would be read over and over.
    for (const RunDocument& each : all.found) {
      if (each.program == program && each.text.text == text.text) return;
    }
    all.cut = all.found.size() == kMost;
    if (!all.cut) all.found.push_back({std::move(program), text});
  }

  std::map<std::string, Argument, std::less<>> written_;
};

}  // namespace

RunDocuments documents_run_in(const Argument& script) {
  // Most texts have none.
  const bool may = script.text.find_first_of("<|>") != std::string::npos;
  if (!may) return {};
  const Result<Script> parsed = shell::parse_script(shell::script_in(script));
  if (!parsed) return {};
  Documents documents;
  documents.read(parsed->commands, std::nullopt);
  return std::move(documents.all);
}

}  // namespace composelint::guard
