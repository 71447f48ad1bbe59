// A makefile and what it includes, read.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/hosts/host.h"
#include "analyzer/hosts/make_expand.h"
#include "analyzer/hosts/make_variables.h"

namespace composelint::hosts {

struct MakeLine {
  Located text;
  MakeGuard guard;
};

// One rule of one target.
struct MakeRule {
  Span span;  // of the target's name in it
  MakeGuard guard;
  std::vector<std::string> before;
  std::vector<MakeLine> recipe;
  bool has_recipe = false;
  bool double_colon = false;
  std::string stem;  // `%` of a static pattern rule
};

struct MakeSetting {  // target: NAME = value
  std::string name;
  MakeAssign how = MakeAssign::kSet;
  MakeValue value;
  MakeGuard guard;
};

struct MakeTarget {
  std::string name;
  Span span;
  std::vector<MakeRule> rules;
  std::vector<MakeSetting> settings;
};

struct MakeModel {
  MakeVariables variables;
  std::vector<MakeTarget> targets;
  std::map<std::string, std::size_t, std::less<>> by_name;
  std::vector<std::size_t> patterns;  // targets with a %
  std::set<std::string, std::less<>> exported;
  std::set<std::string, std::less<>> unexported;
  bool export_all = false;
  bool one_shell = false;
  bool ignore_all = false;
  std::set<std::string, std::less<>> ignored;  // targets of .IGNORE
  std::vector<std::string> phony;
  std::vector<RunnerText> asked;      // by conditionals, where they run commands
  std::string directory;              // where make is started, absolute
  const SourceFile* owner = nullptr;  // the file whose tasks are wanted
  bool owner_read = false;            // it is the makefile, or one that is included
};

// Reads `request` and its includes. Comments and troubles go to `host`.
void parse_makefile(const ReadRequest& request, MakeModel& model, MakeExpander& expander,
                    HostFile& host);
// Adds the tasks of `model`.
void add_make_tasks(const MakeModel& model, MakeExpander& expander, const ReadRequest& request,
                    HostFile& host);

}  // namespace composelint::hosts
