// A rule that a configuration declares: conditions over the same facts that built-in rules see.
#pragma once

#include <composelint/compose.h>
#include <composelint/evidence.h>
#include <composelint/rule.h>
#include <composelint/timeline.h>

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::engine {

// What is looked at: a step of a script, or a service of a compose file.
struct CustomSubject {
  Context context = Context::kOps;
  const Timeline* timeline = nullptr;
  const Step* step = nullptr;
  const EvidenceSource* evidence = nullptr;
  const Project* project = nullptr;
  const Service* service = nullptr;
};

struct CustomTest;
// The keys of one mapping: all have to hold.
using CustomTests = std::vector<CustomTest>;

struct CustomKeyRow;

// One key of `when`, `unless` or `service` with its value.
struct CustomTest {
  const CustomKeyRow* row = nullptr;
  std::vector<std::string> words;  // true and false as such words
  CustomTests inner;               // of `service`
};

struct CustomRule {
  struct ExampleTexts {
    std::string unsafe;
    std::string safe;
    std::string compose;
  };

  CustomRule() = default;
  CustomRule(const CustomRule&) = delete;  // `rule` looks into its texts
  CustomRule& operator=(const CustomRule&) = delete;

  std::string slug;
  std::string summary;
  std::string rationale;
  std::string message;  // with its placeholders
  std::deque<ExampleTexts> example_texts;
  std::vector<Example> examples;
  std::vector<CustomTests> when;    // one of them has to hold
  std::vector<CustomTests> unless;  // none of them may
  bool on_services = false;         // looks at compose files, else at scripts
  Span span;                        // where it is declared: its name
  Rule rule;                        // for reports: texts and severities, no hooks
};

}  // namespace composelint::engine
