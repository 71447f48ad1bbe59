#include "analyzer/report/display.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "analyzer/report/width.h"

namespace composelint::report {

namespace {

constexpr std::size_t kTab = 4;

// What one character of the source becomes.
struct Cell {
  std::size_t begin = 0;  // bytes in the line
  std::size_t end = 0;
  std::size_t column = 0;
  std::size_t width = 0;
  std::string glyph;
};

Cell cell_at(std::string_view text, std::size_t at) {
  Cell cell;
  cell.begin = at;
  const Decoded next = decode(text.substr(at));
  cell.end = at + next.length;
  const auto byte = static_cast<unsigned char>(text[at]);
  if (!next.valid || byte < 0x20 || byte == 0x7F) {
    cell.glyph = fmt::format("\\x{:02x}", byte);
    cell.width = cell.glyph.size();
  } else if (is_hidden(next.code_point)) {
    cell.glyph = fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(next.code_point));
    cell.width = cell.glyph.size();
  } else {
    cell.glyph = text.substr(at, next.length);
    cell.width = width_of(next.code_point);
  }
  return cell;
}

std::vector<Cell> cells_of(std::string_view line) {
  std::vector<Cell> cells;
  std::size_t column = 0;
  for (std::size_t at = 0; at < line.size(); at = cells.back().end) {
    Cell cell = cell_at(line, at);
    if (line[at] == '\t') {
      cell.width = kTab - column % kTab;
      cell.glyph.assign(cell.width, ' ');
    }
    cell.column = column;
    column += cell.width;
    cells.push_back(std::move(cell));
  }
  return cells;
}

// The cells that are shown of a line that is too wide: a third of the room goes to what stands
// before the first mark.
struct Window {
  std::size_t first = 0;
  std::size_t last = 0;  // past the end
};

Window window_of(const std::vector<Cell>& cells, std::size_t focus, std::size_t columns) {
  Window window{0, cells.size()};
  if (cells.empty() || cells.back().column + cells.back().width <= columns) return window;
  const std::size_t room = columns - 2;  // for "…" on both sides
  const auto at =
      std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.end > focus; });
  const std::size_t column = at == cells.end() ? cells.back().column : at->column;
  const std::size_t from = column > room / 3 ? column - room / 3 : 0;
  while (cells[window.first].column < from) ++window.first;
  window.last = window.first;
  const std::size_t until = cells[window.first].column + room;
  while (window.last < cells.size() &&
         cells[window.last].column + cells[window.last].width <= until) {
    ++window.last;
  }
  return window;
}

bool is_marked(const Cell& cell, const Mark& mark) {
  return cell.begin < mark.second && cell.end > mark.first;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Cell cell = cell_at(text, at);
    out += cell.glyph;
    at = cell.end;
  }
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Cell cell = cell_at(text, at);
    width += cell.width;
    at = cell.end;
  }
  return width;
}

MarkedLine mark_line(std::string_view line, const std::vector<Mark>& marks, char mark,
                     std::size_t columns) {
  const std::vector<Cell> cells = cells_of(line);
  const Window window = window_of(cells, marks.empty() ? 0 : marks.front().first, columns);
  const std::string lead = window.first > 0 ? "…" : "";
  MarkedLine out{lead, ""};
  std::size_t column = lead.empty() ? 0 : 1;
  const auto put_marks = [&](std::size_t width) {
    out.marks.resize(std::max(out.marks.size(), column), ' ');
    out.marks.append(width, mark);
  };
  const auto empty_mark_at = [&](std::size_t byte) {
    return std::find(marks.begin(), marks.end(), Mark{byte, byte}) != marks.end();
  };
  for (std::size_t i = window.first; i < window.last; ++i) {
    const Cell& cell = cells[i];
    out.text += cell.glyph;
    const bool marked = std::any_of(marks.begin(), marks.end(),
                                    [&](const Mark& each) { return is_marked(cell, each); });
    if (marked) {
      put_marks(cell.width);
    } else if (empty_mark_at(cell.begin)) {
      put_marks(1);
    }
    column += cell.width;
  }
  if (window.last < cells.size()) {
    out.text += "…";
  } else if (empty_mark_at(line.size())) {
    put_marks(1);
  }
  return out;
}

}  // namespace composelint::report
