#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analyzer/report/display.h"
#include "guard/report.h"
#include "guard/time_text.h"
#include "guard/words.h"

namespace composelint::guard {

namespace {

std::string shown(const std::vector<std::string>& argv) {
  return report::printable(command_text(argv).text);
}

// "verified, 0", "failed, 3", "open"
std::string end_of(const JournalRun& run) {
  if (run.open()) return "open";
  const std::string end = run.end.empty() ? "ended" : run.end;
  return run.code < 0 ? end : fmt::format("{}, {}", end, run.code);
}

}  // namespace

std::string history_text(const std::vector<JournalRun>& runs, std::size_t torn) {
  std::string out;
  for (const JournalRun& run : runs) {
    const std::string took =
        run.open() || run.ended < run.started ? "" : " in " + span_text(run.ended - run.started);
    out += fmt::format("{}  {}  {:<16}{}  {}\n    {}\n", time_text(run.started),
                       report::printable(run.project), report::printable(end_of(run)), took,
                       report::printable(run.user), shown(run.argv));
  }
  if (runs.empty()) out = "no runs\n";
  if (torn > 0) out += fmt::format("{} lines of the journal cannot be read\n", torn);
  return out;
}

std::string leftovers_text(const std::vector<Leftover>& leftovers) {
  std::string out;
  for (const Leftover& left : leftovers) {
    out += fmt::format("{}  {}  {}\n", time_text(left.run.started),
                       report::printable(left.run.project), shown(left.run.argv));
    if (left.alive) {
      out += fmt::format("    runs now: process {} of {}\n", left.run.pid,
                         report::printable(left.run.user));
      if (left.script_alone) {
        out +=
            "    the guard of its script is gone, and the script goes on: each of its steps is "
            "still guarded\n";
      }
      continue;
    }
    out += "    its guard is gone before it ended\n";
    if (left.running) out += "    its task still runs\n";
    for (const std::string& id : left.containers) {
      out += fmt::format("    container {}\n", report::printable(id.substr(0, 12)));
    }
    if (!left.failure.empty()) {
      out += fmt::format("    its containers are not known: {}\n", report::printable(left.failure));
    }
    if (!left.paused.empty()) {
      out += fmt::format("    paused and not resumed: {}\n",
                         report::printable(fmt::format("{}", fmt::join(left.paused, ", "))));
    }
    if (!left.temporary.empty()) {
      out += fmt::format("    unfinished output: {}\n", report::printable(left.temporary));
    }
  }
  return out;
}

}  // namespace composelint::guard
