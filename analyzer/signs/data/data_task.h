// What a task does to the data of a stack, and in which of its services.
#pragma once

#include <composelint/compose.h>
#include <composelint/step.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

// The service that run or exec names, as its project declares it; null where one is not known.
[[nodiscard]] const Service* service_of(const Step& step);

// `echo`, `printf` to whoever reads along: it does nothing of what it speaks of.
[[nodiscard]] bool only_says(const Step& step);

// The words of the task in lower case, one blank between them; nothing stands for what is unknown.
[[nodiscard]] std::string task_words(const Step& step);

template <std::size_t N>
[[nodiscard]] bool has_one_of(std::string_view text, const std::array<std::string_view, N>& parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return text.find(part) != std::string_view::npos;
  });
}

// `./*.sql`, `old/*.tar.gz`: what was written out, and no data that anything runs on.
[[nodiscard]] bool is_pattern_of_dumps(std::string_view path);

// A database's own client does the work, or it is done where the database runs: that container has
// to be entered, there is no other.
[[nodiscard]] bool acts_in_database(const Step& step);

// Text in lower case that names a database which is there to be thrown away: `app_test`,
// `restore_check`.
[[nodiscard]] bool says_scratch(std::string_view text);

[[nodiscard]] bool names_scratch(const Step& step);

// The tool puts a question of its own, unless it is told that it was answered. Without a terminal
// it gives up.
[[nodiscard]] bool asks_itself(const Step& step);

}  // namespace composelint
