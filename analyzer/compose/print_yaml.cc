#include "analyzer/compose/print_yaml.h"

#include <array>
#include <string_view>

#include "analyzer/compose/numbers.h"
#include "analyzer/compose/runes.h"
#include "analyzer/yaml/scalar.h"

namespace composelint::compose {

namespace {

constexpr std::size_t kMaxSimpleKey = 128;

bool is_break(char32_t c) {
  return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

// What the encoder of Compose takes for printable: nothing beyond the basic plane.
bool is_printable(char32_t c) {
  return c == '\n' || (c >= 0x20 && c <= 0x7E) || (c >= 0xA0 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF);
}

// What a text holds, as far as it decides how it may be written.
struct Traits {
  bool indicators = false;  // would read as something else when plain
  bool breaks = false;
  bool unprintable = false;
  bool tabs = false;
  bool edge_space = false;  // a space or break at either end
  bool trailing_space = false;
  bool space_before_break = false;
  bool space_behind_break = false;
};

bool indicates(char32_t c, bool first, bool before_blank, bool behind_blank) {
  if (c == ':') return before_blank;
  if (!first) return c == '#' && behind_blank;
  if (c == '?' || c == '-') return before_blank;
  return c < 0x80 &&
         std::string_view("#,[]{}&*!|>'\"%@`").find(static_cast<char>(c)) != std::string_view::npos;
}

Traits traits_of(std::string_view text) {
  Traits traits;
  traits.indicators = text.starts_with("---") || text.starts_with("...");
  bool behind_blank = true;
  bool behind_space = false;
  bool behind_break = false;
  for (std::size_t i = 0; i < text.size();) {
    const Rune rune = rune_at(text, i);
    const std::size_t next = i + rune.size;
    const bool before_blank = next >= text.size() || text[next] == ' ' || text[next] == '\t';
    const bool edge = i == 0 || next == text.size();
    traits.indicators =
        traits.indicators || indicates(rune.code, i == 0, before_blank, behind_blank);
    if (rune.code == '\t') {
      traits.tabs = true;
    } else if (!is_printable(rune.code)) {
      traits.unprintable = true;
    }
    const bool space = rune.code == ' ';
    const bool line_break = is_break(rune.code);
    traits.breaks = traits.breaks || line_break;
    traits.edge_space = traits.edge_space || (edge && (space || line_break));
    traits.trailing_space = space && next == text.size();
    traits.space_behind_break = traits.space_behind_break || (space && behind_break);
    traits.space_before_break = traits.space_before_break || (line_break && behind_space);
    behind_space = space;
    behind_break = line_break;
    behind_blank = space || line_break || rune.code == '\t' || rune.code == 0;
    i = next;
  }
  return traits;
}

// Truths and times of YAML 1.1, which other readers would not take for text.
bool is_old_bool(std::string_view text) {
  constexpr std::array<std::string_view, 16> kWords = {"y",  "Y",   "yes", "Yes", "YES", "on",
                                                       "On", "ON",  "n",   "N",   "no",  "No",
                                                       "NO", "off", "Off", "OFF"};
  for (const std::string_view word : kWords) {
    if (text == word) return true;
  }
  return false;
}

bool is_base60(std::string_view text) {
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || !is_digit(text.front())) return false;
  std::size_t at = 0;
  while (at < text.size() && (is_digit(text[at]) || text[at] == '_')) ++at;
  std::size_t groups = 0;
  while (at + 1 < text.size() && text[at] == ':' && is_digit(text[at + 1])) {
    const bool two = at + 2 < text.size() && is_digit(text[at + 2]) && text[at + 1] < '6';
    at += two ? 3 : 2;
    ++groups;
  }
  if (groups == 0) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    while (at < text.size() && (is_digit(text[at]) || text[at] == '_')) ++at;
  }
  return at == text.size();
}

class Printer {
 public:
  explicit Printer(std::string& out) : out_(out) {}

  void document(const Value& value);

 private:
  void map(const Value& value, std::size_t indent, bool inline_first);
  void list(const Value& value, std::size_t indent, bool inline_first);
  void nested(const Value& value, std::size_t indent);
  void string(std::string_view text, std::size_t indent, bool key);
  void double_quoted(std::string_view text);
  void single_quoted(std::string_view text);
  void literal(std::string_view text, std::size_t indent);
  void scalar(const Value& value, std::size_t indent);
  void start_line(std::size_t indent) { out_.append(indent, ' '); }

  std::string& out_;
};

void Printer::double_quoted(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::array<std::pair<char32_t, char>, 15> kNames = {{{0x00, '0'},
                                                                 {0x07, 'a'},
                                                                 {0x08, 'b'},
                                                                 {0x09, 't'},
                                                                 {0x0A, 'n'},
                                                                 {0x0B, 'v'},
                                                                 {0x0C, 'f'},
                                                                 {0x0D, 'r'},
                                                                 {0x1B, 'e'},
                                                                 {0x22, '"'},
                                                                 {0x5C, '\\'},
                                                                 {0x85, 'N'},
                                                                 {0xA0, '_'},
                                                                 {0x2028, 'L'},
                                                                 {0x2029, 'P'}}};
  out_ += '"';
  for (std::size_t i = 0; i < text.size();) {
    const Rune rune = rune_at(text, i);
    const char32_t c = rune.code;
    if (is_printable(c) && !is_break(c) && c != '"' && c != '\\') {
      out_ += text.substr(i, rune.size);
      i += rune.size;
      continue;
    }
    i += rune.size;
    out_ += '\\';
    bool named = false;
    for (const auto& [code, name] : kNames) {
      if (code != c) continue;
      out_ += name;
      named = true;
    }
    if (named) continue;
    const int digits = c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8;
    out_ += digits == 2 ? 'x' : digits == 4 ? 'u' : 'U';
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      out_ += kHex[(c >> static_cast<unsigned>(shift)) & 0xFU];
    }
  }
  out_ += '"';
}

