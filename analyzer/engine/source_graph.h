// Which script is read by which: a file that others source is understood from where they stand,
// with what they defined before.
#pragma once

#include <composelint/timeline.h>

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

class SourceGraph {
 public:
  // Scripts in the order of their paths, then close().
  void add(const ScriptFacts& facts) { scripts_.push_back(&facts); }
  void close();

  // Another script sources it.
  [[nodiscard]] bool sourced(const SourceFile* file) const { return sourced_.contains(file); }
  // A script that sources the file has a step at this place.
  [[nodiscard]] bool seen_by_others(Span span) const;
  // Calls that stand in `file` and were met on the way through other scripts.
  struct Seen {
    const ScriptFacts* from;
    const Step* step;
  };
  [[nodiscard]] const std::vector<Seen>& calls_in(const SourceFile* file) const;

 private:
  void cover(const ScriptFacts& facts);

  std::vector<const ScriptFacts*> scripts_;
  std::set<const SourceFile*> sourced_;
  std::map<const SourceFile*, std::vector<Seen>> calls_;
  std::map<std::pair<const SourceFile*, std::uint32_t>, std::uint32_t> steps_;  // begin, end
};

// The scripts of a workspace by the ends of their paths.
class ScriptIndex {
 public:
  void add(const std::string& path);
  // The only path below `root` that ends in "/" + suffix; empty when there are none or several.
  [[nodiscard]] std::string find(const std::string& suffix, std::string_view root) const;
  // For the words of a file of that kind. Where a timetable or a unit starts a script is where it
  // lies once it is installed: as much of the end of such a path as fits.
  [[nodiscard]] std::function<std::string(const std::string&)> finder(hosts::HostKind kind,
                                                                      std::string root) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> by_name_;
};

}  // namespace composelint::engine
