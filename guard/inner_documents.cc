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
#include "guard/printed_text.h"
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

  // `around`: what comes to those that have nothing of their own to read. What they print.
  Document read(const std::vector<Command>& list, const Document& around) {
    Document out;
    for (const Command& command : list) join(out, read(command, around), around);
    return out ? out : around;
  }

 private:
  // What is only passed on is not printed once more.
  static void join(Document& out, const Document& more, const Document& around) {
    constexpr std::size_t kLongest = std::size_t{1} << 20U;
    if (!more || (around && more->text == around->text)) return;
    if (!out) {
      out = more;
    } else if (out->text.size() + more->text.size() < kLongest) {
      out = text_at(out->text + "\n" + more->text, out->span);
    }
  }

  // The text that the command is given by its own redirect.
  Document own(const Command& command) {
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
      for (const WordPart& part : redirect.target.parts) {
        if (Document made = substituted(part)) out = std::move(made);
      }
    }
    return out;
  }

  // What stands in the place of `$(…)` and backquotes, and what comes out of `<(…)`. Of a file
  // that the text has not written itself: the line by which a client reads it.
  Document substituted(const WordPart& part) {
    if (part.kind == WordPartKind::kParameter) {
      const auto held = held_.find(part.parameter.name);
      return held == held_.end() ? Document() : held->second;
    }
    if (part.commands.empty()) return std::nullopt;
    Document out = read(part.commands, std::nullopt);
    const std::string file = out || part.commands.size() > 1 ? "" : shown_file(part.commands[0]);
    if (!file.empty()) out = text_at("\\i " + file, part.span);
    return out;
  }

  // `cat /x.sql`, `</x.sql`
  static std::string shown_file(const Command& command) {
    const auto* simple = command.as<SimpleCommand>();
    if (simple == nullptr) return "";
    if (simple->words.size() == 2 && simple->words.front().literal_text() == "cat") {
      return simple->words.back().literal() ? simple->words.back().literal_text() : "";
    }
    const bool only = simple->words.size() + simple->assignments.size() == 0;
    const bool reads = only && command.redirects.size() == 1 && command.redirects[0].op == "<";
    return reads ? command.redirects[0].target.literal_text() : "";
  }

  Document read(const Command& command, const Document& around) {
    const Document mine = own(command);
    const Document& in = mine ? mine : around;
    if (const auto* simple = command.as<SimpleCommand>()) return one(command, *simple, in);
    if (const auto* pipeline = command.as<Pipeline>()) {
      // What comes in at the front goes on to the end, be it by `cat`, `sed` or others.
      Document passed = in;
      for (const Command& each : pipeline->commands) passed = read(each, passed);
      return passed;
    }
    if (const auto* list = command.as<AndOrList>()) return read(list->commands, in);
    if (const auto* group = command.as<Group>()) return read(group->body, in);
    if (const auto* each = command.as<ForClause>()) return read(each->body, in);
    Document out;
    if (const auto* choice = command.as<IfClause>()) {
      for (const IfClause::Branch& branch : choice->branches) {
        read(branch.condition, in);
        join(out, read(branch.body, in), in);
      }
    } else if (const auto* loop = command.as<LoopClause>()) {
      read(loop->condition, in);
      out = read(loop->body, in);
    } else if (const auto* cases = command.as<CaseClause>()) {
      for (const CaseClause::Item& item : cases->items) join(out, read(item.body, in), in);
    } else if (const auto* function = command.as<FunctionDefinition>()) {
      if (function->body) read(*function->body, in);
    }
    return out ? out : in;
  }

  // `cat /tmp/f`
  [[nodiscard]] const Argument* shown_by(const SimpleCommand& simple) const {
    const bool cat = simple.words.size() == 2 && simple.words.front().literal_text() == "cat";
    return cat ? written(simple.words.back().literal_text()) : nullptr;
  }

  [[nodiscard]] Document printed_by(const SimpleCommand& simple,
                                    const std::vector<std::string>& words, Span span,
                                    const Document& in) const {
    if (auto printed = printed_text(words)) {
      return text_at(std::move(*printed), span);
    }
    if (const Argument* file = shown_by(simple)) return *file;
    const Argument* source = in ? &*in : nullptr;
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (const Argument* file = written(words[i])) source = file;
    }
    if (source == nullptr) return std::nullopt;
    auto decoded = decoded_text(words, source->text);
    return decoded ? text_at(std::move(*decoded), span) : Document();
  }

  // What it prints, or passes on.
  Document one(const Command& command, const SimpleCommand& simple, const Document& in) {
    std::vector<Document> made;  // by what is substituted in its words
    for (const Assignment& each : simple.assignments) {
      for (const WordPart& part : each.value.parts) {
        if (Document held = substituted(part)) held_.insert_or_assign(each.name, std::move(*held));
      }
    }
    std::vector<std::string> words;
    for (const Word& word : simple.words) {
      words.push_back(word.literal_text());
      for (const WordPart& part : word.parts) {
        if (Document text = substituted(part)) made.push_back(std::move(text));
      }
    }
    if (words.empty()) return in;
    const Document printed = printed_by(simple, words, command.span, in);
    write(command, words, printed, in);
    run_by(words, made, in);
    return printed ? printed : in;
  }

  void run_by(const std::vector<std::string>& words, const std::vector<Document>& made,
              const Document& in) {
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
    if (!reads && program != "eval") return;
    const bool shell = !reads || program == "." || program == "source" || is_shell(program);
    // `psql -c "$(cat f)"`, `eval "$(…)"`, `sh <(…)`
    for (const Document& each : made) run(shell ? "sh" : program, *each);
    bool told = !reads;
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (const Argument* file = written(words[i])) run(shell ? "sh" : program, *file);
      told =
          told || words[i] == "-c" || words[i] == option_of(program) ||
          (shell && !words[i].starts_with('-') && words[i] != "/dev/stdin" && words[i - 1] != "-s");
    }
    if (!told && in) run(shell ? "sh" : program, *in);
  }

  // `cat >f`, `tee f`, `echo … >f`, `base64 -d >f`
  void write(const Command& command, const std::vector<std::string>& words, const Document& printed,
             const Document& in) {
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

  std::map<std::string, Argument, std::less<>> written_;  // files, by their names
  std::map<std::string, Argument, std::less<>> held_;     // by variables
};

}  // namespace

RunDocuments documents_run_in(const Argument& script) {
  // Most texts have none.
  const bool may = script.text.find_first_of("<|>`$") != std::string::npos;
  if (!may) return {};
  const Result<Script> parsed = shell::parse_script(shell::script_in(script));
  if (!parsed) return {};
  Documents documents;
  documents.read(parsed->commands, std::nullopt);
  return std::move(documents.all);
}

}  // namespace composelint::guard
