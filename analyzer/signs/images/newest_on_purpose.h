// Stacks that a script keeps at the newest: it is there to pull what its tags stand for.
#pragma once

#include <composelint/compose.h>
#include <composelint/invocation.h>
#include <composelint/rule.h>
#include <composelint/source.h>

#include <set>
#include <string>

namespace composelint {

class Updated {
 public:
  explicit Updated(const WorkspaceFacts& facts);

  [[nodiscard]] bool holds(const SourceFile& file) const;
  // `docker pull you/app:latest`: whatever else comes with it, this image is to be the newest.
  [[nodiscard]] bool holds(const Service& service) const;

 private:
  void add_named(const ComposeInvocation& call);
  void add(const ComposeInvocation& call);
  void add_of_arms(const Timeline& timeline);
  void add_deployed(const TaskView& task);

  std::set<const SourceFile*> files_;
  std::set<const SourceFile*> scripts_;  // what they name is pulled
  std::set<std::string> images_;         // without their tags
  bool all_ = false;
};

// It pulls the newest of what runs beside it, or tells the owner of it.
[[nodiscard]] bool updates_by_itself(const Service& service);

}  // namespace composelint
