#include "analyzer/compose/interpolate.h"

#include <optional>
#include <string_view>
#include <utility>

#include "analyzer/compose/numbers.h"
#include "analyzer/compose/place.h"
#include "analyzer/compose/substitute.h"

namespace composelint::compose {

namespace {

enum class Cast { kInt, kFloat, kSingle, kBool };

const PlaceTable<Cast>& casts() {
  static const PlaceTable<Cast> table = {
      {"services.*.cpu_count", Cast::kInt},
      {"services.*.cpu_percent", Cast::kFloat},
      {"services.*.cpu_period", Cast::kInt},
      {"services.*.cpu_quota", Cast::kInt},
      {"services.*.cpu_rt_period", Cast::kInt},
      {"services.*.cpu_rt_runtime", Cast::kInt},
      {"services.*.cpus", Cast::kSingle},
      {"services.*.cpu_shares", Cast::kInt},
      {"services.*.init", Cast::kBool},
      {"services.*.deploy.replicas", Cast::kInt},
      {"services.*.deploy.update_config.parallelism", Cast::kInt},
      {"services.*.deploy.update_config.max_failure_ratio", Cast::kFloat},
      {"services.*.deploy.rollback_config.parallelism", Cast::kInt},
      {"services.*.deploy.rollback_config.max_failure_ratio", Cast::kFloat},
      {"services.*.deploy.restart_policy.max_attempts", Cast::kInt},
      {"services.*.deploy.placement.max_replicas_per_node", Cast::kInt},
      {"services.*.healthcheck.retries", Cast::kInt},
      {"services.*.healthcheck.disable", Cast::kBool},
      {"services.*.oom_kill_disable", Cast::kBool},
      {"services.*.oom_score_adj", Cast::kInt},
      {"services.*.pids_limit", Cast::kInt},
      {"services.*.ports.[].target", Cast::kInt},
      {"services.*.privileged", Cast::kBool},
      {"services.*.read_only", Cast::kBool},
      {"services.*.scale", Cast::kInt},
      {"services.*.stdin_open", Cast::kBool},
      {"services.*.tty", Cast::kBool},
      {"services.*.ulimits.*", Cast::kInt},
      {"services.*.ulimits.*.hard", Cast::kInt},
      {"services.*.ulimits.*.soft", Cast::kInt},
      {"services.*.volumes.[].read_only", Cast::kBool},
      {"services.*.volumes.[].volume.nocopy", Cast::kBool},
      {"networks.*.external", Cast::kBool},
      {"networks.*.internal", Cast::kBool},
      {"networks.*.attachable", Cast::kBool},
      {"networks.*.enable_ipv4", Cast::kBool},
      {"networks.*.enable_ipv6", Cast::kBool},
      {"volumes.*.external", Cast::kBool},
      {"secrets.*.external", Cast::kBool},
      {"configs.*.external", Cast::kBool},
  };
  return table;
}

class Interpolation {
 public:
  Interpolation(const Lookup& lookup, Load& load) : lookup_(lookup), load_(load) {}

  MaybeFailure walk(Value& value, const Place& place);

 private:
  MaybeFailure string(Value& value, const Place& place);
  MaybeFailure note(const Substituted& done, Value& value, const Place& place);

  const Lookup& lookup_;
  Load& load_;
};

Failure at(const Value& value, std::string message) {
  return {FailureCode::kInvalid, std::move(message), value.span};
}

// Compose sets it itself. Where the project's name hangs on a variable nobody set, it is open.
constexpr std::string_view kProjectName = "COMPOSE_PROJECT_NAME";

MaybeFailure Interpolation::note(const Substituted& done, Value& value, const Place& place) {
  for (const UsedVariable& used : done.used) {
    value.trail = load_.trails().push(value.trail, {OriginKind::kVariable, used.span,
                                                    used.by_default ? used.name + " (default)"
                                                    : used.set      ? used.name
                                                                    : used.name + " (not set)"});
  }
  for (const std::string& name : done.unset) {
    if (load_.lint() && name == kProjectName) continue;
    load_.note_unset(name, value.span, dotted(place));
    if (load_.lint()) continue;
    load_.warn(value.span,
               "The \"" + name + "\" variable is not set. Defaulting to a blank string.");
  }
  for (const std::string& message : done.required) {
    const bool own = message.starts_with("required variable COMPOSE_PROJECT_NAME ");
    if (load_.lint() && own && dotted(place) != "name") continue;
    if (MaybeFailure failure = load_.refuse(
            at(value, "error while interpolating " + dotted(place) + ": " + message))) {
      return failure;
    }
  }
  return std::nullopt;
}

std::optional<Value> cast_to(const std::string& text, Cast cast, const Value& source, Load& load) {
  if (cast == Cast::kInt) {
    const std::optional<std::int64_t> number = parse_int(text);
    if (!number) return std::nullopt;
    return Value::of(*number).from(source);
  }
  if (cast == Cast::kBool) {
    const std::string word = lower(text);
    const bool yes = word == "y" || word == "yes" || word == "on";
    const bool no = word == "n" || word == "no" || word == "off";
    if (!yes && !no && word != "true" && word != "false") return std::nullopt;
    if (yes || no) {
      load.warn(source.span, "\"" + text +
                                 "\" for boolean is not supported by YAML 1.2, please use `" +
                                 (yes ? "true" : "false") + "`");
    }
    return Value::of(yes || word == "true").from(source);
  }
  const std::optional<double> number = parse_float(text);
  if (!number) return std::nullopt;
  return Value::of(cast == Cast::kSingle ? as_single(*number) : *number).from(source);
}

MaybeFailure Interpolation::string(Value& value, const Place& place) {
  if (value.text.find('$') != std::string::npos) {
    Result<Substituted> done =
        substitute(value.text, lookup_, load_.lint() ? Unset::kHole : Unset::kEmpty);
    if (!done) {
      Failure why = done.failure();
      why.message = "error while interpolating " + dotted(place) + ": " + why.message;
      why.span = value.span;
      value.known = false;
      return load_.refuse(std::move(why));
    }
    value.text = std::move(done->text);
    value.known = done->known;
    if (MaybeFailure failure = note(*done, value, place)) return failure;
    if (!value.known) return std::nullopt;
  }
  const Cast* cast = casts().find(place);
  if (cast == nullptr) return std::nullopt;
  std::optional<Value> typed = cast_to(value.text, *cast, value, load_);
  if (!typed) {
    value.known = false;
    return load_.refuse(at(value, "error while interpolating " + dotted(place) +
                                      ": failed to cast to expected type: \"" + value.text + "\""));
  }
  value = std::move(*typed);
  return std::nullopt;
}

MaybeFailure Interpolation::walk(Value& value, const Place& place) {
  if (value.is_string()) return string(value, place);
  for (Value& item : value.items) {
    if (MaybeFailure failure = walk(item, place / kItemKey)) return failure;
  }
  for (Member& member : value.members) {
    if (MaybeFailure failure = walk(member.value, place / member.key)) return failure;
  }
  return std::nullopt;
}

}  // namespace

MaybeFailure interpolate(Value& tree, const Lookup& lookup, Load& load) {
  Interpolation interpolation(lookup, load);
  for (Member& member : tree.members) {
    if (MaybeFailure failure = interpolation.walk(member.value, Place{nullptr, member.key})) {
      return failure;
    }
  }
  return std::nullopt;
}

}  // namespace composelint::compose
