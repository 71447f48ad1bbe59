#include <composelint/nearest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace composelint {

namespace {

constexpr std::size_t kLongest = 40;  // bytes; what is longer is no misspelt name

char folded(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return c == '-' ? '_' : c;
}

// Edits between two short words, a swap of neighbours being one.
std::size_t distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, kLongest + 1>;
  Row before{};
  Row last{};
  Row row{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = folded(a[i - 1]) == folded(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2]) &&
                           folded(a[i - 2]) == folded(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = std::exchange(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.size() < 2 || word.size() > kLongest) return {};
  std::string_view best;
  std::size_t least = word.size() <= 4 ? 2 : 3;  // one more than is near
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kLongest || candidate == word) continue;
    const std::size_t apart = distance(word, candidate);
    // Letters in another order are likelier than a letter changed: "pu" is up, not ps.
    const bool same_letters =
        word.size() == candidate.size() &&
        std::is_permutation(word.begin(), word.end(), candidate.begin(), candidate.end());
    if (apart > least || (apart == least && !(same_letters && !best.empty()))) continue;
    least = apart;
    best = candidate;
  }
  return best;
}

}  // namespace composelint
