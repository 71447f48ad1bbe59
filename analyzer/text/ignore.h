// .gitignore and .ignore files: which paths of a walk the user does not want looked at.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::text {

// The patterns of one ignore file, as gitignore(5) defines them.
class IgnorePatterns {
 public:
  static IgnorePatterns parse(std::string_view text);

  // What the last matching line says of `path`, which is relative to the file's directory: true to
  // ignore, false to keep (`!`); nothing when no line matches. Directories above `path` are not
  // looked at: a walk that skips an ignored directory never asks about what is in it.
  [[nodiscard]] std::optional<bool> match(std::string_view path, bool directory) const;
  [[nodiscard]] bool empty() const { return patterns_.empty(); }

 private:
  enum class Shape { kName, kSuffix, kGlob };  // most lines need no glob
  struct Pattern {
    std::string text;
    Shape shape = Shape::kGlob;
    bool keep = false;
    bool directories_only = false;
    bool anchored = false;  // against the whole path, else against its last component
  };
  static std::optional<Pattern> parse_line(std::string_view line);
  static bool matches(const Pattern& pattern, std::string_view path, std::string_view name);

  std::vector<Pattern> patterns_;
};

// Whether gitignore's glob matches all of `path`: `*`, `?` and `[…]` stay within one component,
// `**/`, `/**/` and `/**` cross them.
[[nodiscard]] bool glob_matches(std::string_view glob, std::string_view path);

// One directory on the way down, with what its ignore files say. Levels are shared by all the
// directories below and end at the root of the walk's repository.
struct IgnoreLevel {
  std::shared_ptr<const IgnoreLevel> above;
  std::string directory;    // absolute
  bool repository = false;  // has .git: patterns of git from further up do not reach into it
  IgnorePatterns ignore;    // .ignore, stronger than all of git's
  IgnorePatterns git;       // .gitignore
  IgnorePatterns exclude;   // .git/info/exclude
};

// Whether `path` (absolute, below the level's directory) is to be skipped.
[[nodiscard]] bool ignored(const IgnoreLevel* level, std::string_view path, bool directory);

}  // namespace composelint::text
