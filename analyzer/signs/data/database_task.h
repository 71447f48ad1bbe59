// Commands of an application that need its database to answer, whatever they do in it.
#pragma once

#include <composelint/argument.h>
#include <composelint/step.h>

#include <string_view>
#include <vector>

namespace composelint {

// `rails test`, `bundle exec rspec`, `python manage.py test`, `php artisan test`: frameworks that
// make or empty the tables of the tests first.
[[nodiscard]] bool tests_with_database(std::string_view line);

// What an application does first in a database, and cannot do without one: it makes it, or its
// first rows.
[[nodiscard]] bool sets_up_database(std::string_view line);

// Of an application's own tool, not of `rm`.
[[nodiscard]] bool empties_database(const Step& step, const std::vector<Argument>& words);

[[nodiscard]] bool tests_with_database(const std::vector<Argument>& words);

}  // namespace composelint
