// What a repository says of itself at the head of its README.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "analyzer/engine/context.h"

namespace composelint::engine {

// Development, where title and first paragraph say that all of it is for a developer's machine or
// for show: "A local development harness", "Tyk Demo". Nothing where they speak of production.
[[nodiscard]] std::optional<ContextCue> cue_in_readme(std::string_view text);

// How often a README speaks of a developer's machine, and how often of what is in use.
struct ReadmeWords {
  std::size_t development = 0;
  std::size_t operation = 0;
  std::size_t deployment =
      0;                  // of those: neither `server` nor `backup`, which developers have, too
  bool local = false;     // it has a chapter about a local environment
  bool hosts = false;     // a name is to be put into /etc/hosts, for 127.0.0.1
  bool settings = false;  // `cp .env.local .env`
};
[[nodiscard]] ReadmeWords words_in_readme(std::string_view text);

// READMEs that have these words together are about a developer's machine.
[[nodiscard]] std::optional<ContextCue> cue_in_words(const ReadmeWords& words);

}  // namespace composelint::engine
