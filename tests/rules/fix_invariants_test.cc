// `check --fix` over every fixture of the rules and of the hosts: what may never happen.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "analyzer/engine/fix.h"
#include "analyzer/report/reports.h"
#include "analyzer/signs/reports/folded_key.h"
#include "analyzer/signs/reports/repeated.h"
#include "tests/engine/tree.h"
#include "tests/rules/fixture.h"

namespace composelint {
namespace {

namespace fs = std::filesystem;

using Texts = std::map<std::string, std::string>;

const std::string kRoot = std::string(COMPOSELINT_SOURCE_DIR) + "/fixtures/";

std::vector<std::string> folders() {
  std::vector<std::string> out;
  for (const char* const above : {"rules/", "hosts/"}) {
    for (const std::string& group : fixture::entries(kRoot + above, false)) {
      for (const std::string& name : fixture::entries(kRoot + above + group, false)) {
        out.push_back(above + group + "/" + name);
      }
    }
  }
  return out;
}

Texts texts_in(const std::string& folder) {
  Texts texts;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot + folder)) {
    const std::string name = entry.path().lexically_relative(kRoot + folder).string();
    if (!entry.is_regular_file() || name == "expected.txt" || name.starts_with("fixed/")) continue;
    texts[name] = fixture::read(entry.path().string());
  }
  return texts;
}

// The rule that the folder is about, where it is none of the usual ones; empty else.
std::string unusual_rule(const std::string& folder) {
  const std::size_t begin = std::string("rules/").size();
  const std::string slug = folder.substr(begin, folder.find('/', begin) - begin);
  const Rule* rule = folder.starts_with("rules/") ? find_rule(slug) : nullptr;
  return rule == nullptr || rule->preset == Preset::kDefault ? std::string() : slug;
}

engine::FixOutcome fixed(const Texts& texts, FixSafety most, const std::string& rule) {
  engine::Tree tree;
  for (const auto& [name, text] : texts) tree.file("/project/" + name, text);
  engine::CheckRequest request;
  request.paths = {"."};
  request.working_directory = "/project";
  request.today = "2026-07-01";
  if (!rule.empty()) request.rules.select = {rule};
  return engine::fix(request, tree, all_rules(), {most, {}});
}

// Findings by what they are about, with how often; each part of one that tells several counts.
std::map<std::string, std::size_t> subjects(const Run& run) {
  std::map<std::string, std::size_t> out;
  for (const Finding& finding : run.findings) {
    const std::string where = finding.rule + " " + (finding.span ? finding.span.file->path() : "");
    const auto parts = parts_of(finding.key);
    std::string subject = where;
    for (auto word = finding.key.begin(); word != parts; ++word) subject += " " + *word;
    ++out[subject];
    if (parts == finding.key.end()) continue;
    for (auto part = parts + 1; part != finding.key.end(); ++part) ++out[where + " " + *part];
  }
  return out;
}

// What is told as one may be told apart once some of it is mended.
std::size_t places(const Run& run) {
  std::size_t all = 0;
  for (const auto& [subject, count] : subjects(run)) all += count;
  return all;
}

// What a rule is silent on until the fix of another is applied, as its page says: `version` counts
// as long as each call is one of v1.
bool may_be_opened(const std::string& subject, const Run& before) {
  return subject.starts_with("obsolete-version ") &&
         std::any_of(before.findings.begin(), before.findings.end(),
                     [](const Finding& each) { return each.rule == "compose-v1"; });
}

// A place that another finding told of as well is told on its own where only that one is mended.
bool was_told_with_another(const std::string& subject, const Run& before) {
  return std::any_of(before.findings.begin(), before.findings.end(), [&](const Finding& each) {
    return std::any_of(each.related.begin(), each.related.end(), [&](const Related& related) {
      return related.message == kHereAsWell &&
             subject.starts_with(each.rule + " " + related.span.file->path() + " ");
    });
  });
}

std::size_t errors(const Run& run) {
  return static_cast<std::size_t>(
      std::count_if(run.notifications.begin(), run.notifications.end(),
                    [](const Notification& each) { return each.severity == Severity::kError; }));
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out(1);
  for (const char byte : text) {
    out.back() += byte;
    if (byte == '\n') out.emplace_back();
  }
  return out;
}

// Every line of the old text that holds no edit is in the new one, in the same order.
void expect_untouched(const engine::ChangedFile& change, const Run& before) {
  std::vector<std::string> kept;
  const std::vector<std::string> old = lines(change.before);
  std::vector<bool> edited(old.size() + 2);
  for (const Finding& finding : before.findings) {
    for (const Fix& fix : finding.fixes) {
      for (const Edit& edit : fix.edits) {
        const SourceFile& file = *edit.span.file;
        if (file.path() != change.shown) continue;
        for (auto at = file.line_of(edit.span.begin); at <= file.line_of(edit.span.end); ++at) {
          edited[at - 1] = true;
        }
      }
    }
  }
  const std::vector<std::string> now = lines(change.after);
  auto at = now.begin();
  for (std::size_t i = 0; i < old.size(); ++i) {
    if (edited[i]) continue;
    at = std::find(at, now.end(), old[i]);
    ASSERT_NE(at, now.end()) << change.shown << ":" << i + 1 << ": " << old[i];
    ++at;
  }
}

class FixInvariants : public testing::TestWithParam<std::string> {
 protected:
  static void expect_holds(FixSafety most) {
    Texts texts = texts_in(GetParam());
    const std::string rule = unusual_rule(GetParam());
    engine::FixOutcome outcome = fixed(texts, most, rule);
    const composelint::Run& before = outcome.before.run;
    const composelint::Run& left = outcome.left().run;
    const std::string told = report::text_report(left, {});
    EXPECT_LT(outcome.passes, 10U) << told;
    EXPECT_LE(errors(left), errors(before)) << told;
    const auto known = subjects(before);
    for (const auto& [subject, count] : subjects(left)) {
      if (may_be_opened(subject, before) || was_told_with_another(subject, before)) continue;
      const auto found = known.find(subject);
      EXPECT_LE(count, found == known.end() ? 0 : found->second) << "new: " << subject;
    }
    if (!may_be_opened("obsolete-version ", before)) {
      EXPECT_LE(places(left) + outcome.fixed, places(before)) << told;
    }
    for (const engine::ChangedFile& change : outcome.changed) {
      if (outcome.passes == 1) expect_untouched(change, before);
      texts[change.shown] = change.after;
    }
    const engine::FixOutcome again = fixed(texts, most, rule);
    EXPECT_TRUE(again.changed.empty()) << "a second run changes " << again.changed.front().shown;
  }
};

TEST_P(FixInvariants, SafeFixesHold) {
  expect_holds(FixSafety::kSafe);
}

TEST_P(FixInvariants, UnsafeFixesHold) {
  expect_holds(FixSafety::kUnsafe);
}

INSTANTIATE_TEST_SUITE_P(Fixtures, FixInvariants, testing::ValuesIn(folders()),
                         [](const auto& test) {
                           std::string name = test.param;
                           for (char& c : name) {
                             if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
                           }
                           return name;
                         });

}  // namespace
}  // namespace composelint
