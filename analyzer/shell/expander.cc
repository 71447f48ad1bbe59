#include "analyzer/shell/expander.h"

#include <algorithm>

#include "analyzer/shell/arithmetic.h"
#include "analyzer/shell/braces.h"
#include "analyzer/shell/glob.h"
#include "analyzer/shell/paired_values.h"

namespace composelint::shell {
namespace {

constexpr std::size_t kMaxBraceWords = 64;

// Literal text with the place of its bytes where they stand in the file as they are.
Piece literal_piece(const WordPart& part) {
  Piece piece;
  piece.text = part.text;
  piece.written = part.span;
  piece.quoted = part.quoted;
  const std::string_view source = part.span.text();
  for (std::uint32_t before = 0; before <= 2 && before < part.span.size(); ++before) {
    const std::uint32_t around = before == 0 ? 0 : before + 1;
    if (source.size() != part.text.size() + around) continue;
    if (source.substr(before, part.text.size()) != part.text) continue;
    piece.written.begin += before;
    piece.written.end = piece.written.begin + static_cast<std::uint32_t>(part.text.size());
    piece.exact = true;
    break;
  }
  return piece;
}

const SimpleCommand* first_simple(const std::vector<Command>& commands) {
  const std::vector<Command>* list = &commands;
  while (!list->empty()) {
    const Command& command = list->front();
    if (const auto* simple = command.as<SimpleCommand>()) return simple;
    if (const auto* pipeline = command.as<Pipeline>())
      list = &pipeline->commands;
    else if (const auto* chain = command.as<AndOrList>())
      list = &chain->commands;
    else if (const auto* group = command.as<Group>())
      list = &group->body;
    else
      return nullptr;
  }
  return nullptr;
}

std::string substitution_name(const WordPart& part) {
  const SimpleCommand* simple = first_simple(part.commands);
  if (simple == nullptr || simple->words.empty()) return "$()";
  return "$(" + simple->words[0].literal_text() + ")";
}

// A word for every combination of its brace expansions.
std::vector<Word> brace_words(const Word& word) {
  std::vector<Word> words(1);
  words[0].span = word.span;
  for (const WordPart& part : word.parts) {
    std::vector<std::string> texts;
    if (part.kind == WordPartKind::kBrace) texts = expand_braces(part.text, kMaxBraceWords);
    if (texts.size() < 2 || texts.size() * words.size() > kMaxBraceWords) {
      for (Word& each : words) each.parts.push_back(part);
      continue;
    }
    std::vector<Word> more;
    for (const Word& each : words) {
      for (std::string& text : texts) {
        WordPart literal;
        literal.span = part.span;
        literal.text = text;
        more.push_back(each);
        more.back().parts.push_back(std::move(literal));
      }
    }
    words = std::move(more);
  }
  return words;
}

}  // namespace

std::shared_ptr<const Value> Choices::pick(std::string_view name, const Variable& variable,
                                           Expansion& notes) {
  const std::size_t count = variable.values.size() + (variable.maybe_unset ? 1 : 0);
  if (count == 0) return nullptr;
  if (count == 1) return variable.values.empty() ? nullptr : variable.values[0];
  auto choice = std::find_if(choices_.begin(), choices_.end(),
                             [&](const Choice& each) { return each.name == name; });
  if (choice == choices_.end()) {
    choice = std::find_if(choices_.begin(), choices_.end(), [&](const Choice& each) {
      return are_set_together(each.variable, variable);
    });
  }
  if (choice == choices_.end()) {
    if (gave_up_) return std::make_shared<const Value>(Value::hole(name));
    choices_.push_back({std::string(name), 0, count, variable});
    choice = choices_.end() - 1;
  }
  const bool is_set = choice->index < variable.values.size();
  std::shared_ptr<const Value> value = is_set ? variable.values[choice->index] : nullptr;
  const auto noted = std::find_if(notes.chosen.begin(), notes.chosen.end(),
                                  [&](const auto& each) { return each.first == name; });
  if (noted == notes.chosen.end()) notes.chosen.emplace_back(name, value);
  return value;
}

bool Choices::next() {
  while (!choices_.empty() && choices_.back().index + 1 == choices_.back().count) {
    choices_.pop_back();
  }
  if (choices_.empty()) return false;
  ++choices_.back().index;
  return true;
}

void Fields::add(Piece piece, bool quoted) {
  if (quoted) open_ = true;
  if (piece.hole || quoted || !splits_) {
    if (!piece.hole && piece.text.empty()) return;
    open_ = true;
    if (!splits_) piece.splits = piece.splits && piece.hole;
    current_.push_back(std::move(piece));
    return;
  }
  add_split(piece);
}

void Fields::add_split(const Piece& piece) {
  const std::string& text = piece.text;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(separators_, at), text.size());
    if (end > at) {
      Text part = slice({piece}, at, end - at);
      part[0].splits = part[0].text.find_first_of("*?[") != std::string::npos;
      current_.push_back(std::move(part[0]));
      open_ = true;
    }
    if (end < text.size()) this->end();
    at = end + 1;
  }
}

