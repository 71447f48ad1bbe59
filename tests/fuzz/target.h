// What a fuzz target is: a function that reads any bytes and must come back, with its promises
// kept.
//
// Each target is linked with one of two mains: libfuzzer.cc (preset `fuzz`), which looks for inputs
// by itself, or replay.cc, which tries the fixtures and damaged copies of them in every test run.
#pragma once

#include <composelint/source.h>

#include <span>
#include <string>
#include <string_view>

namespace composelint::fuzz {

struct Input {
  std::string name;       // of the file, without a directory: it decides who reads the text
  std::string_view text;  // any bytes
};

// The names that the target tells apart; never empty. libFuzzer's first byte chooses among them.
[[nodiscard]] std::span<const std::string_view> names();

// Comes back, or ends the process by `broken`.
void try_one(const Input& input);

// A promise that was not kept: says which, and aborts, which every fuzzer and test runner sees.
[[noreturn]] void broken(std::string_view promise, std::string_view detail);

inline void require(bool kept, std::string_view promise, std::string_view detail = {}) {
  if (!kept) broken(promise, detail);
}

// Places lie in their file, and do not end before they begin.
inline void require_inside(const Span& span, std::string_view what) {
  if (span.file == nullptr) return;
  require(span.begin <= span.end && span.end <= span.file->size(), "a place lies in its file",
          what);
}

}  // namespace composelint::fuzz
