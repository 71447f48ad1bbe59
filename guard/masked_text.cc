#include "guard/masked_text.h"

#include "guard/words.h"

namespace composelint::guard {

MaskedText::MaskedText(const GuardedCommand& command, const Mask& mask)
    : command_(command), mask_(mask), masked_(mask.argv(command.argv)) {
  CommandText written = command_text(masked_);
  words_ = std::move(written.words);
  line_ = written.text;
  file_ = std::make_unique<SourceFile>("<command line>", std::move(written.text));
}

Span MaskedText::at(const Span& span) const {
  if (span.file == nullptr || span.file != command_.text) return {};
  const auto place = [&](std::uint32_t offset, bool end) -> std::uint32_t {
    for (std::size_t i = 0; i < command_.words.size(); ++i) {
      const Span& word = command_.words[i];
      // The blank behind a word is where options are put in.
      const bool last = i + 1 == command_.words.size();
      if (offset > word.end && !last) continue;
      if (offset <= word.begin) return words_[i].first;
      if (offset >= word.end) return words_[i].second;
      if (masked_[i] == command_.argv[i]) return words_[i].first + offset - word.begin;
      return end ? words_[i].second : words_[i].first;
    }
    return 0;
  };
  const std::uint32_t begin = place(span.begin, false);
  return {file_.get(), begin, std::max(begin, place(span.end, true))};
}

Fix MaskedText::at(const Fix& fix) const {
  Fix out{fix.title, fix.safety, {}};
  for (const Edit& edit : fix.edits) {
    const Span span = at(edit.span);
    if (!span) return {fix.title, fix.safety, {}};
    out.edits.push_back({span, mask_.text(edit.replacement)});
  }
  return out;
}

}  // namespace composelint::guard