void Fields::open() {
  open_ = true;
}

void Fields::end() {
  if (!open_) return;
  done_.push_back(std::exchange(current_, {}));
  open_ = false;
}

std::vector<Text> Fields::take() {
  end();
  return std::move(done_);
}

std::vector<Text> Expander::fields(const Word& word) {
  std::vector<Text> all;
  const bool braces = std::any_of(word.parts.begin(), word.parts.end(), [](const WordPart& part) {
    return part.kind == WordPartKind::kBrace;
  });
  const auto expand_one = [&](const Word& each) {
    Fields fields(true, separators());
    expand_parts(each, fields, false);
    std::vector<Text> some = fields.take();
    std::move(some.begin(), some.end(), std::back_inserter(all));
  };
  if (!braces) {
    expand_one(word);
    return all;
  }
  for (const Word& each : brace_words(word)) expand_one(each);
  return all;
}

Text Expander::text(const Word& word) {
  Fields fields(false, {});
  expand_parts(word, fields, false);
  std::vector<Text> one = fields.take();
  return one.empty() ? Text{} : std::move(one[0]);
}

std::optional<std::string> Expander::pattern(const Word& word) {
  std::string out;
  for (const WordPart& part : word.parts) {
    if (part.kind == WordPartKind::kGlob) {
      out += part.text;
      continue;
    }
    Word one;
    one.span = part.span;
    one.parts.push_back(part);
    const Text value = text(one);
    if (!is_known(value)) return std::nullopt;
    // An unquoted expansion may hold a pattern.
    const bool literal = part.quoted || part.kind == WordPartKind::kLiteral;
    out += literal ? glob_quoted(known_text(value)) : known_text(value);
  }
  return out;
}

void Expander::expand_parts(const Word& word, Fields& fields, bool quoted) {
  constexpr int kMaxDepth = 32;
  if (depth_ >= kMaxDepth) return add_hole("…", word.span, fields, quoted, false);
  ++depth_;
  for (const WordPart& part : word.parts) expand_part(part, fields, quoted || part.quoted);
  --depth_;
}

void Expander::expand_part(const WordPart& part, Fields& fields, bool quoted) {
  switch (part.kind) {
    case WordPartKind::kLiteral: {
      // Text of the word itself is never split: inside of ${x:-a b} it is.
      const bool whole = quoted || depth_ == 1;
      if (part.quoted || !part.text.empty()) {
        Piece piece = literal_piece(part);
        fields.add(std::move(piece), whole);
      }
      return;
    }
    case WordPartKind::kBrace: {
      fields.add(literal_piece(part), true);
      return;
    }
    case WordPartKind::kGlob: {
      Piece piece = literal_piece(part);
      piece.splits = fields.splitting() && !quoted;
      fields.add(std::move(piece), true);
      return;
    }
    case WordPartKind::kForeign: return add_hole(part.text, part.span, fields, quoted, false);
    case WordPartKind::kProcessSubstitution:
      return add_hole(part.text + "()", part.span, fields, true, false);
    case WordPartKind::kTilde: return expand_tilde(part, fields);
    case WordPartKind::kArithmetic: return expand_arithmetic(part, fields, quoted);
    case WordPartKind::kCommandSubstitution: return expand_substitution(part, fields, quoted);
    case WordPartKind::kParameter: return expand_parameter(part, fields, quoted);
  }
}

