#include "analyzer/report/fingerprint.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

namespace composelint::report {

namespace {

// FNV-1a with 128 bits. The prime is 2^88 + 0x13B; the halves are kept apart because no standard
// type is that wide.
class Hash {
 public:
  void add(std::string_view bytes) {
    for (const char byte : bytes) add(static_cast<unsigned char>(byte));
  }
  void add(unsigned char byte) {
    low_ ^= byte;
    multiply();
  }
  [[nodiscard]] std::string hex() const { return fmt::format("{:016x}{:016x}", high_, low_); }

 private:
  void multiply() {
    constexpr std::uint64_t kSmall = 0x13B;
    const std::uint64_t bottom = (low_ & 0xFFFFFFFFU) * kSmall;
    const std::uint64_t middle = (low_ >> 32U) * kSmall + (bottom >> 32U);
    high_ = high_ * kSmall + (middle >> 32U) + (low_ << 24U);
    low_ = middle << 32U | (bottom & 0xFFFFFFFFU);
  }

  std::uint64_t high_ = 0x6C62272E07BB0142U;
  std::uint64_t low_ = 0x62B821756295C58DU;
};

std::string_view path_of(const Run& run, const Finding& finding) {
  if (!finding.span) return {};
  const auto known = run.path_in_repository.find(finding.span.file);
  return known == run.path_in_repository.end() ? finding.span.file->path() : known->second;
}

std::string identity(const Run& run, const Finding& finding) {
  // Lengths keep ("ab", "c") and ("a", "bc") apart.
  std::string out = finding.rule;
  const auto add = [&out](std::string_view part) {
    out += fmt::format("\n{}:", part.size());
    out += part;
  };
  add(path_of(run, finding));
  for (const std::string& part : finding.key) add(part);
  return out;
}

struct Entry {
  const Finding* finding;
  std::string* into;
};

}  // namespace

Fingerprints fingerprints(const Run& run) {
  Fingerprints out;
  out.findings.resize(run.findings.size());
  out.suppressed.resize(run.suppressed.size());
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < run.findings.size(); ++i) {
    entries.push_back({&run.findings[i], &out.findings[i]});
  }
  for (std::size_t i = 0; i < run.suppressed.size(); ++i) {
    entries.push_back({&run.suppressed[i].finding, &out.suppressed[i]});
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.finding->span.begin < b.finding->span.begin;
  });
  std::map<std::string, std::size_t> seen;
  for (const Entry& entry : entries) {
    std::string subject = identity(run, *entry.finding);
    const std::size_t ordinal = seen[subject]++;
    Hash hash;
    hash.add(subject);
    hash.add(fmt::format("\n#{}", ordinal));
    *entry.into = hash.hex();
  }
  return out;
}

}  // namespace composelint::report
