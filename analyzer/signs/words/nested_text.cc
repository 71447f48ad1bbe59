#include "analyzer/signs/words/nested_text.h"

#include <composelint/contains.h>

#include <algorithm>
#include <variant>
#include <vector>

namespace composelint {

namespace {

// Not in a substitution, which this shell runs itself.
bool is_text(const Word& word, Span place) {
  return std::any_of(word.parts.begin(), word.parts.end(), [&](const WordPart& part) {
    if (!contains(part.span, place)) return false;
    return part.commands.empty() || stands_in_text(part.commands, place);
  });
}

bool is_text(const std::vector<Word>& words, Span place) {
  return std::any_of(words.begin(), words.end(),
                     [&](const Word& word) { return is_text(word, place); });
}

// By the form of a command.
struct TextSearch {
  Span place;

  bool operator()(const SimpleCommand& form) const {
    return is_text(form.words, place) ||
           std::any_of(
               form.assignments.begin(), form.assignments.end(), [&](const Assignment& assignment) {
                 return is_text(assignment.value, place) || is_text(assignment.elements, place);
               });
  }
  bool operator()(const Pipeline& form) const { return stands_in_text(form.commands, place); }
  bool operator()(const AndOrList& form) const { return stands_in_text(form.commands, place); }
  bool operator()(const Group& form) const { return stands_in_text(form.body, place); }
  bool operator()(const IfClause& form) const {
    return std::any_of(form.branches.begin(), form.branches.end(), [&](const auto& branch) {
      return stands_in_text(branch.condition, place) || stands_in_text(branch.body, place);
    });
  }
  bool operator()(const LoopClause& form) const {
    return stands_in_text(form.condition, place) || stands_in_text(form.body, place);
  }
  bool operator()(const ForClause& form) const {
    return is_text(form.words, place) || stands_in_text(form.body, place);
  }
  bool operator()(const CaseClause& form) const {
    return is_text(form.subject, place) ||
           std::any_of(form.items.begin(), form.items.end(),
                       [&](const auto& item) { return stands_in_text(item.body, place); });
  }
  bool operator()(const FunctionDefinition& form) const {
    return form.body != nullptr && stands_in_text(*form.body, place);
  }
  bool operator()(const Unparsed&) const { return false; }
};

}  // namespace

bool stands_in_text(const std::vector<Command>& commands, Span place) {
  return std::any_of(commands.begin(), commands.end(), [&](const Command& command) {
    const bool here = std::any_of(command.redirects.begin(), command.redirects.end(),
                                  [&](const IoRedirect& redirect) {
                                    return is_text(redirect.target, place) ||
                                           (redirect.here && is_text(redirect.here->body, place));
                                  });
    return here || std::visit(TextSearch{place}, command.form);
  });
}

}  // namespace composelint
