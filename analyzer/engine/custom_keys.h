// The tables of words and keys that the configuration and the rules in it share. Constant data, so
// that one table may hold the other.
#pragma once

#include <string_view>

#include "analyzer/engine/config_keys.h"

namespace composelint::engine {

inline constexpr std::string_view kContexts[] = {"ops", "dev", "ci", "docs"};

inline constexpr std::string_view kEffects[] = {"reads", "migrates", "imports", "exports",
                                                "dumps", "restores", "deletes", "administers",
                                                "shell", "runs"};

inline constexpr std::string_view kRoles[] = {
    "client",          "status",         "health",          "waits",          "partial-dump",
    "file-backup",     "maintenance-on", "maintenance-off", "pauses-workers", "resumes-workers",
    "makes-migration", "resets",         "major-upgrade"};

inline constexpr std::string_view kLevelWords[] = {"off", "note", "warning", "error", "on"};
inline constexpr std::string_view kSeverityWords[] = {"off", "note", "warning", "error"};

inline constexpr ConfigKey kLevelKeys[] = {
    {"ops", KeyKind::kChoice, false, "In scripts that operate a stack", kSeverityWords},
    {"dev", KeyKind::kChoice, false, "In scripts of a developer's machine", kSeverityWords},
    {"ci", KeyKind::kChoice, false, "In continuous integration", kSeverityWords},
    {"docs", KeyKind::kChoice, false, "In documentation", kSeverityWords},
};

inline constexpr std::string_view kPlaces[] = {"host", "remote", "container"};
inline constexpr std::string_view kStreams[] = {"inherited", "file", "null",
                                                "pipe",      "here", "captured"};
inline constexpr std::string_view kStatuses[] = {"stops", "decides", "unchecked", "discarded",
                                                 "masked"};
inline constexpr std::string_view kClaims[] = {
    "inspection",      "backup",         "ready",       "writers-paused",
    "writers-resumed", "output-checked", "verification"};
inline constexpr std::string_view kServiceRoles[] = {"database", "cache",   "worker",
                                                     "proxy",    "one-off", "application"};

inline constexpr ConfigKey kServiceKeys[] = {
    {"name", KeyKind::kTexts, false, "Name, or a pattern of it: \"*-worker\""},
    {"image", KeyKind::kTexts, false, "Image, or a pattern of it: \"*postgres*\""},
    {"role", KeyKind::kChoices, false, "What it is there for, by its image and name",
     kServiceRoles},
    {"build", KeyKind::kFlag, false, "Whether it is built"},
    {"init", KeyKind::kFlag, false, "Whether `init: true` is set"},
    {"publishes-ports", KeyKind::kFlag, false, "Whether it publishes ports on the host"},
    {"healthcheck", KeyKind::kFlag, false, "Whether the compose file gives it a healthcheck"},
    {"profile", KeyKind::kTexts, false, "One of its profiles"},
    {"restart", KeyKind::kTexts, false, "Its restart policy; \"no\" where none is given"},
    {"replicas", KeyKind::kTexts, false, "How many of it run: \"2\", \">1\", \"<3\""},
    {"environment", KeyKind::kTexts, false, "A variable that is set: NAME, or NAME=VALUE"},
    {"mount", KeyKind::kTexts, false, "A path in the container where something is mounted"},
    {"mount-type", KeyKind::kTexts, false, "What is mounted: volume, bind, tmpfs"},
    {"mount-source", KeyKind::kTexts, false, "The volume or the path on the host that is mounted"},
};

inline constexpr ConfigKey kWhenKeys[] = {
    {"verb", KeyKind::kTexts, false, "Verb of the compose call: run, exec, up"},
    {"docker", KeyKind::kTexts, false,
     "Verb of a docker call that is not compose, in full: container exec, volume rm"},
    {"program", KeyKind::kTexts, false,
     "Name of the program; the one inside the container where there is one"},
    {"words", KeyKind::kTexts, false,
     "Pattern of the words behind the program, as in `vocabulary`"},
    {"with", KeyKind::kTexts, false, "Options that stand there, all of them"},
    {"without", KeyKind::kTexts, false, "Options of which none stands there"},
    {"service",
     KeyKind::kMapping,
     false,
     "A service that the call acts on; alone, a service of a compose file",
     {},
     kServiceKeys},
    {"effect", KeyKind::kChoices, false, "What the command does to the data", kEffects},
    {"role", KeyKind::kChoices, false, "The part it plays around a risky task", kRoles},
    {"context", KeyKind::kChoices, false, "Where the script belongs", kContexts},
    {"task", KeyKind::kTexts, false, "Name of the target or job that it stands in"},
    {"place", KeyKind::kChoices, false, "Where the command runs", kPlaces},
    {"stdin", KeyKind::kChoices, false, "What it reads", kStreams},
    {"stdout", KeyKind::kChoices, false, "Where its output goes", kStreams},
    {"stderr", KeyKind::kChoices, false, "Where its messages go", kStreams},
    {"status", KeyKind::kChoices, false, "What becomes of its exit status", kStatuses},
    {"pipefail", KeyKind::kFlag, false, "Whether `set -o pipefail` is in force"},
    {"errexit", KeyKind::kFlag, false, "Whether `set -e` is in force"},
    {"background", KeyKind::kFlag, false, "Whether it runs in the background"},
    {"without-before", KeyKind::kChoices, false, "What surely did not happen before it", kClaims},
    {"without-after", KeyKind::kChoices, false, "What surely does not happen after it", kClaims},
};

inline constexpr ConfigKey kExampleKeys[] = {
    {"unsafe", KeyKind::kText, true,
     "A script, or a compose file, in which the rule finds something"},
    {"safe", KeyKind::kText, true, "One in which it finds nothing"},
    {"compose", KeyKind::kText, false, "The compose file beside the script"},
};

inline constexpr ConfigKey kCustomRuleKeys[] = {
    {"rule", KeyKind::kText, true, "Its name, in lower case with hyphens: worker-restart"},
    {"summary", KeyKind::kText, true, "What is wrong, in one line"},
    {"rationale", KeyKind::kText, false, "What happens, and when it bites"},
    {"severity", KeyKind::kLevel, false,
     "One for ops, dev and ci, or one for each context; warning", kSeverityWords, kLevelKeys},
    {"when",
     KeyKind::kMappings,
     true,
     "What is reported: all keys of one of the mappings hold",
     {},
     kWhenKeys},
    {"unless",
     KeyKind::kMappings,
     false,
     "What is not: all keys of one of the mappings hold",
     {},
     kWhenKeys},
    {"message", KeyKind::kText, true,
     "What will happen; {verb}, {service}, {task}, {program}, {effect} and {project} are put in"},
    {"examples", KeyKind::kList, false, "What composelint test-rules tries", {}, kExampleKeys},
};

}  // namespace composelint::engine
