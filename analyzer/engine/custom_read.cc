#include "analyzer/engine/custom_read.h"

#include <composelint/nearest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "analyzer/engine/config_values.h"
#include "analyzer/engine/custom_match.h"
#include "analyzer/engine/custom_message.h"
#include "analyzer/knowledge/compose_cli.h"

namespace composelint::engine {

namespace {

using yaml::Node;

std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

std::string meant(std::string_view word) {
  return word.empty() ? std::string() : "; did you mean " + quoted(word) + "?";
}

bool is_slug(std::string_view text) {
  char last = '-';
  for (const char c : text) {
    const bool lower = c >= 'a' && c <= 'z';
    const bool digit = c >= '0' && c <= '9';
    if (c == '-' ? last == '-' : !lower && !digit) return false;
    last = c;
  }
  return last != '-' && text.front() >= 'a';
}

// What is wrong with one word of the key's value, beyond its kind; empty: nothing.
std::string wrong_verb(std::string_view word) {
  if (knowledge::find_verb(word) != nullptr) return {};
  return "Compose has no verb " + quoted(word) + meant(knowledge::nearest_verb(word));
}

std::string wrong_option(std::string_view word) {
  const bool named = word.size() > 1 && word.front() == '-' && word != "--";
  return named ? std::string() : quoted(word) + " is no option; they begin with a dash";
}

std::string wrong_number(std::string_view word) {
  if (word.starts_with('<') || word.starts_with('>')) word.remove_prefix(1);
  const bool digits =
      !word.empty() && word.size() < 10 &&
      std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits ? std::string() : quoted(word) + R"( is no number: they look like 2, ">1" or "<3")";
}

struct WordCheck {
  std::string_view key;
  std::string (*wrong)(std::string_view word) = nullptr;
};

constexpr WordCheck kWordChecks[] = {
    {"verb", wrong_verb},
    {"with", wrong_option},
    {"without", wrong_option},
    {"replicas", wrong_number},
};

class Reader {
 public:
  Reader(const SourceFile& file, const Node& entry)
      : file_(file), entry_(entry), rule_(std::make_shared<CustomRule>()) {}

  CustomReading read() {
    take_texts();
    take_conditions();
    take_message();
    take_examples();
    describe();
    return {std::move(rule_), std::move(problems_)};
  }

 private:
  void complain(Span span, std::string message) {
    problems_.push_back({Severity::kError, file_.path(), span, std::move(message)});
  }

  void take_texts() {
    const Node& slug = *entry_.find("rule");
    rule_->slug = text_of(entry_, "rule");
    rule_->span = slug.span;
    if (!is_slug(rule_->slug)) {
      complain(slug.span, quoted(rule_->slug) +
                              " is no name of a rule: lower case with hyphens, as worker-restart");
    }
    rule_->summary = text_of(entry_, "summary");
    rule_->rationale = text_of(entry_, "rationale");
    if (rule_->rationale.empty()) rule_->rationale = rule_->summary + ".";
  }

  void take_conditions() {
    const Node& when = *entry_.find("when");
    rule_->when = alternatives(when);
    if (const Node* unless = entry_.find("unless")) rule_->unless = alternatives(*unless);
    const auto service_alone = [](const CustomTests& tests) {
      return tests.size() == 1 && tests.front().row->name == "service";
    };
    const auto alone = std::count_if(rule_->when.begin(), rule_->when.end(), service_alone);
    rule_->on_services = alone > 0;
    if (alone > 0 && static_cast<std::size_t>(alone) != rule_->when.size()) {
      complain(when.span,
               "\"when\": some of the mappings are about services alone, and some about commands");
    }
    const bool fits = std::all_of(rule_->unless.begin(), rule_->unless.end(), service_alone);
    if (rule_->on_services && !fits) {
      complain(entry_.find("unless")->span,
               "\"unless\": a rule about services alone can ask for \"service\" only");
    }
  }

  std::vector<CustomTests> alternatives(const Node& written) {
    const Node& node = written.resolved();
    if (node.kind == yaml::NodeKind::kMapping) return {tests(node, custom_step_rows())};
    std::vector<CustomTests> out;
    for (const Node* item : node.items) out.push_back(tests(item->resolved(), custom_step_rows()));
    if (out.empty()) complain(written.span, "a list of mappings with nothing in it");
    return out;
  }

  CustomTests tests(const Node& mapping, std::span<const CustomKeyRow> rows) {
    if (mapping.entries.empty()) complain(mapping.span, "asks for nothing");
    CustomTests out;
    for (const CustomKeyRow& row : rows) {
      const Node* written = mapping.find(row.name);
      if (written == nullptr) continue;
      CustomTest& test = out.emplace_back();
      test.row = &row;
      const Node& value = written->resolved();
      if (value.kind == yaml::NodeKind::kMapping) {
        test.inner = tests(value, custom_service_rows());
        continue;
      }
      test.words = texts_in(value);
      check_words(*written, test);
    }
    return out;
  }

  void check_words(const Node& written, const CustomTest& test) {
    if (test.words.empty()) complain(written.span, quoted(test.row->name) + " asks for nothing");
    for (const WordCheck& check : kWordChecks) {
      if (check.key != test.row->name) continue;
      for (const std::string& word : test.words) {
        const std::string wrong = check.wrong(word);
        if (!wrong.empty()) complain(written.span, quoted(check.key) + ": " + wrong);
      }
    }
  }

  void take_message() {
    rule_->message = text_of(entry_, "message");
    const std::vector<std::string_view> known = placeholders(rule_->on_services);
    for (const std::string_view name : placeholders_in(rule_->message)) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      std::string message = "\"message\": there is no {" + std::string(name) + "}";
      if (rule_->on_services) message += " of a service";
      complain(entry_.find("message")->span, message + meant(nearest(name, known)));
    }
  }

  void take_examples() {
    const Node* examples = entry_.find("examples");
    if (examples == nullptr) return;
    for (const Node* item : examples->resolved().items) {
      const Node& each = item->resolved();
      const CustomRule::ExampleTexts& texts =
          rule_->example_texts.emplace_back(CustomRule::ExampleTexts{
              text_of(each, "unsafe"), text_of(each, "safe"), text_of(each, "compose")});
      rule_->examples.push_back({texts.unsafe, texts.safe, texts.compose, rule_->on_services});
    }
  }

  [[nodiscard]] Severities severities() const {
    const Node* written = entry_.find("severity");
    if (written == nullptr) return {};
    const RuleLevel level = level_in(*written);
    const auto in = [&](Context context, Severity otherwise) {
      return level.in[static_cast<std::size_t>(context)].value_or(otherwise);
    };
    const Severity all = level.all.value_or(Severity::kOff);
    return {in(Context::kOps, all), in(Context::kDev, all), in(Context::kCi, all),
            in(Context::kDocs, Severity::kOff)};
  }

  void describe() {
    Rule& rule = rule_->rule;
    rule.slug = rule_->slug;
    rule.severity = severities();
    rule.summary = rule_->summary;
    rule.rationale = rule_->rationale;
    rule.examples = rule_->examples;
  }

  const SourceFile& file_;
  const Node& entry_;
  std::shared_ptr<CustomRule> rule_;
  std::vector<Notification> problems_;
};

}  // namespace

CustomReading read_custom_rule(const SourceFile& file, const Node& entry) {
  return Reader(file, entry).read();
}

}  // namespace composelint::engine
