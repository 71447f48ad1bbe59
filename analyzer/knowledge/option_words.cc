#include "analyzer/knowledge/option_words.h"

#include <composelint/variable_name.h>

#include <algorithm>

namespace composelint::knowledge {

const OptionHit* OptionWords::find(std::string_view canonical) const {
  for (const OptionHit& hit : hits) {
    if (hit.spec->canonical == canonical) return &hit;
  }
  return nullptr;
}

bool looks_like_option(const Argument& word) {
  if (word.text.empty() || word.text.front() != '-') return false;
  return word.holes.empty() ? word.text.size() > 1 : word.holes.front().at > 0;
}

bool option_is_readable(std::span<const OptionSpec> options, const Argument& word) {
  if (word.holes.empty()) return true;
  const std::size_t known = word.holes.front().at;
  if (word.text.find('=') < known) return true;
  if (known < 2 || word.text[1] == '-') return false;
  const OptionSpec* option = find_option(options, word.text[1]);
  return option != nullptr && option->arity == Arity::kValue;  // -u$USER
}

bool is_assignment(const Argument& word) {
  const std::size_t equals = word.text.find('=');
  if (equals == 0 || equals == std::string::npos) return false;
  if (!word.holes.empty() && word.holes.front().at < equals) return false;
  return is_variable_name(std::string_view(word.text).substr(0, equals));
}

std::string_view base_name(const Argument& word) {
  if (!word.known()) {
    // "$ROOT/bin/manage.py": the end of the path is known all the same.
    if (word.splits || word.holes.empty()) return {};
    const std::size_t slash = word.text.rfind('/');
    if (slash == std::string::npos || word.holes.back().at > slash) return {};
  }
  const std::string_view text = word.text;
  const std::size_t slash = text.rfind('/');
  return slash == std::string_view::npos ? text : text.substr(slash + 1);
}

namespace {

// Reads the options of one word; says how many words they take, 0 when one is not in the table.
std::size_t read_word(std::span<const OptionSpec> options, const Argument& word, std::size_t at,
                      std::vector<OptionHit>& hits) {
  std::size_t words = 1;
  for (std::size_t letter = 0; letter != std::string_view::npos;) {
    const ReadOption read = read_option(options, word.text, letter);
    if (read.spec == nullptr) return 0;
    OptionHit hit{read.spec, read.value, at, read.attached ? at : 0};
    if (read.takes_next) {
      hit.value_word = at + 1;
      words = 2;
    }
    hits.push_back(hit);
  }
  return words;
}

// Why the word that ends the options cannot be taken for an operand; empty: it can.
std::string_view doubt(const Argument& word) {
  const bool hidden = word.splits && !word.holes.empty() && word.holes.front().at == 0;
  return hidden ? "a word that is not known stands where an option may" : std::string_view();
}

}  // namespace

OptionWords read_options(std::span<const OptionSpec> options, std::span<const Argument> argv,
                         std::size_t at) {
  OptionWords out;
  out.next = at;
  while (out.next < argv.size() && looks_like_option(argv[out.next])) {
    const Argument& word = argv[out.next];
    if (word.is("--")) {
      ++out.next;
      out.dashes = true;
      return out;
    }
    const bool readable = option_is_readable(options, word);
    const std::size_t words = readable ? read_word(options, word, out.next, out.hits) : 0;
    if (words == 0) {
      out.why_not =
          readable ? "an option is not one that is known" : "an option is not known in full";
      return out;
    }
    out.next += words;
  }
  if (out.next < argv.size()) out.why_not = doubt(argv[out.next]);
  out.next = std::min(out.next, argv.size());
  return out;
}

}  // namespace composelint::knowledge
