// The outcome of one `check`: what every report is made from.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>
#include <composelint/timeline.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace composelint {

// A finding that a comment allows; `reason` is what the comment gives, possibly empty.
struct SuppressedFinding {
  Finding finding;
  Span comment;
  std::string reason;
};

// One compose invocation of the workspace, for `calls`.
struct CallRecord {
  const Step* step = nullptr;  // with step->call; owned by the workspace
  Context context = Context::kOps;
  std::string cue{};   // what decided the context, for people
  std::string task{};  // the target or job that holds it; empty in a script
};

// A script, or a task of a file that has several, with what was made of it.
struct ScriptRecord {
  const Timeline* timeline = nullptr;  // owned by the workspace
  Context context = Context::kOps;
  std::string cue;  // what decided the context, for people
};

// A file that was read, or that was named and is not looked at.
struct FileRecord {
  std::string path;          // as shown
  std::string kind;          // for people: "compose file", "Makefile"; empty: not looked at
  std::string why_not;       // where `kind` is empty
  std::size_t unparsed = 0;  // parts that could not be read as shell
  bool has_scripts = false;
};

struct RunStats {
  std::size_t files = 0;  // read as script or compose file
  std::size_t scripts = 0;
  std::size_t compose_files = 0;
  std::size_t invocations = 0;
};

// Spans point into the workspace's files, which must outlive the Run. Everything is sorted by path,
// place and rule: the same input gives the same Run whatever the number of threads.
struct Run {
  std::vector<Finding> findings;
  std::vector<SuppressedFinding> suppressed;
  std::size_t baselined = 0;  // findings left out, as they were there before
  std::vector<Notification> notifications;
  std::vector<CallRecord> calls;
  std::vector<ScriptRecord> scripts;
  std::vector<FileRecord> files;
  // The path of files with findings from the root of their repository, wherever the run started.
  std::map<const SourceFile*, std::string> path_in_repository;
  // What decided the context of findings, for people: by file, place and context.
  std::map<std::tuple<const SourceFile*, std::uint32_t, std::string>, std::string> context_cues;
  RunStats stats;
};

}  // namespace composelint
