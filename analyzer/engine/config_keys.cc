#include "analyzer/engine/config_keys.h"

namespace composelint::engine {

namespace {

using enum KeyKind;

constexpr std::string_view kContexts[] = {"ops", "dev", "ci", "docs"};

constexpr std::string_view kEffects[] = {"reads",    "migrates", "imports",     "exports", "dumps",
                                         "restores", "deletes",  "administers", "shell",   "runs"};

constexpr std::string_view kRoles[] = {
    "client",          "status",         "health",          "waits",          "partial-dump",
    "file-backup",     "maintenance-on", "maintenance-off", "pauses-workers", "resumes-workers",
    "makes-migration", "resets",         "major-upgrade"};

constexpr ConfigKey kContextKeys[] = {
    {"paths", kTexts, true, "Globs of files, relative to this file"},
    {"is", kChoice, true, "Where these files belong", kContexts},
};

constexpr ConfigKey kVocabularyKeys[] = {
    {"program", kText, true, "Name of the program without directory; several as a|b"},
    {"words", kText, false, "Pattern of the words behind it, as `db migrate|upgrade !--check`"},
    {"effect", kChoice, true, "What the command does to the data", kEffects},
    {"role", kChoice, false, "The part it plays around a risky task", kRoles},
    {"name", kText, true, "What messages call it"},
    {"example", kText, false, "A command line that the row has to recognise"},
};

constexpr ConfigKey kProjectKeys[] = {
    {"scripts", kTexts, true, "Globs of scripts whose stack cannot be told from their text"},
    {"files", kTexts, false, "Compose files, relative to `directory`"},
    {"project-name", kText, false, "As -p"},
    {"env-files", kTexts, false, "As --env-file"},
    {"profiles", kTexts, false, "As --profile"},
    {"directory", kText, false, "Where the calls run, relative to this file"},
};

constexpr ConfigKey kKeys[] = {
    {"context",
     kList,
     false,
     "Where scripts belong, instead of judging by their place",
     {},
     kContextKeys},
    {"vocabulary", kList, false, "What programs of your own do to data", {}, kVocabularyKeys},
    {"projects", kList, false, "Which project calls of unknown stack act on", {}, kProjectKeys},
};

}  // namespace

std::span<const ConfigKey> config_keys() {
  return kKeys;
}

}  // namespace composelint::engine
