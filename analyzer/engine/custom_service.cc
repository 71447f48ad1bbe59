// What custom rules ask of a service. Where its project is not known, only its name is.
#include <charconv>

#include "analyzer/engine/custom_facts.h"
#include "analyzer/engine/custom_match.h"
#include "analyzer/engine/wildcard.h"

namespace composelint::engine {

namespace {

// A text that may hang on a variable nobody set.
Truth text_fits(const CustomTest& test, const Located<std::string>& text) {
  return text.known ? truth_of(any_wildcard_matches(test.words, text.value)) : Truth::kUnknown;
}

Truth flag(const CustomTest& test, bool value) {
  return truth_of(!test.words.empty() && test.words.front() == (value ? "true" : "false"));
}

Truth name(const CustomTest& test, const CustomSubject& subject) {
  return truth_of(any_wildcard_matches(test.words, subject.service->name));
}

Truth image(const CustomTest& test, const CustomSubject& subject) {
  if (subject.project == nullptr) return Truth::kUnknown;
  const auto& written = subject.service->image;
  return written ? text_fits(test, *written) : Truth::kRefuted;
}

Truth build(const CustomTest& test, const CustomSubject& subject) {
  if (subject.project == nullptr) return Truth::kUnknown;
  return flag(test, subject.service->build.has_value());
}

Truth role(const CustomTest& test, const CustomSubject& subject) {
  if (subject.project == nullptr) return Truth::kUnknown;
  const std::string_view word = service_role_word(role_of(*subject.service));
  return word.empty() ? Truth::kUnknown : truth_of(any_wildcard_matches(test.words, word));
}

Truth init(const CustomTest& test, const CustomSubject& subject) {
  if (subject.project == nullptr) return Truth::kUnknown;
  return flag(test, subject.service->init);
}

Truth publishes_ports(const CustomTest& test, const CustomSubject& subject) {
  if (subject.project == nullptr) return Truth::kUnknown;
  return flag(test, subject.service->publishes_ports);
}

// An image may bring a healthcheck of its own: only `disable` is a sure no, and a rule that asks
// for none means the file.
Truth healthcheck(const CustomTest& test, const CustomSubject& subject) {
  if (subject.project == nullptr) return Truth::kUnknown;
  const auto& check = subject.service->healthcheck;
  return flag(test, check && !check->disabled);
}

Truth profile(const CustomTest& test, const CustomSubject& subject) {
  if (subject.project == nullptr) return Truth::kUnknown;
  Truth best = Truth::kRefuted;
  for (const auto& each : subject.service->profiles) best = std::max(best, text_fits(test, each));
  return best;
}

Truth restart(const CustomTest& test, const CustomSubject& subject) {
  if (subject.project == nullptr) return Truth::kUnknown;
  const auto& written = subject.service->restart;
  return written ? text_fits(test, *written) : truth_of(any_wildcard_matches(test.words, "no"));
}

// "2", ">1", "<3".
Truth replicas(const CustomTest& test, const CustomSubject& subject) {
  if (subject.project == nullptr) return Truth::kUnknown;
  const std::int64_t count = subject.service->replicas;
  for (std::string_view word : test.words) {
    const char sign = word.empty() ? '\0' : word.front();
    if (sign == '<' || sign == '>') word.remove_prefix(1);
    std::int64_t number = 0;
    std::from_chars(word.data(), word.data() + word.size(), number);
    const bool fits = sign == '<' ? count < number : sign == '>' ? count > number : count == number;
    if (fits) return Truth::kSupported;
  }
  return Truth::kRefuted;
}

// NAME, or NAME=VALUE; both may be patterns.
Truth variable_fits(std::string_view wanted, std::string_view variable,
                    const Located<std::optional<std::string>>& value) {
  const std::size_t equals = wanted.find('=');
  if (!wildcard_matches(wanted.substr(0, equals), variable)) return Truth::kRefuted;
  if (equals == std::string_view::npos) return Truth::kSupported;
  if (!value.known || !value.value) return Truth::kUnknown;
  return truth_of(wildcard_matches(wanted.substr(equals + 1), *value.value));
}

Truth environment(const CustomTest& test, const CustomSubject& subject) {
  if (subject.project == nullptr) return Truth::kUnknown;
  Truth best = Truth::kRefuted;
  for (const auto& [variable, value] : subject.service->environment) {
    for (const std::string& wanted : test.words) {
      best = std::max(best, variable_fits(wanted, variable, value));
    }
  }
  return best;
}

template <typename Text>
Truth some_mount(const CustomTest& test, const CustomSubject& subject, Text text) {
  if (subject.project == nullptr) return Truth::kUnknown;
  Truth best = Truth::kRefuted;
  for (const Mount& mount : subject.service->mounts) {
    const bool fits = any_wildcard_matches(test.words, text(mount));
    best = std::max(best, mount.known ? truth_of(fits) : Truth::kUnknown);
  }
  return best;
}

Truth mount(const CustomTest& test, const CustomSubject& subject) {
  return some_mount(test, subject, [](const Mount& each) { return each.target; });
}

Truth mount_type(const CustomTest& test, const CustomSubject& subject) {
  return some_mount(test, subject, [](const Mount& each) { return each.type; });
}

Truth mount_source(const CustomTest& test, const CustomSubject& subject) {
  return some_mount(test, subject, [](const Mount& each) { return each.source; });
}

constexpr CustomKeyRow kRows[] = {
    {"name", name},
    {"image", image},
    {"role", role},
    {"build", build},
    {"init", init},
    {"publishes-ports", publishes_ports},
    {"healthcheck", healthcheck},
    {"profile", profile},
    {"restart", restart},
    {"replicas", replicas},
    {"environment", environment},
    {"mount", mount},
    {"mount-type", mount_type},
    {"mount-source", mount_source},
};

}  // namespace

std::span<const CustomKeyRow> custom_service_rows() {
  return kRows;
}

}  // namespace composelint::engine
