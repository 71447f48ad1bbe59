// What a machine does again and again: by a schedule, at each start, whenever a backup is due.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

#include <map>
#include <string_view>
#include <vector>

namespace composelint {

// A dump, a restore, or a step of a script that is called a backup or by its hour, or that cron
// starts; not of one that is there for a single occasion: `setup.sh`, `migrate-to-mariadb.sh`,
// `pre-move.sh`.
class RunAgain {
 public:
  explicit RunAgain(const WorkspaceFacts& facts);
  [[nodiscard]] bool holds(const Finding& finding) const;

 private:
  const WorkspaceFacts& facts_;
  std::vector<std::string_view> cron_;  // the commands of pages
  // Those with a step of the file, or that is called from there.
  std::map<const SourceFile*, std::vector<const Timeline*>> timelines_;
};

}  // namespace composelint