void Expander::expand_tilde(const WordPart& part, Fields& fields) {
  if (part.text == "~") {
    Found home = find_named("HOME", {});
    if (!home.unset && !home.unknown && home.elements.size() == 1) {
      return add_text(home.elements[0], fields, true, false);
    }
  }
  add_hole(part.text, part.span, fields, true, false);
}

void Expander::expand_arithmetic(const WordPart& part, Fields& fields, bool quoted) {
  const auto value =
      evaluate_arithmetic(part.text, [this](std::string_view name) { return this->number(name); });
  if (!value) return add_hole("$((" + part.text + "))", part.span, fields, true, false);
  Piece piece;
  piece.text = std::to_string(*value);
  piece.written = part.span;
  piece.quoted = quoted;
  fields.add(std::move(piece), true);
}

void Expander::expand_substitution(const WordPart& part, Fields& fields, bool quoted) {
  Variable printed;
  if (context_.substitute) {
    for (Value& value : context_.substitute(part, scope_)) {
      printed.values.push_back(std::make_shared<const Value>(std::move(value)));
    }
  }
  const std::string name = substitution_name(part);
  const auto value = choices_.pick("(" + name + ")", printed, notes_);
  if (!value) return add_hole(name, part.span, fields, quoted, false);
  bool first = true;
  for (Text element : value->elements) {
    while (!element.empty() && !element.back().hole) {
      const std::size_t keep = element.back().text.find_last_not_of('\n') + 1;
      if (keep == element.back().text.size()) break;
      Text rest = slice({element.back()}, 0, keep);
      element.pop_back();
      element.insert(element.end(), rest.begin(), rest.end());
      if (!rest.empty()) break;
    }
    if (!std::exchange(first, false)) add_text(known(" "), fields, quoted, false);
    add_text(element, fields, quoted, false);
  }
  if (quoted) fields.open();
}

void Expander::add_hole(std::string_view name, const Span& span, Fields& fields, bool quoted,
                        bool list) {
  Piece piece = std::move(unknown(name, span)[0]);
  piece.quoted = quoted;
  piece.splits = list || !quoted;
  if (!fields.splitting()) piece.splits = false;
  fields.add(std::move(piece), quoted && !list);
}

void Expander::add_text(const Text& text, Fields& fields, bool quoted, bool list) {
  if (quoted) fields.open();
  for (const Piece& piece : text) {
    if (piece.hole) {
      // The unknown rest of a list is any number of words even in quotes.
      add_hole(piece.text, piece.written, fields, quoted, list && piece.splits);
      continue;
    }
    Piece copy = piece;
    copy.splits = false;
    copy.quoted = copy.quoted || quoted;
    fields.add(std::move(copy), quoted);
  }
}

void Expander::add_found(const Found& found, const WordPart& part, Fields& fields, bool quoted) {
  const bool apart = fields.splitting() && (found.list || (found.joined && !quoted));
  bool first = true;
  const auto separate = [&] {
    if (std::exchange(first, false)) return;
    if (apart)
      fields.end();
    else
      add_text(known(" "), fields, quoted, false);
  };
  for (const Text& element : found.elements) {
    separate();
    add_text(element, fields, quoted, found.list);
  }
  if (found.open_end) {
    separate();
    add_hole(part.parameter.name, part.span, fields, quoted, found.list);
  } else if (quoted && !found.list) {
    fields.open();
  }
}

}  // namespace composelint::shell
