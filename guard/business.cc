// What a call is to guard.
#include <algorithm>
#include <array>
#include <string_view>

#include "analyzer/knowledge/compose_cli.h"
#include "guard/command.h"
#include "guard/started_change.h"

namespace composelint::guard {

namespace {

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

bool has_global(const ComposeInvocation& call, std::string_view name) {
  const OptionUse* use = call.global_option(name);
  return use != nullptr && !(use->value && use->value->is("false"));
}

// Whether Compose takes so many words behind the verb.
bool takes(const knowledge::VerbSpec& verb, const ComposeInvocation& call) {
  if (call.opaque_options) return true;
  const auto count = static_cast<int>(call.operands.size() + call.inner.size());
  return count >= verb.min_operands && (verb.max_operands < 0 || count <= verb.max_operands);
}

// `cp SERVICE:PATH FILE` reads what runs, or says that there is no such service.
bool copies_out(const ComposeInvocation& call) {
  return call.is("cp") && is_in_container(call.operands.front().text) &&
         !is_in_container(call.operands.back().text);
}

Business judged(const ComposeInvocation& call, bool reads) {
  static constexpr std::array<std::string_view, 4> kOnlyLook = {"help", "export", "completion",
                                                                "wait"};
  static constexpr std::array<std::string_view, 2> kAsk = {"--help", "--dry-run"};
  // What is no verb is refused by docker itself, in its own words, and so are too few words or too
  // many behind one.
  const knowledge::VerbSpec* const verb = knowledge::find_verb(call.verb);
  if (verb == nullptr || !takes(*verb, call)) return Business::kNone;
  for (const std::string_view option : kAsk) {
    if (call.has(option) || has_global(call, option)) return Business::kNone;
  }
  if (has_global(call, "--version")) return Business::kNone;
  if (call.is("exec")) return reads ? Business::kNone : Business::kTask;
  // `run` starts what its service depends on, whatever the task is.
  if (call.is("run")) return reads && call.has("--no-deps") ? Business::kNone : Business::kTask;
  const bool looks = reads || one_of(call.verb, kOnlyLook) || copies_out(call);
  return looks && !call.has("--down-project") ? Business::kNone : Business::kStack;
}

}  // namespace

Business business_of(const ComposeInvocation& call) {
  return judged(call, call.effect == Effect::kReads);
}

Business business_in_doubt(const ComposeInvocation& call) {
  return judged(call, call.effect == Effect::kReads && !call.is("run") && !call.is("exec"));
}

}  // namespace composelint::guard
