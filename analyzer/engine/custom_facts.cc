#include "analyzer/engine/custom_facts.h"

#include <span>
#include <utility>

#include "analyzer/knowledge/compose_cli.h"

namespace composelint::engine {

namespace {

constexpr std::pair<std::string_view, Role> kRoles[] = {
    {"client", Role::kClient},
    {"status", Role::kStatus},
    {"health", Role::kHealth},
    {"waits", Role::kWaits},
    {"partial-dump", Role::kPartialDump},
    {"file-backup", Role::kFileBackup},
    {"maintenance-on", Role::kMaintenanceOn},
    {"maintenance-off", Role::kMaintenanceOff},
    {"pauses-workers", Role::kPausesWorkers},
    {"resumes-workers", Role::kResumesWorkers},
    {"makes-migration", Role::kMakesMigration},
    {"resets", Role::kResets},
    {"major-upgrade", Role::kMajorUpgrade},
};

constexpr std::pair<std::string_view, Claim> kClaims[] = {
    {"inspection", Claim::kContextInspected},
    {"backup", Claim::kBackupTaken},
    {"ready", Claim::kReady},
    {"writers-paused", Claim::kWritersPaused},
    {"writers-resumed", Claim::kWritersResumed},
    {"output-checked", Claim::kOutputChecked},
    {"verification", Claim::kOutcomeVerified},
};

}  // namespace

std::string_view role_word(Role role) {
  for (const auto& [word, value] : kRoles) {
    if (value == role) return word;
  }
  return {};
}

Role role_named(std::string_view word) {
  for (const auto& [name, role] : kRoles) {
    if (name == word) return role;
  }
  return Role::kNone;
}

std::string_view place_word(Place place) {
  switch (place) {
    case Place::kHost: return "host";
    case Place::kRemote: return "remote";
    case Place::kContainer: return "container";
  }
  return "host";
}

std::string_view stream_word(StreamKind kind) {
  switch (kind) {
    case StreamKind::kInherited: return "inherited";
    case StreamKind::kFile: return "file";
    case StreamKind::kNull: return "null";
    case StreamKind::kPipe: return "pipe";
    case StreamKind::kHere: return "here";
    case StreamKind::kCaptured: return "captured";
  }
  return "inherited";
}

std::string_view status_word(StatusUse status) {
  switch (status) {
    case StatusUse::kStops: return "stops";
    case StatusUse::kDecides: return "decides";
    case StatusUse::kUnchecked: return "unchecked";
    case StatusUse::kDiscarded: return "discarded";
    case StatusUse::kMasked: return "masked";
  }
  return "unchecked";
}

std::string_view service_role_word(ServiceRole role) {
  switch (role) {
    case ServiceRole::kUnknown: return {};
    case ServiceRole::kDatabase: return "database";
    case ServiceRole::kCache: return "cache";
    case ServiceRole::kWorker: return "worker";
    case ServiceRole::kProxy: return "proxy";
    case ServiceRole::kOneOff: return "one-off";
    case ServiceRole::kApplication: return "application";
  }
  return {};
}

std::optional<Claim> claim_named(std::string_view word) {
  for (const auto& [name, claim] : kClaims) {
    if (name == word) return claim;
  }
  return std::nullopt;
}

std::string canonical_option(std::string_view verb, std::string_view name) {
  const bool is_short = name.size() == 2 && name[0] == '-' && name[1] != '-';
  const auto find = [&](std::span<const knowledge::OptionSpec> options) {
    return is_short ? knowledge::find_option(options, name[1])
                    : knowledge::find_option(options, name);
  };
  const knowledge::VerbSpec* spec = knowledge::find_verb(verb);
  const knowledge::OptionSpec* option = spec == nullptr ? nullptr : find(spec->options);
  if (option == nullptr) option = find(knowledge::global_options());
  return std::string(option == nullptr ? name : option->canonical);
}

std::vector<NamedService> services_of(const ComposeInvocation& call, const Project* project) {
  std::vector<NamedService> out;
  for (const Argument& written : call.services) {
    if (!written.known()) {
      out.push_back({});
      continue;
    }
    out.push_back({written.text, project == nullptr ? nullptr : project->service(written.text)});
  }
  const knowledge::VerbSpec* verb = knowledge::find_verb(call.verb);
  const bool means_all = verb != nullptr && verb->operands == knowledge::OperandShape::kServices;
  if (!out.empty() || !means_all) return out;
  // Words that are not known may name one.
  const bool open = call.opaque_options || !call.operands.empty();
  if (open || project == nullptr) return {{}};
  for (const Service& service : project->services) {
    if (service.active) out.push_back({service.name, &service});
  }
  return out;
}

}  // namespace composelint::engine
