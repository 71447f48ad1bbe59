#include "analyzer/signs/data/database_task.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

bool tests_with_database(std::string_view line) {
  static constexpr std::array<std::string_view, 7> kRunners = {
      "bundle exec rspec", "bin/rspec",    "rails test",    "rails spec",
      "rake spec",         "artisan test", "manage.py test"};
  return std::any_of(kRunners.begin(), kRunners.end(), [&](std::string_view runner) {
    const std::size_t at = line.find(runner);
    const std::size_t end = at + runner.size();
    return at != std::string_view::npos &&
           (end == line.size() || std::string_view(" \n;&|'\"").find(line[end]) != line.npos);
  });
}

bool sets_up_database(std::string_view line) {
  static constexpr std::array<std::string_view, 9> kTasks = {
      "database:create", "db create",   "db:create",     "db:seed",        "ecto.create",
      "core install",    "db:fixtures", "setup:install", "createsuperuser"};
  return std::any_of(kTasks.begin(), kTasks.end(), [&](std::string_view task) {
    return line.find(task) != std::string_view::npos;
  });
}

bool empties_database(const Step& step, const std::vector<Argument>& words) {
  return step.effect == Effect::kDeletes && step.effect_name != "rm -r" && !words.empty() &&
         !words.front().is("rm") && !words.front().is("find");
}

bool tests_with_database(const std::vector<Argument>& words) {
  std::string line;
  for (const Argument& word : words) line += (line.empty() ? "" : " ") + word.text;
  return tests_with_database(std::string_view(line));
}

}  // namespace composelint
