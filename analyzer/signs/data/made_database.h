// Databases that a script has just made: nothing is in them, and nobody uses them.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <string_view>

namespace composelint {

[[nodiscard]] bool names_it(const Step& step, std::string_view name);

// `CREATE DATABASE app` on the way here, or `setup:install` of an application.
[[nodiscard]] bool is_on_a_new_database(const Timeline& timeline, const Step& step);

// `dropdb "$trial"`, where `createdb "$trial"` has made it on the way here.
[[nodiscard]] bool drops_what_it_made(const Timeline& timeline, const Step& step);

// `drush site:install`, `occ maintenance:install`: once in the life of a database, whatever the
// task around it is called.
[[nodiscard]] bool installs_an_application(const Step& step);

// `createsuperuser`, `core install`: the script fills an application that nobody has used yet.
[[nodiscard]] bool makes_its_first_users(const Timeline& timeline, const Step& step);

// `psql -c "CREATE SCHEMA IF NOT EXISTS app"`: no table is changed.
[[nodiscard]] bool only_makes_room(const Step& step);
[[nodiscard]] bool only_makes_room(std::string_view words);  // in lower case

}  // namespace composelint
