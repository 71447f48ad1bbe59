#include <composelint/service_role.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/report/display.h"
#include "analyzer/signs/data/databases.h"
#include "guard/parse.h"
#include "guard/probe_commands.h"
#include "guard/stack_view.h"
#include "guard/verify_parts.h"

namespace composelint::guard {

namespace {

constexpr std::chrono::milliseconds kPause{500};
constexpr std::chrono::milliseconds kQuiet{1'000};  // shorter waits are not worth a word

bool starts_services(const ComposeInvocation& call) {
  static constexpr std::array<std::string_view, 5> kVerbs = {"up", "start", "restart", "unpause",
                                                             "scale"};
  return std::find(kVerbs.begin(), kVerbs.end(), call.verb) != kVerbs.end() &&
         !call.has("--no-start");
}

bool ends_services(const ComposeInvocation& call) {
  static constexpr std::array<std::string_view, 5> kVerbs = {"down", "stop", "kill", "rm", "pause"};
  return std::find(kVerbs.begin(), kVerbs.end(), call.verb) != kVerbs.end();
}

bool is_well(const Container& one) {
  return one.running() && one.health != "unhealthy" && one.health != "starting";
}

// It may become well by itself.
bool may_recover(const Container& one) {
  return one.state == "restarting" || one.state == "created" ||
         (one.running() && !one.health.empty());
}

std::string words_for(const Container& one) {
  const bool sick = one.running() && !one.health.empty();
  return one.name + " is " + (sick ? one.health : one.state);
}

}  // namespace

HealthWatch::HealthWatch(const VerificationRequest& request, const Aftermath& first) {
  const ComposeInvocation& call = request.command.call();
  const bool stack = !call.is("run") && !call.is("exec");
  if (stack && ends_services(call)) return;
  if (stack && starts_services(call)) {
    for (const Service* service : started_by(call)) {
      // What ends by itself need not be there any more.
      const bool ends = role_of(*service) == ServiceRole::kOneOff || service->replicas == 0;
      const bool restarts = service->restart && service->restart->value != "no";
      if (!ends) expected_.push_back({service->name, 0, service->name, false, !restarts});
    }
    return;
  }
  const auto is_aside = [&](const std::string& service) {
    return std::find(request.set_aside.begin(), request.set_aside.end(), service) !=
           request.set_aside.end();
  };
  for (const Container& one : request.before.containers) {
    if (one.one_off || !one.running() || is_aside(one.service)) continue;
    expected_.push_back({one.service, one.number, one.name, !is_well(one), false});
  }
  // Without a look before there is still one after.
  if (request.before.containers_failure.empty()) return;
  for (const Container& one : first.containers) {
    if (!one.one_off && one.running()) {
      expected_.push_back({one.service, one.number, one.name, false, false});
    }
  }
}

HealthWatch::Look HealthWatch::look(const std::vector<Container>& containers) const {
  Look look;
  const auto trouble = [&](State state, std::string text) {
    look.state = std::max(look.state, state);
    look.troubles.push_back(std::move(text));
  };
  for (const Expected& expected : expected_) {
    bool found = false;
    for (const Container& one : containers) {
      const bool it = !one.one_off && one.service == expected.service &&
                      (expected.number == 0 || one.number == expected.number);
      if (!it) continue;
      found = true;
      if (is_well(one) || expected.was_ill) continue;
      if (expected.may_end && one.state == "exited" && one.exit_code == 0) continue;
      trouble(may_recover(one) ? State::kWaiting : State::kIll, words_for(one));
    }
    if (!found && !expected.was_ill) trouble(State::kIll, expected.name + " is not there any more");
  }
  return look;
}

namespace {

class Waiting {
 public:
  Waiting(const VerificationRequest& request, Processes& processes, Surroundings& around)
      : settle_(request.settle),
        processes_(processes),
        around_(around),
        begin_(around.uptime()),
        rounds_(request.settle / kPause + 1) {}
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  ~Waiting() {
    if (shown_) around_.say("\r\x1b[K");
  }

  // A pause; false when the time is over or a signal has come. The clock is not alone in ending it.
  bool go_on(const std::string& what) {
    const std::chrono::milliseconds waited = around_.uptime() - begin_;
    if (waited >= settle_ || rounds_-- <= 0) return false;
    if (waited >= kQuiet && around_.terminal().err) {
      around_.say(fmt::format("\r\x1b[Kcomposelint: {} ({} s)", report::printable(what),
                              waited.count() / 1000));
      shown_ = true;
    }
    told_to_end_ = processes_.wait(std::span<Child* const>(), kPause) != 0;
    return !told_to_end_;
  }
  [[nodiscard]] bool told_to_end() const { return told_to_end_; }

 private:
  std::chrono::milliseconds settle_;
  Processes& processes_;
  Surroundings& around_;
  std::chrono::milliseconds begin_;
  std::int64_t rounds_;
  bool shown_ = false;
  bool told_to_end_ = false;
};

// Until a check of each service has ended.
void await_checks(FreshChecks& checks, Waiting& waiting, HealthWatch::Look& look) {
  while (true) {
    const FreshChecks::Pending pending = checks.pending();
    if (pending.failing.empty() && pending.waiting.empty()) return;
    std::vector<std::string> both = pending.failing;
    both.insert(both.end(), pending.waiting.begin(), pending.waiting.end());
    if (waiting.go_on("waiting for a health check of " + listed(both))) continue;
    look.fresh = pending.waiting.empty();
    if (pending.failing.empty()) return;
    look.state = HealthWatch::State::kWaiting;
    for (const std::string& name : pending.failing) {
      look.troubles.push_back(name + " fails its health check");
    }
    return;
  }
}

}  // namespace

std::optional<HealthWatch::Look> await_health(const VerificationRequest& request,
                                              const HealthWatch& watch, const Aftermath& first,
                                              Processes& processes, Surroundings& around) {
  HealthWatch::Look look = watch.look(first.containers);
  Waiting waiting(request, processes, around);
  const bool data = stake_of(*request.command.step) == Stake::kData && !watch.nothing_to_watch();
  std::optional<FreshChecks> checks;
  if (data) checks.emplace(request, first.containers, processes);
  bool again = look.state == HealthWatch::State::kIll;  // engines are between two states at times
  while (look.state != HealthWatch::State::kWell) {
    if (look.state == HealthWatch::State::kIll && !again) break;
    again = look.state == HealthWatch::State::kWaiting;
    if (!waiting.go_on(listed(look.troubles) + ", waiting")) break;
    const Aftermath now = look_after(request, false, processes);
    if (now.containers_failure.empty()) look = watch.look(now.containers);
  }
  if (checks && look.state == HealthWatch::State::kWell) {
    await_checks(*checks, waiting, look);
    // What became of it while the checks were awaited.
    const Aftermath now = look_after(request, false, processes);
    HealthWatch::Look latest = watch.look(now.containers);
    if (now.containers_failure.empty() && latest.state != HealthWatch::State::kWell) {
      latest.fresh = look.fresh;
      look = std::move(latest);
    }
  }
  if (waiting.told_to_end()) return std::nullopt;
  return look;
}

}  // namespace composelint::guard
