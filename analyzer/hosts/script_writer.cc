#include "analyzer/hosts/script_writer.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace composelint::hosts {
namespace {

// A name no program has: where a hole stands, the shell reads a word.
constexpr std::string_view kPlaceholder = "composelint_hole";

std::string variable_name(std::string_view name) {
  std::string out = "make_";
  for (const char c : name) {
    out += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  }
  return out;
}

}  // namespace

ScriptWriter::ScriptWriter(const SourceFile& file, Span fallback, Dialect dialect)
    : file_(file), fallback_(fallback) {
  script_.map = text::SpanMap::pieces(file);
  script_.dialect = dialect;
}

// The file that holds the script: a definition in another file is where it is referred to.
Span ScriptWriter::place_of(const TextPart& part) const {
  if (part.written.file == &file_) return part.written;
  return part.used.file == &file_ ? part.used : fallback_;
}

void ScriptWriter::put(std::string_view text, const TextPart& part) {
  const auto size = static_cast<std::uint32_t>(text.size());
  const Span place = place_of(part);
  const bool exact = part.exact && place == part.written && place.size() == size;
  if (exact) {
    script_.map.add(size, place.begin);
  } else {
    script_.map.add_whole(size, place.begin, place.size());
  }
  script_.text += text;
}

void ScriptWriter::put_hole(const TextPart& part) {
  const auto begin = static_cast<std::uint32_t>(script_.text.size());
  TextPart stand_in = part;
  stand_in.exact = false;
  put(kPlaceholder, stand_in);
  const auto end = static_cast<std::uint32_t>(script_.text.size());
  script_.foreign.push_back({begin, end, part.text});
}

void ScriptWriter::follow_quotes(std::string_view text) {
  for (const char c : text) {
    if (std::exchange(escaped_, false)) continue;
    if (quote_ == Quote::kSingle) {
      if (c == '\'') quote_ = Quote::kNone;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      quote_ = quote_ == Quote::kDouble ? Quote::kNone : Quote::kDouble;
    } else if (c == '\'' && quote_ == Quote::kNone) {
      quote_ = Quote::kSingle;
    }
  }
}

// Inside of double quotes, without the value's own: words are what is wanted.
void ScriptWriter::put_value(const RunnerText& value, const TextPart& reference) {
  for (TextPart part : value) {
    if (!part.used) part.used = reference.used ? reference.used : reference.written;
    if (part.kind != TextPart::Kind::kText) {
      put_hole(part);
      continue;
    }
    if (part.code || part.text.find_first_of("\"'\\") == std::string::npos) {
      put(part.text, part);
      continue;
    }
    for (std::size_t i = 0; i < part.text.size(); ++i) {
      const char c = part.text[i];
      if (c == '"' || c == '\'' || c == '\\') continue;
      TextPart one = part;
      if (part.exact) {
        one.written.begin = part.written.begin + static_cast<std::uint32_t>(i);
        one.written.end = one.written.begin + 1;
      }
      put(std::string_view(part.text).substr(i, 1), one);
    }
  }
}

void ScriptWriter::set_choices(const RunnerText& text) {
  for (const TextPart& part : text) {
    if (part.kind != TextPart::Kind::kChoice || variables_.count(part.choice.get()) != 0) continue;
    std::string key = part.text;
    for (const RunnerText& one : part.choice->texts) key += '\0' + plain(one);
    const auto [known, fresh] = by_value_.emplace(key, variable_name(part.text));
    if (!fresh) {
      variables_[part.choice.get()] = known->second;
      continue;
    }
    if (by_value_.size() > 1) known->second += "_" + std::to_string(by_value_.size());
    const std::string& variable = variables_[part.choice.get()] = known->second;
    TextPart around = part;
    around.exact = false;
    const bool one = part.choice->texts.size() == 1;
    if (!one) {
      put("case ", around);
      put_hole(around);
      put(" in ", around);
    }
    for (std::size_t i = 0; i < part.choice->texts.size(); ++i) {
      const bool last = i + 1 == part.choice->texts.size();
      if (!one) put((last ? std::string("*") : std::to_string(i)) + ") ", around);
      put(variable + "=\"", around);
      quote_ = Quote::kDouble;
      put_value(part.choice->texts[i], part);
      quote_ = Quote::kNone;
      put(one ? "\"; " : "\";; ", around);
    }
    if (!one) put("esac; ", around);
  }
}

void ScriptWriter::write(const RunnerText& text) {
  bool lost = false;  // in a $(…) that single quotes keep from the shell
  for (const TextPart& part : text) {
    const bool was_lost = std::exchange(lost, part.code && quote_ == Quote::kSingle);
    if (lost) {
      if (!was_lost) put_hole(part);
    } else if (part.kind == TextPart::Kind::kHole) {
      put_hole(part);
    } else if (part.kind == TextPart::Kind::kChoice) {
      const auto set = variables_.find(part.choice.get());
      if (quote_ == Quote::kSingle && part.choice->texts.size() == 1) {
        for (TextPart piece : part.choice->texts.front()) {
          piece.written = part.written;
          piece.exact = false;
          if (piece.kind == TextPart::Kind::kText && !piece.code) {
            put(piece.text, piece);
          } else {
            put_hole(piece);
          }
        }
      } else if (set == variables_.end() || quote_ == Quote::kSingle) {
        put_hole(part);
      } else {
        TextPart reference = part;
        reference.exact = false;
        put("${" + set->second + "}", reference);
      }
    } else {
      put(part.text, part);
      if (!part.code) follow_quotes(part.text);
    }
    if (part.kind != TextPart::Kind::kText) escaped_ = false;
  }
}

}  // namespace composelint::hosts
