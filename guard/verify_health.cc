#include <composelint/databases.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "analyzer/report/display.h"
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

void progress(const HealthWatch::Look& look, std::chrono::milliseconds waited,
              Surroundings& around) {
  around.say(fmt::format("\r\x1b[Kcomposelint: {}, waiting ({} s)",
                         report::printable(listed(look.troubles)), waited.count() / 1000));
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

std::optional<HealthWatch::Look> await_health(const VerificationRequest& request,
                                              const HealthWatch& watch, const Aftermath& first,
                                              Processes& processes, Surroundings& around) {
  HealthWatch::Look look = watch.look(first.containers);
  const std::chrono::milliseconds begin = around.uptime();
  // The clock is not alone in ending this.
  std::int64_t rounds = request.settle / kPause + 1;
  bool shown = false;
  bool again = look.state == HealthWatch::State::kIll;  // engines are between two states at times
  bool told_to_end = false;
  while (look.state != HealthWatch::State::kWell && rounds-- > 0) {
    const std::chrono::milliseconds waited = around.uptime() - begin;
    if (waited >= request.settle) break;
    if (look.state == HealthWatch::State::kIll && !again) break;
    again = look.state == HealthWatch::State::kWaiting;
    if (waited >= kQuiet && around.terminal().err) {
      progress(look, waited, around);
      shown = true;
    }
    told_to_end = processes.wait({}, kPause) != 0;
    if (told_to_end) break;
    const Aftermath now = look_after(request, false, processes);
    if (!now.containers_failure.empty()) continue;
    look = watch.look(now.containers);
  }
  if (shown) around.say("\r\x1b[K");
  if (told_to_end) return std::nullopt;
  return look;
}

}  // namespace composelint::guard
