#include <fmt/format.h>

#include <algorithm>

#include "analyzer/report/display.h"
#include "analyzer/report/reports.h"
#include "analyzer/report/step_words.h"
#include "analyzer/report/trace_steps.h"
#include "analyzer/report/wrap.h"
#include "analyzer/text/path.h"

namespace composelint::report {

namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kCommandColumns = 76;

constexpr std::string_view kBold = "1";
constexpr std::string_view kDim = "2";

std::string_view colour_of(Effect effect) {
  switch (effect) {
    case Effect::kDeletes:
    case Effect::kRestores: return "1;31";
    case Effect::kMigrates:
    case Effect::kImports: return "1;33";
    case Effect::kDumps:
    case Effect::kExports: return "32";
    case Effect::kReads:
    case Effect::kAdministers:
    case Effect::kShell:
    case Effect::kRuns: return "36";
    case Effect::kUnknown: return "";
  }
  return "";
}

// Nothing is to be said of its failure: it prints, tests, or is not known.
bool is_plain(const Step& step) {
  return step.launcher == Launcher::kNone && step.effect == Effect::kUnknown && !step.asks;
}

// Looks and prints, and nothing of it is kept in a file.
bool only_looks(const Step& step) {
  return step.launcher == Launcher::kNone && step.effect == Effect::kReads &&
         step.role == Role::kNone && !step.asks && step.out.kind != StreamKind::kFile;
}

class Teller {
 public:
  Teller(const ScriptRecord& script, const Options& options)
      : script_(script), timeline_(*script.timeline), options_(options) {}

