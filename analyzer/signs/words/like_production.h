// What is set up as production is, and is not it.
#pragma once

#include "analyzer/signs/words/development_words.h"

namespace composelint {

// The comment at the head of a file calls it "prod-like", "like production".
[[nodiscard]] bool is_said_to_be_like_production(const HeadComment& head);

// So does a comment above the place, in its block or in one around it, which speaks of tests as
// well: `# key of this "prod-like" testing setup`.
[[nodiscard]] bool is_said_to_be_like_production(const Span& place);

}  // namespace composelint
