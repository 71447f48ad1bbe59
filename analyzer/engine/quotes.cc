#include "analyzer/engine/quotes.h"

#include <optional>
#include <variant>
#include <vector>

namespace composelint::engine {

namespace {

template <typename... Forms>
struct Overloaded : Forms... {
  using Forms::operator()...;
};
template <typename... Forms>
Overloaded(Forms...) -> Overloaded<Forms...>;

class Finder {
 public:
  Finder(const SourceFile* file, std::uint32_t offset) : file_(file), offset_(offset) {}

  void look(const std::vector<Command>& commands) {
    for (const Command& command : commands) look(command);
  }
  [[nodiscard]] Quotes found() const { return found_; }

 private:
  void look(const std::vector<Word>& words) {
    for (const Word& word : words) look(word);
  }

  void look(const Command& command) {
    for (const IoRedirect& redirect : command.redirects) {
      look(redirect.target);
      if (redirect.here) look(*redirect.here);
    }
    std::visit(Overloaded{
                   [](const Unparsed&) {},
                   [this](const SimpleCommand& form) {
                     for (const Assignment& assignment : form.assignments) {
                       look(assignment.value);
                       look(assignment.elements);
                     }
                     look(form.words);
                   },
                   [this](const Pipeline& form) { look(form.commands); },
                   [this](const AndOrList& form) { look(form.commands); },
                   [this](const Group& form) { look(form.body); },
                   [this](const IfClause& form) {
                     for (const auto& branch : form.branches) {
                       look(branch.condition);
                       look(branch.body);
                     }
                   },
                   [this](const LoopClause& form) {
                     look(form.condition);
                     look(form.body);
                   },
                   [this](const ForClause& form) {
                     look(form.words);
                     look(form.body);
                   },
                   [this](const CaseClause& form) {
                     look(form.subject);
                     for (const auto& item : form.items) {
                       look(item.patterns);
                       look(item.body);
                     }
                   },
                   [this](const FunctionDefinition& form) {
                     if (form.body) look(*form.body);
                   },
               },
               command.form);
  }

  void look(const HereDocument& document) {
    const Span span = document.body.span;
    if (!holds(span)) return;
    found_ = document.quoted ? Quotes::kNone : Quotes::kDocument;
    look(document.body);
  }

  void look(const Word& word) {
    for (const WordPart& part : word.parts) {
      if (!holds(part.span)) continue;
      if (part.quoted && inside(part.span)) {
        found_ = part.single ? Quotes::kSingle : Quotes::kDouble;
      }
      if (part.parameter.argument) look(*part.parameter.argument);
      if (part.commands.empty() || offset_ == part.span.begin || offset_ == part.span.end) continue;
      found_ = Quotes::kNone;
      look(part.commands);
    }
  }

  [[nodiscard]] bool holds(const Span& span) const {
    return span.file == file_ && span.begin <= offset_ && offset_ <= span.end;
  }

  // A part's span holds the quotes that belong to it alone: at its edge the byte there decides.
  [[nodiscard]] bool inside(const Span& span) const {
    constexpr std::string_view kMarks = "'\"\\$";
    const std::string_view bytes = span.file->bytes();
    if (offset_ == span.begin) return kMarks.find(bytes[offset_]) == std::string_view::npos;
    if (offset_ == span.end) return kMarks.find(bytes[offset_ - 1]) == std::string_view::npos;
    return true;
  }

  const SourceFile* file_;
  std::uint32_t offset_;
  Quotes found_ = Quotes::kNone;
};

}  // namespace

Quotes quotes_at(const Script& script, const SourceFile* file, std::uint32_t offset) {
  Finder finder(file, offset);
  finder.look(script.commands);
  return finder.found();
}

bool stays_within(std::string_view text, Quotes quotes) {
  switch (quotes) {
    case Quotes::kNone: return true;
    case Quotes::kSingle: return text.find('\'') == std::string_view::npos;
    case Quotes::kDouble: return text.find_first_of("\"$`\\") == std::string_view::npos;
    case Quotes::kDocument: return text.find_first_of("$`\\") == std::string_view::npos;
  }
  return false;
}

}  // namespace composelint::engine
