#include "analyzer/hosts/taskfile_values.h"

#include <composelint/variable_name.h>

#include <algorithm>
#include <functional>

namespace composelint::hosts {
namespace {

constexpr std::size_t kMostBytes = 16'000;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '-')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '-')) text.remove_suffix(1);
  return text;
}

// `.NAME` at the start of `text`; empty when there is none.
std::string_view variable(std::string_view text) {
  return text.starts_with('.') ? leading_name(text.substr(1)) : std::string_view();
}

std::string_view quoted(std::string_view text) {
  if (text.size() < 2 || (text[0] != '"' && text[0] != '\'' && text[0] != '`')) return {};
  const std::size_t end = text.find(text[0], 1);
  return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
}

// Calls `plain` with [begin, end) of what stands as it is and `inner` with the expressions.
void scan(std::string_view text, const std::function<void(std::size_t, std::size_t)>& plain,
          const std::function<void(std::size_t, std::size_t)>& inner) {
  std::size_t from = 0;
  for (std::size_t open = text.find("{{"); open != std::string_view::npos;
       open = text.find("{{", from)) {
    const std::size_t close = text.find("}}", open);
    if (close == std::string_view::npos) break;
    plain(from, open);
    inner(open, close + 2);
    from = close + 2;
  }
  plain(from, text.size());
}

}  // namespace

std::string known_text(const TemplateText& text) {
  std::string out;
  for (const TemplatePiece& piece : text) {
    if (!piece.hole) out += piece.text;
  }
  return out;
}

bool is_known(const TemplateText& text) {
  return std::none_of(text.begin(), text.end(), [](const TemplatePiece& one) { return one.hole; });
}

shell::Value as_value(const TemplateText& text, Span place) {
  shell::Text pieces;
  for (const TemplatePiece& piece : text) {
    const bool code = piece.text.find("$(") != std::string::npos;
    const shell::Text one =
        piece.hole || code ? shell::unknown(piece.text, place) : shell::known(piece.text, place);
    pieces.insert(pieces.end(), one.begin(), one.end());
  }
  return shell::Value::scalar(std::move(pieces), place);
}

TemplateText TaskfileValues::value_of(std::string_view expression) const {
  const std::string_view inner = trimmed(expression);
  std::string_view name = variable(inner);
  std::string_view otherwise;
  const std::string_view behind =
      name.empty() ? inner : trimmed(inner.substr(std::min(name.size() + 1, inner.size())));
  if (inner.starts_with("default ")) {  // default "x" .NAME
    const std::string_view rest = trimmed(inner.substr(8));
    otherwise = quoted(rest);
    name = variable(trimmed(rest.substr(std::min(otherwise.size() + 2, rest.size()))));
  } else if (behind.starts_with("|")) {
    const std::string_view filter = trimmed(behind.substr(1));
    if (!filter.starts_with("default ")) return {{std::string(inner), true}};
    otherwise = quoted(trimmed(filter.substr(8)));
  } else if (!behind.empty()) {
    return {{std::string(inner), true}};
  }
  const TemplateText* const found = known_.find(name);
  const bool set = found != nullptr && !found->empty();
  if (set && (otherwise.empty() || is_known(*found))) return *found;
  if (!otherwise.empty()) return {{std::string(otherwise), false}};
  return {{std::string(name.empty() ? inner : name), true}};
}

TemplateText TaskfileValues::fill(std::string_view text) const {
  TemplateText out;
  std::size_t size = 0;
  scan(
      text,
      [&](std::size_t begin, std::size_t end) {
        if (end > begin) out.push_back({std::string(text.substr(begin, end - begin)), false});
      },
      [&](std::size_t begin, std::size_t end) {
        const std::string_view inner = text.substr(begin + 2, end - begin - 4);
        for (TemplatePiece& piece : value_of(inner)) {
          size += piece.text.size();
          if (size < kMostBytes) out.push_back(std::move(piece));
        }
      });
  return out;
}

HostText TaskfileValues::fill(const HostText& text) const {
  HostText out;
  scan(
      text.text(), [&](std::size_t begin, std::size_t end) { out.add_part(text, begin, end); },
      [&](std::size_t begin, std::size_t end) {
        const std::string inner = text.text().substr(begin + 2, end - begin - 4);
        for (const TemplatePiece& piece : value_of(inner)) {
          if (piece.hole) {
            out.add_foreign(piece.text, text.place(begin, end));
          } else {
            out.add_whole(piece.text, text.place(begin, end));
          }
        }
      });
  return out;
}

}  // namespace composelint::hosts
