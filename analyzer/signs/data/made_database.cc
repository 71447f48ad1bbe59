#include "analyzer/signs/data/made_database.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/unchecked_step.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

namespace {

// "$name" of `psql -c "CREATE DATABASE $name OWNER app"`, as it is written; empty: not seen.
std::string_view written_name_of(const Step& make) {
  const std::string_view text = make.span.text();
  const std::string lower = lower_case(text);
  for (const std::string_view makes : {"create database ", "createdb "}) {
    const std::size_t at = lower.find(makes);
    if (at == std::string::npos) continue;
    std::string_view rest = text.substr(at + makes.size());
    // The last word of `createdb -U app "$name"`.
    if (makes.starts_with("createdb")) {
      rest = rest.substr(0, rest.find_first_of("\n;|&>"));
      while (rest.ends_with(' ')) rest.remove_suffix(1);
      rest = rest.substr(rest.find_last_of(" \t") + 1);  // npos + 1 is 0
    }
    const std::size_t begin = rest.find_first_not_of("\\\"'`");
    if (begin == std::string_view::npos) return {};
    rest = rest.substr(begin);
    return rest.substr(0, rest.find_first_of(" \\\"'`;\n"));
  }
  return {};
}

}  // namespace

bool names_it(const Step& step, std::string_view name) {
  const std::string_view text = step.span.text();
  constexpr std::string_view kApart = " \t\n=\"'/";
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool begins = at > 0 && kApart.find(text[at - 1]) != std::string_view::npos;
    if (begins && (end == text.size() || kApart.find(text[end]) != std::string_view::npos)) {
      return true;
    }
  }
  return false;
}

namespace {

// Each turn of one loop makes what each turn of a later one, over the same list, migrates.
bool is_made_in_turn(const Timeline& timeline, const Step& make, const Step& step) {
  return std::all_of(make.conditions.begin(), make.conditions.end(), [&](const Condition& way) {
    const Branch& loop = timeline.branches[way.branch];
    return loop.kind == BranchKind::kFor &&
           std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& own) {
             const Branch& other = timeline.branches[own.branch];
             return other.kind == BranchKind::kFor &&
                    other.condition.text() == loop.condition.text();
           });
  });
}

// `create-tenant.sh`: goes past what it has made in an earlier run, and is there to make it.
bool is_there_to_make(const SourceFile* file) {
  return file != nullptr && has_name_word(lower_case(file_name(file->path())),
                                          {"add", "create", "init", "new", "provision"});
}

}  // namespace

bool is_on_a_new_database(const Timeline& timeline, const Step& step) {
  // `db:create` is content with what is there.
  static constexpr std::array<std::string_view, 5> kMakes = {
      "create database", "createdb", "new-site", "setup:install", "wp core install"};
  const Step* made = last_before(timeline, step, [&](const Step& other) {
    const std::string words = task_words(other);
    const bool perhaps =
        words.find("if not exists") != std::string::npos || words.find("||") != std::string::npos;
    // Where it is there already the step fails, and without errexit that ends nothing.
    return has_one_of(words, kMakes) && !perhaps && other.status != StatusUse::kDiscarded &&
           (!is_unchecked(other) || is_there_to_make(step.span.file));
  });
  if (made == nullptr) return false;
  if (timeline.reach(index_of(timeline, *made), index_of(timeline, step)) == Reach::kAlways) {
    return true;
  }
  const std::string_view name = written_name_of(*made);
  return !name.empty() && names_it(step, name) &&
         (is_made_in_turn(timeline, *made, step) || is_there_to_make(step.span.file));
}

bool drops_what_it_made(const Timeline& timeline, const Step& step) {
  return last_before(timeline, step, [&](const Step& other) {
           const std::string words = task_words(other);
           // Where it was there already, createdb fails, and without errexit that ends nothing.
           if (words.find("if not exists") != std::string::npos || is_unchecked(other) ||
               other.status == StatusUse::kDiscarded) {
             return false;
           }
           const std::string_view name = written_name_of(other);
           return !name.empty() && names_it(step, name) &&
                  timeline.reach(index_of(timeline, other), index_of(timeline, step)) ==
                      Reach::kAlways;
         }) != nullptr;
}

bool installs_an_application(const Step& step) {
  static constexpr std::array<std::string_view, 6> kInstalls = {
      "core install", "drush si ",    "maintenance:install",
      "site-install", "site:install", "setup:install"};
  return has_one_of(task_words(step), kInstalls);
}

bool makes_its_first_users(const Timeline& timeline, const Step& step) {
  static constexpr std::array<std::string_view, 6> kFirst = {
      "core install", "createsuperuser",  "maintenance:install",
      "new-site",     "passport:install", "site:install"};
  // A choice of the script, or one that may fail each time, says nothing of the others.
  const std::size_t about = index_of(timeline, step);
  const auto is_on_its_way = [&](const Condition& way) {
    return std::find(step.conditions.begin(), step.conditions.end(), way) != step.conditions.end();
  };
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
    const std::size_t own = index_of(timeline, other);
    return other.span.file == step.span.file && other.status != StatusUse::kDiscarded &&
           has_one_of(task_words(other), kFirst) &&
           std::all_of(other.conditions.begin(), other.conditions.end(), is_on_its_way) &&
           timeline.reach(std::min(own, about), std::max(own, about)) == Reach::kAlways;
  });
}

bool only_makes_room(const Step& step) {
  return only_makes_room(task_words(step));
}

bool only_makes_room(std::string_view words) {
  static constexpr std::array<std::string_view, 5> kRoom = {
      "create database ", "create extension ", "create role ", "create schema ", "create user "};
  static constexpr std::array<std::string_view, 8> kChanges = {
      "alter table",  "create table", "create index", "create view",
      "delete from ", "drop ",        "insert into ", "update "};
  return has_one_of(words, kRoom) && !has_one_of(words, kChanges) &&
         words.find("migrat") == words.npos;
}

}  // namespace composelint
