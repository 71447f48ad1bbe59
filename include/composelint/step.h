// One simple command of a script, with all that is known of its run: what stands around it, where
// its streams go, what becomes of its exit status.
#pragma once

#include <composelint/argument.h>
#include <composelint/docker.h>
#include <composelint/effect.h>
#include <composelint/invocation.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace composelint {

// A place where control divides: if, case, &&, ||, a loop. `arm` counts its ways; every step inside
// carries the way it is on.
struct Condition {
  std::uint32_t branch = 0;
  std::uint32_t arm = 0;

  friend bool operator==(const Condition&, const Condition&) = default;
};

// What becomes of a step's exit status.
enum class StatusUse {
  kStops,      // a failure ends the script: errexit, `|| exit`
  kDecides,    // tested: if, while, && — what follows knows of it
  kUnchecked,  // the next command simply runs
  kDiscarded,  // thrown away on purpose: `|| true`, `&`, `!`
  kMasked,     // an earlier stage of a pipeline without pipefail
};

enum class StreamKind {
  kInherited,  // whatever the script has: a terminal at a prompt, nothing in cron
  kFile,
  kNull,  // /dev/null or closed
  kPipe,
  kHere,      // here-document or here-string
  kCaptured,  // $(…), `…`
};

struct Stream {
  StreamKind kind = StreamKind::kInherited;
  Span span;        // the redirect, or the neighbour in the pipeline
  Argument target;  // file name
};

// Where a step runs, seen from the machine on which the script is started.
enum class Place { kHost, kRemote, kContainer };

enum class Launcher { kNone, kCompose, kDocker };  // what runs the inner command, if anything does

struct Step {
  Span span;                   // the simple command
  std::vector<Argument> argv;  // assignments, sudo, env, time and their like taken off
  Launcher launcher = Launcher::kNone;
  std::optional<ComposeInvocation> call;   // where it is compose
  std::optional<DockerInvocation> docker;  // where it is docker itself
  Effect effect = Effect::kUnknown;
  Role role = Role::kNone;
  std::string effect_name;  // what was recognised: "pg_dump", "Django migration"

  std::vector<Condition> conditions;  // outermost first
  std::vector<Span> called_from;      // function calls on the way here, outermost first
  StatusUse status = StatusUse::kUnchecked;
  bool errexit = false;  // settings in force at this step
  bool pipefail = false;
  Stream in, out, err;
  std::uint32_t pipeline = 0;  // 0: stands alone; else stages of one pipeline share a number
  bool last_in_pipeline = true;
  bool background = false;
  bool followed = false;  // runs a script whose steps come next
  bool asks = false;      // a prompt for the operator: read -p, confirm, select
  // Inside a loop whose list comes from standard input: reading stdin here eats the list.
  bool in_stdin_loop = false;
  // Stands in a function that the script never calls: what ran before it is up to the caller.
  bool detached = false;
  Place place = Place::kHost;
  std::string place_name;  // the machine as ssh gets it, the image; may be empty
  // The directory the step runs in, absolute or relative to the script's start; nothing when a `cd`
  // could not be followed.
  std::optional<std::string> directory;
};

}  // namespace composelint
