#include "analyzer/hosts/text_builder.h"

#include <algorithm>
#include <utility>

namespace composelint::hosts {
namespace {

constexpr std::string_view kPlaceholder = "composelint_hole";

bool is_plain(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || std::string_view("_-./:=@%+,").find(c) != std::string_view::npos;
}

bool is_plain_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_plain);
}

}  // namespace

void TextBuilder::copy(std::uint32_t begin, std::uint32_t end) {
  if (begin >= end) return;
  script_.text += file_.bytes().substr(begin, end - begin);
  script_.map.add(end - begin, begin);
}

void TextBuilder::put(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  script_.text += text;
  script_.map.add_whole(static_cast<std::uint32_t>(text.size()), begin, end - begin);
}

void TextBuilder::fill_in(std::string_view name, std::uint32_t begin, std::uint32_t end) {
  const auto at = static_cast<std::uint32_t>(script_.text.size());
  put(kPlaceholder, begin, end);
  script_.foreign.push_back(
      {at, static_cast<std::uint32_t>(script_.text.size()), std::string(name)});
}

shell::ScriptText TextBuilder::finish(Dialect dialect) {
  script_.dialect = dialect;
  return std::exchange(script_, {});
}

void WordWriter::copy(std::uint32_t begin, std::uint32_t end) {
  if (begin >= end) return;
  if (!fragments_.empty() && fragments_.back().kind == Kind::kCopy &&
      fragments_.back().end == begin) {
    fragments_.back().end = end;
    return;
  }
  fragments_.push_back({Kind::kCopy, {}, begin, end});
}

void WordWriter::put(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  fragments_.push_back({Kind::kPut, std::string(text), begin, end});
}

void WordWriter::fill_in(std::string_view name, std::uint32_t begin, std::uint32_t end) {
  fragments_.push_back({Kind::kFillIn, std::string(name), begin, end});
}

void WordWriter::parameter(std::string_view name, bool alone, std::uint32_t begin,
                           std::uint32_t end) {
  fragments_.push_back(
      {alone ? Kind::kParameterAlone : Kind::kParameter, std::string(name), begin, end});
}

void WordWriter::end_word(std::uint32_t begin, std::uint32_t end) {
  if (!out_.empty()) out_.put(" ", begin, begin);
  const std::vector<Fragment> fragments = std::exchange(fragments_, {});
  if (fragments.empty()) return out_.put("''", begin, end);
  bool open = false;  // a single quote
  for (const Fragment& fragment : fragments) {
    const std::string_view text =
        fragment.kind == Kind::kCopy
            ? out_.file().bytes().substr(fragment.begin, fragment.end - fragment.begin)
            : std::string_view(fragment.text);
    switch (fragment.kind) {
      case Kind::kCopy:
      case Kind::kPut:
        if (open || !is_plain_text(text)) {
          write_quoted(fragment, open);
        } else if (fragment.kind == Kind::kCopy) {
          out_.copy(fragment.begin, fragment.end);
        } else {
          out_.put(text, fragment.begin, fragment.end);
        }
        break;
      case Kind::kFillIn: out_.fill_in(text, fragment.begin, fragment.end); break;
      case Kind::kParameter:
      case Kind::kParameterAlone: {
        if (open) out_.put("'", fragment.begin, fragment.begin);
        open = false;
        const bool alone = fragment.kind == Kind::kParameterAlone;
        const std::string written = "${" + fragment.text + "}";
        out_.put(alone ? written : '"' + written + '"', fragment.begin, fragment.end);
        break;
      }
    }
  }
  if (open) out_.put("'", end, end);
}

void WordWriter::write_quoted(const Fragment& fragment, bool& open) {
  if (!open) out_.put("'", fragment.begin, fragment.begin);
  open = true;
  if (fragment.kind == Kind::kPut) {
    std::string text;
    for (const char c : fragment.text) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out_.put(text, fragment.begin, fragment.end);
  }
  const std::string_view bytes = out_.file().bytes();
  std::uint32_t begin = fragment.begin;
  for (std::uint32_t at = begin; at < fragment.end; ++at) {
    if (bytes[at] != '\'') continue;
    out_.copy(begin, at);
    out_.put("'\\''", at, at + 1);
    begin = at + 1;
  }
  out_.copy(begin, fragment.end);
}

}  // namespace composelint::hosts
