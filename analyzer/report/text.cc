#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzer/report/excerpt.h"
#include "analyzer/report/reports.h"

namespace composelint::report {

namespace {

constexpr std::size_t kColumns = 110;  // of source; the gutter comes on top

constexpr std::string_view kBold = "1";
constexpr std::string_view kGreen = "32";
constexpr std::string_view kDim = "2";

std::string_view colour_of(Severity severity) {
  switch (severity) {
    case Severity::kError: return "1;31";
    case Severity::kWarning: return "1;33";
    case Severity::kNote: return "1;36";
    case Severity::kOff: return kDim;
  }
  return kDim;
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

class Printer {
 public:
  explicit Printer(const Options& options) : options_(options) {}

  void add(const Finding& finding) {
    heading(finding.span, finding.severity, finding.message);
    out_ += fmt::format(" [{}]", printable(finding.rule));
    // Scripts that are no operations weigh less: say so where it shows.
    if (!finding.context.empty() && finding.context != "ops") {
      out_ += paint(fmt::format(" (in {})", printable(finding.context)), kDim);
    }
    out_ += '\n';
    gutter_ = gutter_of(finding);
    source(finding.span, '^', colour_of(finding.severity));
    for (const Related& related : finding.related) add(related, finding.span);
    for (const Fix& fix : finding.fixes) add(fix);
  }

  void add(const SuppressedFinding& suppressed) {
    add(suppressed.finding);
    out_ += indent() + " allowed by the comment in line " +
            std::to_string(suppressed.comment.file == nullptr
                               ? 0
                               : suppressed.comment.file->line_of(suppressed.comment.begin));
    if (!suppressed.reason.empty()) out_ += ": " + printable(suppressed.reason);
    out_ += '\n';
  }

  void add(const Notification& notification) {
    if (notification.span) {
      heading(notification.span, notification.severity, notification.message);
    } else {
      // Messages about files mostly name them.
      const bool named = notification.message.find(notification.path) != std::string::npos;
      if (!named) out_ += paint(printable(notification.path) + ":", kBold) + " ";
      out_ += level(notification.severity) + printable(notification.message);
    }
    out_ += '\n';
  }

  // Findings of one rule in one file that are like those before them.
  void add_alike(const std::vector<const Finding*>& findings) {
    const Finding& first = *findings.front();
    std::string lines;
    for (const Finding* finding : findings) {
      lines += (lines.empty() ? "" : ", ") +
               std::to_string(finding->span.file->line_of(finding->span.begin));
    }
    heading(
        first.span, first.severity,
        fmt::format("the same {} more times in this file, in lines {}", findings.size(), lines));
    out_ += fmt::format(" [{}]\n", printable(first.rule));
  }

  // Findings of one rule that say the same of other files.
  void add_elsewhere(const std::vector<const Finding*>& findings) {
    const Finding& first = *findings.front();
    std::string places;
    std::set<const SourceFile*> files;
    for (const Finding* finding : findings) {
      const SourceFile& file = *finding->span.file;
      files.insert(&file);
      places += fmt::format("{}{}:{}", places.empty() ? "" : ", ", file.path(),
                            file.line_of(finding->span.begin));
    }
    heading(first.span, first.severity,
            fmt::format("the same {} more times in {}: {}", findings.size(),
                        counted(files.size(), "other file"), places));
    out_ += fmt::format(" [{}]\n", printable(first.rule));
  }

  void blank_line() { out_ += '\n'; }
  void line(std::string_view text) { out_ += std::string(text) + '\n'; }
  std::string finish() { return std::move(out_); }

 private:
  [[nodiscard]] std::string paint(std::string_view text, std::string_view code) const {
    if (!options_.colour || text.empty()) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
  }

  [[nodiscard]] std::string level(Severity severity) const {
    return paint(fmt::format("{}:", to_string(severity)), colour_of(severity)) + " ";
  }

  void heading(const Span& span, Severity severity, std::string_view message) {
    if (span) {
      const Position at = span.file->position(span.begin, ColumnUnit::kCodePoint);
      out_ +=
          paint(fmt::format("{}:{}:{}:", printable(span.file->path()), at.line, at.column), kBold);
      out_ += ' ';
    }
    out_ += level(severity) + paint(printable(message), kBold);
  }

  static std::size_t gutter_of(const Finding& finding) {
    std::uint32_t highest = finding.span ? finding.span.file->line_of(finding.span.begin) : 0;
    for (const Related& related : finding.related) {
      if (related.span) {
        highest = std::max(highest, related.span.file->line_of(related.span.begin));
      }
    }
    return std::max<std::size_t>(4, std::to_string(highest).size());
  }

  [[nodiscard]] std::string indent() const { return std::string(gutter_, ' '); }

  // A line of source behind a gutter with its number or none, and its marks below.
  void put(const MarkedLine& line, std::string_view number, std::string_view colour) {
    out_ += paint(fmt::format("{:>{}} |", number, gutter_), kDim);
    out_ += line.text.empty() ? "\n" : " " + line.text + "\n";
    if (line.marks.empty()) return;
    const std::size_t begin = line.marks.find_first_not_of(' ');
    out_ += paint(indent() + " |", kDim) + " " + line.marks.substr(0, begin) +
            paint(std::string_view(line.marks).substr(begin), colour) + "\n";
  }

  void source(const Span& span, char mark, std::string_view colour) {
    if (!span) return;
    put(excerpt(span, mark, kColumns), std::to_string(span.file->line_of(span.begin)), colour);
  }

  // What stands at the place of the finding itself is not shown twice.
  void add(const Related& related, const Span& shown) {
    out_ += "  ";
    heading(related.span, Severity::kNote, related.message);
    out_ += '\n';
    if (!(related.span == shown)) source(related.span, '-', colour_of(Severity::kNote));
  }

  void add(const Fix& fix) {
    const bool safe = fix.safety == FixSafety::kSafe;
    out_ += "  " + paint(safe ? "fix:" : "possible fix:", kGreen) + " " + printable(fix.title);
    if (!safe) out_ += " (changes what runs)";
    out_ += '\n';
    for (const FixedLine& fixed : fixed_lines(fix, kColumns)) {
      put(fixed.line, fixed.number == 0 ? "" : std::to_string(fixed.number), kGreen);
    }
  }

  Options options_;
  std::string out_;
  std::size_t gutter_ = 4;
};

std::string summary_of(const Run& run) {
  const std::string looked = fmt::format("{}, {}", counted(run.stats.files, "file"),
                                         counted(run.stats.invocations, "compose call"));
  std::string allowed =
      run.suppressed.empty() ? "" : fmt::format(", {} allowed by comments", run.suppressed.size());
  if (run.baselined > 0) allowed += fmt::format(", {} in the baseline", run.baselined);
  if (run.stats.files == 0) return "no scripts or compose files found";
  if (run.findings.empty()) return fmt::format("no findings{} ({})", allowed, looked);
  std::map<Severity, std::size_t> counts;
  std::set<const SourceFile*> files;
  for (const Finding& finding : run.findings) {
    ++counts[finding.severity];
    files.insert(finding.span.file);
  }
  std::string levels;
  for (auto level = counts.rbegin(); level != counts.rend(); ++level) {
    levels += (levels.empty() ? "" : ", ") + counted(level->second, to_string(level->first));
  }
  return fmt::format("{} in {}{} ({})", levels, counted(files.size(), "file"), allowed, looked);
}

// Findings told in one line, by the first of them.
class Folded {
 public:
  Folded(const Run& run, bool fold) {
    if (!fold) return;
    over_files(run);
    within_files(run);
  }

  // Not printed where it stands: it is one of `with`, which the first of them tells all of.
  struct Group {
    std::vector<const Finding*> with;
    bool in_one_file = true;
  };
  [[nodiscard]] const Group* of(const Finding& finding) const {
    const auto found = group_of_.find(&finding);
    return found == group_of_.end() ? nullptr : &groups_[found->second];
  }

 private:
  static constexpr std::size_t kWhole = 3;
  // One more is sooner read than counted.
  static constexpr std::size_t kMost = kWhole + 1;

  void add(std::vector<const Finding*> findings, bool in_one_file) {
    for (const Finding* finding : findings) group_of_[finding] = groups_.size();
    groups_.push_back({std::move(findings), in_one_file});
  }

  // One sentence about many files.
  void over_files(const Run& run) {
    std::map<std::tuple<std::string, Severity, std::string>, std::vector<const Finding*>> alike;
    for (const Finding& finding : run.findings) {
      if (finding.span) {
        alike[{finding.rule, finding.severity, finding.message}].push_back(&finding);
      }
    }
    for (auto& [about, findings] : alike) {
      std::vector<const SourceFile*> files;
      for (const Finding* finding : findings) {
        const SourceFile* file = finding->span.file;
        if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
      }
      if (files.size() <= kMost) continue;
      std::erase_if(findings, [&](const Finding* finding) {
        const auto at = std::find(files.begin(), files.end(), finding->span.file);
        return at - files.begin() < static_cast<std::ptrdiff_t>(kWhole);
      });
      add(std::move(findings), false);
    }
  }

  // One rule about many lines of a file.
  void within_files(const Run& run) {
    std::map<std::pair<const SourceFile*, std::string>, std::vector<const Finding*>> alike;
    for (const Finding& finding : run.findings) {
      if (finding.span && of(finding) == nullptr) {
        alike[{finding.span.file, finding.rule}].push_back(&finding);
      }
    }
    for (auto& [about, findings] : alike) {
      if (findings.size() <= kMost) continue;
      findings.erase(findings.begin(), findings.begin() + kWhole);
      add(std::move(findings), true);
    }
  }

  std::vector<Group> groups_;
  std::map<const Finding*, std::size_t> group_of_;
};

}  // namespace

std::string text_report(const Run& run, const Options& options) {
  Printer printer(options);
  const Folded folded(run, options.fold);
  for (const Finding& finding : run.findings) {
    const Folded::Group* more = folded.of(finding);
    if (more != nullptr && more->with.front() != &finding) continue;
    if (more == nullptr) {
      printer.add(finding);
    } else if (more->in_one_file) {
      printer.add_alike(more->with);
    } else {
      printer.add_elsewhere(more->with);
    }
    printer.blank_line();
  }
  if (options.show_suppressed) {
    for (const SuppressedFinding& suppressed : run.suppressed) {
      printer.add(suppressed);
      printer.blank_line();
    }
  }
  for (const Notification& notification : run.notifications) printer.add(notification);
  printer.line(summary_of(run));
  return printer.finish();
}

}  // namespace composelint::report
