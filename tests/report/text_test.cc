#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>

#include "analyzer/report/reports.h"
#include "tests/report/sample.h"

namespace composelint::report {
namespace {

TEST(TextReport, IsOneLineWhenThereIsNothingToSay) {
  composelint::Run run;
  EXPECT_EQ(text_report(run, {}), "no scripts or compose files found\n");
  run.stats = {2, 1, 1, 1};
  EXPECT_EQ(text_report(run, {}), "no findings (2 files, 1 compose call)\n");
  run.suppressed.emplace_back();
  EXPECT_EQ(text_report(run, {}), "no findings, 1 allowed by comments (2 files, 1 compose call)\n");
}

TEST(TextReport, SendsNoControlCharacterToTheTerminal) {
  const SourceFile file("\x1b]0;x\x07.sh", "run \x1b[2J\u202E\n");
  composelint::Run run;
  Finding finding;
  finding.span = {&file, 4, 8};
  finding.message = "names \x1b[31m and \r";
  finding.context = "\x07";
  finding.related = {{finding.span, "\x08"}};
  finding.fixes = {{"Add \x1b[0m", FixSafety::kSafe, {{finding.span, "\x1b"}}}};
  run.findings = {finding};
  run.suppressed = {{finding, finding.span, "\x1b"}};
  run.notifications = {{Severity::kError, "\x1b.sh", {}, "\x1b"}};
  const std::string report = text_report(run, {.show_suppressed = true});
  EXPECT_TRUE(std::none_of(report.begin(), report.end(), [](char byte) {
    return (byte >= 0 && byte < ' ' && byte != '\n') || byte == 0x7F;
  })) << report;
  EXPECT_EQ(report.find("\u202E"), std::string::npos);
}

TEST(TextReport, ColoursOnlyWhenTold) {
  const Sample sample;
  EXPECT_EQ(text_report(sample.run, {}).find('\x1b'), std::string::npos);
  EXPECT_NE(text_report(sample.run, {.colour = true}).find('\x1b'), std::string::npos);
}

TEST(TextReport, TellsOfManyOfAKindInAFileTheLinesAlone) {
  const SourceFile file("a.sh", "one\ntwo\nthree\nfour\nfive\nsix\n");
  composelint::Run run;
  for (std::uint32_t line = 1; line <= 6; ++line) {
    Finding finding;
    finding.rule = line == 2 ? "other-rule" : "run-without-rm";
    finding.span = {&file, file.line_begin(line), file.line_begin(line) + 3};
    finding.message = "stays";
    run.findings.push_back(finding);
  }
  const auto times = [](const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++count;
    return count;
  };
  EXPECT_EQ(times(text_report(run, {}), ": warning: stays"), 6U);
  run.stats.files = 1;
  const std::string folded = text_report(run, {.fold = true});
  EXPECT_EQ(times(folded, ": warning: stays"), 4U);
  EXPECT_NE(folded.find("a.sh:5:1: warning: the same 2 more times in this file, in lines 5, 6 "
                        "[run-without-rm]\n"),
            std::string::npos)
      << folded;
  EXPECT_NE(folded.find("6 warnings in 1 file"), std::string::npos);
  run.findings.pop_back();
  EXPECT_EQ(times(text_report(run, {.fold = true}), ": warning: stays"), 5U);
}

TEST(TextReport, TellsOfOneSentenceAboutManyFilesThePlacesAlone) {
  std::deque<SourceFile> files;
  for (const char* path : {"a.sh", "b.sh", "c.sh", "d.sh", "e.sh"}) files.emplace_back(path, "x\n");
  composelint::Run run;
  for (const SourceFile& file : files) {
    Finding finding;
    finding.rule = "compose-v1";
    finding.span = {&file, 0, 1};
    finding.message = "old";
    run.findings.push_back(finding);
  }
  run.findings.push_back(run.findings.back());
  const std::string folded = text_report(run, {.fold = true});
  EXPECT_NE(folded.find("d.sh:1:1: warning: the same 3 more times in 2 other files: d.sh:1, "
                        "e.sh:1, e.sh:1 [compose-v1]\n"),
            std::string::npos)
      << folded;
  EXPECT_NE(folded.find("c.sh:1:1: warning: old"), std::string::npos);
  EXPECT_EQ(folded.find("e.sh:1:1"), std::string::npos);
  EXPECT_EQ(text_report(run, {}).find("the same"), std::string::npos);
  run.findings.resize(4);
  EXPECT_EQ(text_report(run, {.fold = true}).find("the same"), std::string::npos);
}

TEST(CallsText, SaysWhenThereAreNone) {
  EXPECT_EQ(calls_text({}), "no compose calls found\n");
}

}  // namespace
}  // namespace composelint::report
