#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analyzer/text/path.h"
#include "guard/parse.h"
#include "guard/stack_view.h"
#include "guard/verify_parts.h"

namespace composelint::guard {

namespace {

constexpr std::string_view kClaim = "post-check";
constexpr std::int64_t kUsual = 30'000'000'000;

std::chrono::milliseconds time_of(const PostCheck& check) {
  return std::chrono::milliseconds((check.timeout == 0 ? kUsual : check.timeout) / 1'000'000);
}

// Arguments may hold what nobody else should read: a check goes by its program.
std::string name_of(const PostCheck& check) {
  if (!check.url.empty()) return "GET " + without_credentials(check.url);
  return std::string(text::name_of(check.command.front()));
}

Command command_of(const PostCheck& check) {
  if (check.url.empty()) return {check.command, ""};
  const auto seconds = std::max<std::int64_t>(1, time_of(check).count() / 1000);
  return {{"curl", "--fail", "--silent", "--show-error", "--output", "/dev/null", "--proto",
           "=http,https", "--max-time", std::to_string(seconds), "--url", check.url},
          ""};
}

Answer judge(const PostCheck& check, const Captured& answer) {
  const std::string name = name_of(check);
  switch (answer.end.kind) {
    case EndKind::kNotStarted:
      return check.url.empty()
                 ? refuted(kClaim, Severity::kError, name + " could not be started", "")
                 : unknown(kClaim, Severity::kError, name + ": there is no curl to ask with",
                           "install curl, or check with a command");
    case EndKind::kTimedOut:
      return refuted(kClaim, Severity::kError,
                     fmt::format("{} took more than {} s", name, time_of(check).count() / 1000),
                     "");
    case EndKind::kSignalled:
      return refuted(kClaim, Severity::kError,
                     fmt::format("{} was killed by signal {}", name, answer.end.code), "");
    case EndKind::kExited: break;
  }
  if (answer.end.code == 0) return supported(kClaim, Severity::kError, name + " is well");
  return refuted(kClaim, Severity::kError, fmt::format("{} ended with {}", name, answer.end.code),
                 "");
}

}  // namespace

std::vector<Answer> post_checks(const Policy& policy, Processes& processes) {
  std::vector<Answer> answers(policy.checks.size());
  std::set<std::chrono::milliseconds> times;
  for (const PostCheck& check : policy.checks) times.insert(time_of(check));
  // Those with the same time run together.
  for (const std::chrono::milliseconds time : times) {
    std::vector<std::size_t> which;
    std::vector<Command> commands;
    for (std::size_t i = 0; i < policy.checks.size(); ++i) {
      const PostCheck& check = policy.checks[i];
      if (time_of(check) != time || (check.url.empty() && check.command.empty())) continue;
      which.push_back(i);
      commands.push_back(command_of(check));
    }
    if (commands.empty()) continue;
    Bounds bounds;
    // curl keeps the time itself, and says so better.
    bounds.time = time + std::chrono::milliseconds(1'000);
    const std::vector<Captured> captured = processes.capture(commands, bounds);
    for (std::size_t i = 0; i < captured.size() && i < which.size(); ++i) {
      answers[which[i]] = judge(policy.checks[which[i]], captured[i]);
      answers[which[i]].origin = "policy";
    }
  }
  answers.erase(std::remove_if(answers.begin(), answers.end(),
                               [](const Answer& one) { return one.claim.empty(); }),
                answers.end());
  return answers;
}

}  // namespace composelint::guard