  std::string tell() {
    heading();
    std::size_t section = 0;
    for (std::size_t i = 0; i < timeline_.steps.size(); ++i) {
      for (; section < timeline_.sections.size() && timeline_.sections[section].first <= i;
           ++section) {
        open(timeline_.sections[section]);
      }
      if (!options_.all && only_looks(timeline_.steps[i])) {
        ++left_out_;
      } else {
        tell(i);
      }
    }
    for (; section < timeline_.sections.size(); ++section) open(timeline_.sections[section]);
    if (timeline_.steps.empty()) out_ += "  no commands\n";
    if (left_out_ > 0) {
      out_ += fmt::format("  {} that only look{} left out; --all shows them\n",
                          left_out_ == 1 ? "1 command" : fmt::format("{} commands", left_out_),
                          left_out_ == 1 ? "s is" : " are");
    }
    if (timeline_.truncated) out_ += "  … cut here: too many steps\n";
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string paint(const std::string& text, std::string_view colour) const {
    if (!options_.colour || colour.empty() || text.empty()) return text;
    return fmt::format("\x1b[{}m{}\x1b[0m", colour, text);
  }

  void heading() {
    const std::string path = timeline_.file == nullptr ? "" : printable(timeline_.file->path());
    const std::string task = timeline_.task.empty() ? "" : ": " + printable(timeline_.task);
    out_ += paint(path + task, kBold) +
            fmt::format(" ({}: {})\n", to_string(script_.context), printable(script_.cue));
  }

  void open(const Section& section) {
    last_frames_.clear();
    if (section.name.empty()) return;
    out_ += "\n  " + paint(printable(section.name), kBold) + "\n";
  }

  [[nodiscard]] std::string line_of(const Span& span) const {
    if (!span) return "";
    const std::uint32_t line = span.file->line_of(span.begin);
    if (span.file == timeline_.file) return fmt::format("line {}", line);
    return fmt::format("{}:{}", printable(text::name_of(span.file->path())), line);
  }

  static std::string indent(std::size_t depth) { return std::string(2 + 2 * depth, ' '); }

  // What called the step, where the one before it was not called from there already.
  void tell_calls(const TracedStep& step) {
    const std::vector<Span>& frames = step.called_from;
    const std::size_t common = static_cast<std::size_t>(
        std::mismatch(frames.begin(), frames.end(), last_frames_.begin(), last_frames_.end())
            .first -
        frames.begin());
    for (std::size_t depth = common; depth < frames.size(); ++depth) {
      // A script that is followed is a step of its own.
      if (frames[depth] == last_span_) continue;
      out_ += indent(depth) + fmt::format("{:>3}  {:<8}  {}\n", "", line_of(frames[depth]),
                                          shortened(frames[depth].text(), kCommandColumns));
    }
    last_frames_ = frames;
    last_span_ = step.span;
  }

  void tell(std::size_t index) {
    const Step& step = timeline_.steps[index];
    const std::string function = uncalled_function(timeline_, step);
    if (function != last_function_) {
      last_function_ = function;
      last_frames_.clear();
      out_ +=
          "\n  " + paint("function " + printable(function), kBold) + ", called by nobody here\n";
    }
    const TracedStep place = traced(step);
    tell_calls(place);
    const std::size_t depth = place.called_from.size();
    const std::string command =
        step.argv.empty() ? std::string(place.span.text()) : shown(step.argv);
    out_ += indent(depth) + paint(fmt::format("{:>3}", index + 1), kDim) +
            fmt::format("  {:<8}  {}\n", line_of(place.span), shortened(command, kCommandColumns));
    const std::size_t margin = indent(depth).size() + 5;
    put(what(step), margin, colour_of(step.effect));
    put(conditions(index), margin, "");
    put(how(step), margin, "");
    put(unknown(step), margin, kDim);
  }

  void put(const std::string& text, std::size_t margin, std::string_view colour) {
    if (text.empty()) return;
    std::string lines = wrap(text, margin, std::max(kColumns, margin + 40));
    if (options_.colour && !colour.empty()) {
      lines.pop_back();
      lines = paint(lines, colour) + "\n";
    }
    out_ += lines;
  }

  static void add(std::string& text, const std::string& part) {
    if (part.empty()) return;
    text += (text.empty() ? "" : "; ") + part;
  }

  std::string what(const Step& step) {
    std::string out = effect_words(step.effect, step.effect_name);
    add(out, stack_words(step));
    if (step.asks) add(out, "asks the operator");
    if (step.followed) add(out, "its steps come next");
    add(out, place_words(step));
    if (step.call && step.directory != last_directory_) {
      last_directory_ = step.directory;
      add(out, "in " + (step.directory ? printable(*step.directory)
                                       : std::string("a directory that is not known")));
    }
    return out;
  }

  std::string conditions(std::size_t index) {
    const std::vector<Condition>& all = timeline_.steps[index].conditions;
    const bool same = condition_from_ > 0 && !all.empty() &&
                      all == timeline_.steps[condition_from_ - 1].conditions;
    const std::string out = condition_words(timeline_, timeline_.steps[index]);
    if (!same) condition_from_ = index + 1;
    return same && !out.empty() ? fmt::format("under the conditions of {}", condition_from_) : out;
  }

  std::string how(const Step& step) {
    std::string out = is_plain(step) ? "" : std::string(status_words(step));
    // `exec >log` and `{ …; } >log` are told once.
    const bool as_before = step.out.span && step.out.span == last_out_;
    last_out_ = step.out.span;
    add(out, as_before ? "streams as before" : stream_words(step));
    return out;
  }

  static std::string unknown(const Step& step) {
    const std::vector<std::string> names = unknown_words(step);
    return names.empty() ? "" : fmt::format("not known here: {}", fmt::join(names, ", "));
  }

  const ScriptRecord& script_;
  const Timeline& timeline_;
  const Options& options_;
  std::string out_;
  std::vector<Span> last_frames_;
  Span last_span_;
  std::string last_function_;
  std::optional<std::string> last_directory_ = ".";
  std::size_t condition_from_ = 0;
  std::size_t left_out_ = 0;
  Span last_out_;
};

}  // namespace

std::string trace_text(std::span<const ScriptRecord> scripts, const Options& options) {
  std::string out;
  for (const ScriptRecord& script : scripts) {
    if (!out.empty()) out += "\n";
    out += Teller(script, options).tell();
  }
  return out.empty() ? "nothing to trace\n" : out;
}

}  // namespace composelint::report
