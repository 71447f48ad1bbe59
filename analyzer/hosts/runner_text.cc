#include "analyzer/hosts/runner_text.h"

#include <algorithm>
#include <utility>

#include "analyzer/hosts/script_writer.h"

namespace composelint::hosts {
namespace {

constexpr std::size_t kMostChoices = 8;

// What two texts have to share to be the same.
std::string shape(const RunnerText& text) {
  std::string out;
  for (const TextPart& part : text) {
    if (part.kind == TextPart::Kind::kText) {
      out += part.text;
    } else {
      out += "\x01" + part.text + "\x02";
    }
  }
  return out;
}

// Choices inside of a text come out of it: one text for each.
std::vector<RunnerText> without_choices(const RunnerText& text) {
  std::vector<RunnerText> ways = {{}};
  for (const TextPart& part : text) {
    if (part.kind != TextPart::Kind::kChoice) {
      for (RunnerText& way : ways) way.push_back(part);
      continue;
    }
    std::vector<RunnerText> next;
    for (const RunnerText& way : ways) {
      for (const RunnerText& chosen : part.choice->texts) {
        if (next.size() > kMostChoices) break;
        next.push_back(way);
        append(next.back(), chosen);
      }
    }
    ways = std::move(next);
  }
  return ways;
}

// Words and nothing else: a shell that finds them in a variable reads what it would read in place.
bool is_words(const RunnerText& text) {
  char quote = '\0';
  bool first = true;  // in the first word, where x=y would assign
  for (const TextPart& part : text) {
    if (part.code || part.kind != TextPart::Kind::kText) continue;
    for (const char c : part.text) {
      if (quote != '\0') {
        if (c == quote) {
          quote = '\0';
        } else if (c == ' ' || c == '\t' || c == '$') {
          return false;
        }
        continue;
      }
      if (c == '"' || c == '\'') quote = c;
      if (std::string_view(";|&<>()`\n\\#~$").find(c) != std::string_view::npos) return false;
      if (c == ' ') first = false;
      if (c == '=' && first) return false;
    }
  }
  return quote == '\0';
}

}  // namespace

RunnerText plain_text(std::string text, Span written, bool exact) {
  if (text.empty()) return {};
  TextPart part;
  part.text = std::move(text);
  part.written = written;
  part.exact = exact;
  return {std::move(part)};
}

RunnerText hole_text(std::string name, Span written) {
  TextPart part;
  part.kind = TextPart::Kind::kHole;
  part.text = std::move(name);
  part.written = written;
  return {std::move(part)};
}

void append(RunnerText& to, const RunnerText& more) {
  to.insert(to.end(), more.begin(), more.end());
}

bool is_plain(const RunnerText& text) {
  return std::all_of(text.begin(), text.end(), [](const TextPart& part) {
    return part.kind == TextPart::Kind::kText && !part.code;
  });
}

std::string plain(const RunnerText& text) {
  std::string out;
  for (const TextPart& part : text) {
    if (part.kind == TextPart::Kind::kText) out += part.text;
  }
  return out;
}

std::size_t size_of(const RunnerText& text) {
  std::size_t size = 0;
  for (const TextPart& part : text) size += part.text.size() + 1;
  return size;
}

RunnerText choose(const std::string& name, std::vector<RunnerText> texts, Span written) {
  std::vector<RunnerText> ways;
  std::vector<std::string> shapes;
  for (const RunnerText& text : texts) {
    for (RunnerText& way : without_choices(text)) {
      std::string known = shape(way);
      if (std::find(shapes.begin(), shapes.end(), known) != shapes.end()) continue;
      if (shapes.size() == kMostChoices) return hole_text(name, written);
      shapes.push_back(std::move(known));
      ways.push_back(std::move(way));
    }
  }
  if (ways.empty()) return {};
  if (ways.size() == 1) return std::move(ways.front());
  TextPart part;
  part.kind = TextPart::Kind::kChoice;
  part.text = name;
  part.written = written;
  part.choice = std::make_shared<const Choice>(Choice{name, std::move(ways)});
  return {std::move(part)};
}

RunnerText as_variable(const std::string& name, RunnerText value, Span place) {
  const bool elsewhere = std::any_of(value.begin(), value.end(), [&](const TextPart& part) {
    if (part.kind == TextPart::Kind::kChoice) return true;
    const bool inside = part.written.file == place.file && part.written.begin >= place.begin &&
                        part.written.end <= place.end;
    return part.written && !inside && part.kind == TextPart::Kind::kText;
  });
  const auto stand_at_reference = [&](RunnerText& text) {
    for (TextPart& part : text) {
      const bool inside = part.written.file == place.file && part.written.begin >= place.begin &&
                          part.written.end <= place.end;
      if (inside) continue;
      part.written = place;
      part.exact = false;
    }
  };
  if (!elsewhere) {
    stand_at_reference(value);
    return value;
  }
  std::vector<RunnerText> ways = without_choices(value);
  RunnerText in_place = ways.front();
  // `Q = @`: make takes it off the line.
  if (is_plain(in_place) && plain(in_place).find_first_not_of("@-+ ") == std::string::npos) {
    ways.clear();
  }
  std::erase_if(ways, [](const RunnerText& way) { return !is_words(way); });
  if (!ways.empty()) {
    TextPart part;
    part.kind = TextPart::Kind::kChoice;
    part.text = name;
    part.written = place;
    part.choice = std::make_shared<const Choice>(Choice{name, std::move(ways)});
    return {std::move(part)};
  }
  stand_at_reference(in_place);
  return in_place;
}

std::vector<RunnerText> split_lines(const RunnerText& text) {
  std::vector<RunnerText> lines(1);
  bool escaped = false;
  for (const TextPart& part : text) {
    if (part.kind != TextPart::Kind::kText || part.code) {
      lines.back().push_back(part);
      escaped = false;
      continue;
    }
    std::size_t begin = 0;
    const auto cut = [&](std::size_t end) {
      if (end == begin) return;
      TextPart piece = part;
      piece.text = part.text.substr(begin, end - begin);
      if (part.exact) {
        const auto offset = static_cast<std::uint32_t>(begin);
        piece.written.begin = part.written.begin + offset;
        piece.written.end = part.written.begin + static_cast<std::uint32_t>(end);
      }
      lines.back().push_back(std::move(piece));
    };
    for (std::size_t i = 0; i < part.text.size(); ++i) {
      if (part.text[i] == '\n' && !escaped) {
        cut(i);
        begin = i + 1;
        lines.emplace_back();
      }
      escaped = part.text[i] == '\\' && !escaped;
    }
    cut(part.text.size());
  }
  return lines;
}

RunnerText without_front(RunnerText text, std::size_t count) {
  std::size_t dropped = 0;
  while (count > 0 && dropped < text.size()) {
    TextPart& part = text[dropped];
    if (part.kind != TextPart::Kind::kText) break;
    if (part.text.size() <= count) {
      count -= part.text.size();
      ++dropped;
      continue;
    }
    part.text.erase(0, count);
    if (part.exact) part.written.begin += static_cast<std::uint32_t>(count);
    count = 0;
  }
  text.erase(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(dropped));
  return text;
}

shell::ScriptText script_text(const RunnerText& text, const SourceFile& file, Span fallback,
                              Dialect dialect) {
  ScriptWriter writer(file, fallback, dialect);
  // A comment stays one.
  const std::string known = text.empty() ? std::string() : plain({text.front()});
  const std::size_t first = known.find_first_not_of(" \t");
  const bool comment = first != std::string::npos && known[first] == '#';
  if (!comment) writer.set_choices(text);
  writer.write(text);
  return writer.finish();
}

shell::Value environment_value(const RunnerText& text, std::string_view name) {
  shell::Text pieces;
  for (const TextPart& part : text) {
    if (part.kind != TextPart::Kind::kText || part.code) {
      if (!pieces.empty() && pieces.back().hole) continue;
      const bool own = part.kind == TextPart::Kind::kHole;
      pieces.push_back(shell::unknown(own ? part.text : name, part.written).front());
      continue;
    }
    shell::Piece piece;
    piece.text = part.text;
    piece.written = part.written;
    piece.exact = part.exact;
    pieces.push_back(std::move(piece));
  }
  return shell::Value::scalar(std::move(pieces));
}

}  // namespace composelint::hosts
