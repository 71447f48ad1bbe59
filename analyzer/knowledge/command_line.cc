#include "analyzer/knowledge/command_line.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace composelint::knowledge {
namespace {

// Edits between two words, a swap of neighbours counting as one.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      row[j] = std::min({change, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

// Longest words that anyone misspells; bounds the work on hostile input.
constexpr std::size_t kLongestName = 40;

ReadOption read_long(std::span<const OptionSpec> options, std::string_view text) {
  ReadOption out;
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  out.spec = find_option(options, name);
  out.attached = equals != std::string_view::npos;
  if (out.attached) out.value = text.substr(equals + 1);
  if (out.spec == nullptr) {
    out.unknown = name;
  } else {
    out.takes_next = out.spec->arity == Arity::kValue && !out.attached;
  }
  return out;
}

ReadOption read_short(std::span<const OptionSpec> options, std::string_view text, std::size_t& at) {
  ReadOption out;
  const std::size_t here = at == 0 ? 1 : at;
  at = std::string_view::npos;
  out.spec = find_option(options, text[here]);
  if (out.spec == nullptr) {
    out.unknown = text.substr(here, 1);
    return out;
  }
  const std::string_view rest = text.substr(here + 1);
  if (rest.starts_with('=')) {
    out.attached = true;
    out.value = rest.substr(1);
  } else if (out.spec->arity == Arity::kFlag) {
    if (!rest.empty()) at = here + 1;
  } else if (!rest.empty()) {
    out.attached = true;
    out.value = rest;
  } else {
    out.takes_next = out.spec->arity == Arity::kValue;
  }
  return out;
}

}  // namespace

const OptionSpec* find_option(std::span<const OptionSpec> options, std::string_view name) {
  name = name.substr(0, name.find('='));
  const auto found = std::find_if(options.begin(), options.end(),
                                  [name](const OptionSpec& option) { return option.name == name; });
  return found == options.end() ? nullptr : &*found;
}

const OptionSpec* find_option(std::span<const OptionSpec> options, char short_name) {
  const auto found =
      std::find_if(options.begin(), options.end(), [short_name](const OptionSpec& option) {
        return option.short_name == short_name && short_name != 0;
      });
  return found == options.end() ? nullptr : &*found;
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.size() < 2 || word.size() > kLongestName) return {};
  std::string_view best;
  std::size_t least = word.size() <= 4 ? 1 : 2;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kLongestName || candidate == word) continue;
    const std::size_t apart = distance(word, candidate);
    // Letters in another order are likelier than a letter changed: "pu" is up, not ps.
    const bool same_letters =
        word.size() == candidate.size() &&
        std::is_permutation(word.begin(), word.end(), candidate.begin(), candidate.end());
    if (apart < least || (apart == least && (best.empty() || same_letters))) {
      least = apart;
      best = candidate;
    }
  }
  return best;
}

std::string_view nearest_option(std::span<const OptionSpec> options, std::string_view name) {
  name = name.substr(0, name.find('='));
  std::vector<std::string_view> names;
  for (const OptionSpec& option : options) {
    if (!option.v1_only && !option.hidden) names.push_back(option.name);
  }
  return nearest(name, names);
}

ReadOption read_option(std::span<const OptionSpec> options, std::string_view text,
                       std::size_t& at) {
  if (at == 0 && text.starts_with("--")) {
    at = std::string_view::npos;
    return read_long(options, text);
  }
  return read_short(options, text, at);
}

}  // namespace composelint::knowledge