void Printer::single_quoted(std::string_view text) {
  out_ += '\'';
  for (const char c : text) {
    out_ += c;
    if (c == '\'') out_ += c;
  }
  out_ += '\'';
}

void Printer::literal(std::string_view text, std::size_t indent) {
  out_ += '|';
  if (text.front() == ' ' || is_break(rune_at(text, 0).code)) out_ += '2';
  if (!text.ends_with('\n')) {
    out_ += '-';
  } else if (text.size() == 1 || text[text.size() - 2] == '\n') {
    out_ += '+';
  }
  out_ += '\n';
  bool fresh = true;
  for (const char c : text) {
    if (fresh && c != '\n') start_line(indent);
    fresh = c == '\n';
    out_ += c;
  }
  if (!out_.empty() && out_.back() == '\n') out_.pop_back();
}

void Printer::string(std::string_view text, std::size_t indent, bool key) {
  const Traits traits = traits_of(text);
  const bool multiline = text.find('\n') != std::string_view::npos;
  const bool reads_as_text = yaml::resolve_plain(text).kind == yaml::ScalarKind::kString &&
                             !is_old_bool(text) && !is_base60(text);
  if (multiline && !key && !traits.trailing_space && !traits.space_before_break &&
      !traits.unprintable) {
    literal(text, indent);
    return;
  }
  const bool plain_allowed = !traits.indicators && !traits.breaks && !traits.unprintable &&
                             !traits.tabs && !traits.edge_space;
  if (!multiline && reads_as_text && plain_allowed) {
    out_ += text;
  } else if (!multiline && reads_as_text && !traits.space_behind_break &&
             !traits.space_before_break && !traits.tabs && !traits.unprintable &&
             !(key && traits.breaks)) {
    single_quoted(text);
  } else {
    double_quoted(text);
  }
}

std::string yaml_float(double value) {
  const std::string text = go_float(value);
  if (text == "+Inf") return ".inf";
  if (text == "-Inf") return "-.inf";
  return text == "NaN" ? ".nan" : text;
}

void Printer::scalar(const Value& value, std::size_t indent) {
  switch (value.kind) {
    case ValueKind::kNull: out_ += "null"; break;
    case ValueKind::kFloat: out_ += yaml_float(value.real); break;
    case ValueKind::kString: string(value.text, indent, false); break;
    case ValueKind::kBool:
    case ValueKind::kInt:
    case ValueKind::kTimestamp:
    case ValueKind::kList:
    case ValueKind::kMap: out_ += plain_text(value); break;
  }
}

// A value behind "key:".
void Printer::nested(const Value& value, std::size_t indent) {
  if (value.is_map() && !value.members.empty()) {
    out_ += '\n';
    map(value, indent, false);
  } else if (value.is_list() && !value.items.empty()) {
    out_ += '\n';
    list(value, indent, false);
  } else {
    out_ += ' ';
    if (value.is_map()) {
      out_ += "{}";
    } else if (value.is_list()) {
      out_ += "[]";
    } else {
      scalar(value, indent);
    }
    out_ += '\n';
  }
}

void Printer::map(const Value& value, std::size_t indent, bool inline_first) {
  for (const Member& member : value.members) {
    if (!inline_first) start_line(indent);
    inline_first = false;
    const bool simple =
        member.key.size() <= kMaxSimpleKey && member.key.find('\n') == std::string::npos;
    if (!simple) out_ += "? ";
    string(member.key, indent + 2, simple);
    if (!simple) {
      out_ += '\n';
      start_line(indent);
    }
    out_ += ':';
    nested(member.value, indent + 2);
  }
}

void Printer::list(const Value& value, std::size_t indent, bool inline_first) {
  for (const Value& item : value.items) {
    if (!inline_first) start_line(indent);
    inline_first = false;
    out_ += '-';
    if (item.is_map() && !item.members.empty()) {
      out_ += ' ';
      map(item, indent + 2, true);
    } else if (item.is_list() && !item.items.empty()) {
      out_ += ' ';
      list(item, indent + 2, true);
    } else {
      nested(item, indent + 2);
    }
  }
}

void Printer::document(const Value& value) {
  if (value.is_map() && !value.members.empty()) {
    map(value, 0, false);
  } else {
    out_ += "{}\n";
  }
}

}  // namespace

std::string print_yaml(const Value& model, bool escape_dollars) {
  std::string out;
  Printer(out).document(model);
  if (!escape_dollars) return out;
  std::string escaped;
  for (const char c : out) {
    escaped += c;
    if (c == '$') escaped += c;
  }
  return escaped;
}

}  // namespace composelint::compose
