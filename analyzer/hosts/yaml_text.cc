#include "analyzer/hosts/yaml_text.h"

#include <algorithm>
#include <utility>

#include "analyzer/hosts/yaml_scalar.h"
#include "analyzer/text/span_map.h"

namespace composelint::hosts {
namespace {

// Word characters stand where the host fills something in.
constexpr std::string_view kPlaceholder = "_";

std::uint32_t narrow(std::size_t size) {
  return static_cast<std::uint32_t>(size);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

}  // namespace

void HostText::add_exact(std::string_view text, const SourceFile& file, std::uint32_t begin) {
  if (text.empty()) return;
  file_ = &file;
  const std::uint32_t size = narrow(text.size());
  Run* const last = runs_.empty() ? nullptr : &runs_.back();
  if (last != nullptr && last->exact && last->file_begin + last->file_size == begin) {
    last->size += text.size();
    last->file_size += size;
  } else {
    runs_.push_back({text_.size(), text.size(), begin, size, true, false});
  }
  text_ += text;
}

void HostText::add_whole(std::string_view text, Span place) {
  if (place.file != nullptr) file_ = place.file;
  if (text.empty()) return;
  runs_.push_back({text_.size(), text.size(), place.begin, place.size(), false, false});
  text_ += text;
}

void HostText::add_foreign(std::string_view name, Span place) {
  const std::size_t begin = text_.size();
  add_whole(kPlaceholder, place);
  runs_.back().foreign = true;
  foreign_.push_back({narrow(begin), narrow(text_.size()), std::string(name)});
}

std::size_t HostText::run_at(std::size_t offset) const {
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), offset,
                                      [](std::size_t at, const Run& run) { return at < run.at; });
  return static_cast<std::size_t>(after - runs_.begin()) - 1;
}

void HostText::add_part(const HostText& other, std::size_t begin, std::size_t end) {
  if (begin >= end) return;
  const auto from = [](const shell::ForeignRange& range, std::size_t at) {
    return range.begin < at;
  };
  auto foreign = std::lower_bound(other.foreign_.begin(), other.foreign_.end(), begin, from);
  for (std::size_t i = other.run_at(begin); i < other.runs_.size(); ++i) {
    const Run& run = other.runs_[i];
    if (run.at >= end) break;
    const std::size_t first = std::max(run.at, begin);
    const std::size_t last = std::min(run.at + run.size, end);
    const std::string_view piece = std::string_view(other.text_).substr(first, last - first);
    const Span place = {other.file_, run.file_begin, run.file_begin + run.file_size};
    if (run.foreign && foreign != other.foreign_.end()) {
      add_foreign((foreign++)->text, place);
    } else if (run.exact) {
      add_exact(piece, *other.file_, run.file_begin + narrow(first - run.at));
    } else {
      add_whole(piece, place);
    }
  }
}

Span HostText::place(std::size_t begin, std::size_t end) const {
  return script().map.span(narrow(begin), narrow(end));
}

std::optional<std::string> HostText::known() const {
  if (has_foreign()) return std::nullopt;
  return text_;
}

shell::ScriptText HostText::script(Dialect dialect) const {
  shell::ScriptText out;
  out.text = text_;
  out.foreign = foreign_;
  out.dialect = dialect;
  if (file_ == nullptr) return out;
  out.map = text::SpanMap::pieces(*file_);
  for (const Run& run : runs_) {
    if (run.exact) {
      out.map.add(narrow(run.size), run.file_begin);
    } else {
      out.map.add_whole(narrow(run.size), run.file_begin, run.file_size);
    }
  }
  return out;
}

shell::Value HostText::value() const {
  shell::Text pieces;
  auto foreign = foreign_.begin();
  Span all;
  for (const Run& run : runs_) {
    const Span written = {file_, run.file_begin, run.file_begin + run.file_size};
    all = all ? join(all, written) : written;
    shell::Piece piece;
    piece.written = written;
    piece.exact = run.exact;
    piece.hole = piece.splits = run.foreign;
    piece.text = run.foreign ? (foreign++)->text : text_.substr(run.at, run.size);
    pieces.push_back(std::move(piece));
  }
  return shell::Value::scalar(std::move(pieces), all);
}

HostText scalar_text(const yaml::Node& written) {
  const yaml::Node& node = written.resolved();
  HostText out;
  if (node.kind == yaml::NodeKind::kScalar && node.span.file != nullptr) add_scalar(node, out);
  return out;
}

HostText fill_in(const HostText& from, const ExpressionSyntax& syntax,
                 const Substitute& substitute) {
  const std::string_view text = from.text();
  if (text.find(syntax.open) == std::string_view::npos) return from;
  // Asked once: a map is made of all of the text.
  const text::SpanMap map = from.script().map;
  HostText out;
  std::size_t done = 0;
  std::size_t at = text.find(syntax.open);
  while (at != std::string_view::npos) {
    const std::size_t name_begin = at + syntax.open.size();
    const std::size_t marked = syntax.escape.size() - syntax.open.size();
    if (!syntax.escape.empty() && at >= done + marked &&
        text.substr(at - marked).starts_with(syntax.escape)) {
      out.add_part(from, done, at - marked);
      done = at;
      at = text.find(syntax.open, name_begin);
      continue;
    }
    const std::size_t close = text.find(syntax.close, name_begin);
    if (close == std::string_view::npos) break;
    const std::string_view name = trimmed(text.substr(name_begin, close - name_begin));
    if (syntax.accepts != nullptr && !syntax.accepts(name)) {
      at = text.find(syntax.open, name_begin);
      continue;
    }
    const std::size_t end = close + syntax.close.size();
    out.add_part(from, done, at);
    const Span place = map.span(narrow(at), narrow(end));
    const std::optional<std::string> known = substitute ? substitute(name) : std::nullopt;
    if (known) {
      out.add_whole(*known, place);
    } else {
      out.add_foreign(name, place);
    }
    done = end;
    at = text.find(syntax.open, end);
  }
  out.add_part(from, done, text.size());
  return out;
}

}  // namespace composelint::hosts
