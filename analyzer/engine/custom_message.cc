#include "analyzer/engine/custom_message.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "analyzer/engine/custom_facts.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::engine {

namespace {

std::string verb(const CustomSubject& subject) {
  return subject.step->call ? subject.step->call->verb : std::string();
}

std::string service(const CustomSubject& subject) {
  if (subject.service != nullptr) return subject.service->name;
  if (!subject.step->call) return {};
  std::string out;
  for (const Argument& each : subject.step->call->services) {
    out += (out.empty() ? "" : ", ") + (each.known() ? each.text : std::string("…"));
  }
  return out;
}

std::string task(const CustomSubject& subject) {
  return task_text(*subject.step);
}

std::string program(const CustomSubject& subject) {
  const Step& step = *subject.step;
  return step.call ? inner_program(*step.call) : std::string(program_name(step));
}

std::string effect(const CustomSubject& subject) {
  return subject.step->effect_name;
}

std::string project(const CustomSubject& subject) {
  const Project* of = subject.project;
  if (subject.step != nullptr && subject.step->call) of = subject.step->call->target.project;
  return of == nullptr ? std::string() : of->name.value;
}

struct Placeholder {
  std::string_view name;
  std::string (*text)(const CustomSubject&) = nullptr;
  bool of_services = false;  // has a text where a service is looked at
};

constexpr Placeholder kPlaceholders[] = {
    {"verb", verb},       {"service", service, true}, {"task", task},
    {"program", program}, {"effect", effect},         {"project", project, true},
};

// The `{name}` that begins at `at`; empty when it is none. Doubled braces are somebody else's.
std::string_view name_at(std::string_view message, std::size_t at) {
  if (message[at] != '{' || (at > 0 && message[at - 1] == '{')) return {};
  const std::size_t end = message.find_first_not_of("abcdefghijklmnopqrstuvwxyz", at + 1);
  const bool closed = end != std::string_view::npos && message[end] == '}' && end > at + 1;
  return closed ? message.substr(at + 1, end - at - 1) : std::string_view();
}

}  // namespace

std::vector<std::string_view> placeholders(bool on_services) {
  std::vector<std::string_view> out;
  for (const Placeholder& each : kPlaceholders) {
    if (each.of_services || !on_services) out.push_back(each.name);
  }
  return out;
}

std::vector<std::string_view> placeholders_in(std::string_view message) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < message.size(); ++at) {
    if (const auto name = name_at(message, at); !name.empty()) out.push_back(name);
  }
  return out;
}

std::string message_for(std::string_view message, const CustomSubject& subject) {
  std::string out;
  for (std::size_t at = 0; at < message.size(); ++at) {
    const std::string_view name = name_at(message, at);
    const auto* const known =
        std::find_if(std::begin(kPlaceholders), std::end(kPlaceholders),
                     [&](const Placeholder& each) { return each.name == name; });
    if (known == std::end(kPlaceholders) || (subject.step == nullptr && !known->of_services)) {
      out += message[at];
      continue;
    }
    const std::string text = known->text(subject);
    out += text.empty() ? "…" : text;
    at += name.size() + 1;
  }
  return out;
}

}  // namespace composelint::engine
