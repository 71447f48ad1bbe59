#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "analyzer/report/display.h"
#include "analyzer/report/excerpt.h"
#include "guard/findings.h"
#include "guard/masked_text.h"
#include "guard/report.h"
#include "guard/told_effect.h"
#include "guard/words.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kColumns = 110;
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

class Printer {
 public:
  explicit Printer(const Told& told) : told_(told), line_(told.command, told.mask) {}

  std::string plan() {
    head();
    for (const Finding& finding : told_.decision.findings) add(finding);
    for (const Answer& answer : told_.decision.answers) add(answer);
    return std::move(out_);
  }

  std::string outcome() {
    if (told_.outcome != nullptr) {
      for (const std::string& note : told_.outcome->notes) {
        out_ += paint("note:", colour_of(Severity::kNote)) + " " + told_.mask.text(note) + "\n";
      }
    }
    if (told_.verification != nullptr) {
      for (const Answer& answer : *told_.verification) add(answer);
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string paint(std::string_view text, std::string_view code) const {
    if (!told_.colour || text.empty()) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
  }

  void row(std::string_view name, const std::string& text) {
    if (text.empty()) return;
    out_ += paint(fmt::format("{:<8}", name), kDim) + " " + told_.mask.text(text) + "\n";
  }

  void head() {
    row("engine", engine());
    row("project", project());
    row("service", service());
    if (!told_.given.empty()) row("given", command_text(told_.mask.argv(told_.given)).text);
    const std::string& line = line_.line();
    out_ += paint(fmt::format("{:<8}", "command"), kDim) + " " +
            paint(report::printable(line), kBold) + "\n";
    const ComposeInvocation& call = told_.command.call();
    const Effect effect = told_effect(told_.command);
    const std::string& name = effect == call.effect ? call.effect_name : told_.command.doubt;
    if (!name.empty() && effect != Effect::kRuns) {
      row("does", fmt::format("{}: {}", to_string(effect), name));
    }
    if (!told_.decision.environment.empty()) row("protects", told_.decision.environment);
  }

  [[nodiscard]] std::string engine() const {
    const EngineFacts& engine = told_.snapshot.engine;
    if (!engine.reachable) return "not reachable: " + engine.failure;
    std::string out = engine.context.empty() ? "?" : engine.context;
    if (!engine.endpoint.empty()) out += " (" + engine.endpoint + ")";
    if (!engine.server_version.empty()) out += ", Docker " + engine.server_version;
    if (!engine.compose_version.empty()) out += ", Compose " + engine.compose_version;
    return out;
  }

  [[nodiscard]] std::string project() const {
    const Project* project = told_.command.call().target.project;
    if (project == nullptr) return "not known: " + told_.command.project_failure;
    std::vector<std::string> files;
    for (const SourceFile* file : project->files) files.push_back(file->path());
    return fmt::format("{} in {} ({})", project->name.value, project->directory,
                       fmt::join(files, ", "));
  }

  [[nodiscard]] std::string service() const {
    const Argument* name = told_.command.call().service();
    if (name == nullptr) return "";
    std::vector<std::string> containers;
    for (const Container* each : told_.snapshot.live(name->text)) {
      containers.push_back(each->name + " " + each->state +
                           (each->health.empty() ? "" : ", " + each->health));
    }
    return fmt::format(
        "{}: {}", name->text,
        containers.empty() ? "no container" : fmt::format("{}", fmt::join(containers, "; ")));
  }

  void add(const Finding& finding) {
    if (finding.severity < Severity::kWarning && !told_.verbose) return;
    std::string place;
    if (finding.span && finding.span.file != told_.command.text) {
      const Position at = finding.span.file->position(finding.span.begin, ColumnUnit::kCodePoint);
      place = paint(fmt::format("{}:{}:{}:", report::printable(finding.span.file->path()), at.line,
                                at.column),
                    kBold) +
              " ";
    }
    out_ += place +
            paint(fmt::format("{}:", to_string(finding.severity)), colour_of(finding.severity)) +
            " " + told_.mask.text(finding.message) + " [" + report::printable(finding.rule) + "]\n";
    if (const Span span = line_.at(finding.span)) {
      put(report::excerpt(span, '^', kColumns), colour_of(finding.severity));
    }
    for (const Fix& fix : finding.fixes) add(fix);
  }

  void put(const report::MarkedLine& line, std::string_view colour) {
    out_ += paint("  |", kDim) + " " + line.text + "\n";
    if (line.marks.empty()) return;
    const std::size_t begin = line.marks.find_first_not_of(' ');
    out_ += paint("  |", kDim) + " " + line.marks.substr(0, begin) +
            paint(std::string_view(line.marks).substr(begin), colour) + "\n";
  }

  void add(const Fix& written) {
    const Fix fix = line_.at(written);
    if (fix.edits.empty()) return;
    const bool safe = fix.safety == FixSafety::kSafe;
    out_ += "  " + paint(safe ? "--fix:" : "possible fix:", kGreen) + " " +
            told_.mask.text(fix.title) + "\n";
    for (const report::FixedLine& fixed : report::fixed_lines(fix, kColumns)) {
      put(fixed.line, kGreen);
    }
  }

  void add(const Answer& answer) {
    const bool well = answer.truth == Truth::kSupported;
    const bool told = blocks(answer) || asks(answer);
    if (!told && !told_.verbose) return;
    const std::string_view level = well ? "ok" : to_string(answer.severity);
    out_ += paint(fmt::format("{}:", level), well ? kGreen : colour_of(answer.severity)) + " ";
    if (answer.truth == Truth::kUnknown) out_ += "not known: ";
    out_ += told_.mask.text(answer.note) + " [" + report::printable(answer.claim) + "]";
    if (well && !answer.origin.empty()) {
      out_ += paint(" (" + told_.mask.text(answer.origin) + ")", kDim);
    }
    out_ += "\n";
    if (!well && !answer.remedy.empty()) {
      out_ += "  " + paint("remedy:", kGreen) + " " + told_.mask.text(answer.remedy) + "\n";
    }
  }

  const Told& told_;
  MaskedText line_;
  std::string out_;
};

}  // namespace

std::string plan_text(const Told& told) {
  return Printer(told).plan();
}

std::string outcome_text(const Told& told) {
  return Printer(told).outcome();
}

}  // namespace composelint::guard
