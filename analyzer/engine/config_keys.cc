#include "analyzer/engine/config_keys.h"

#include <composelint/evidence.h>

#include "analyzer/engine/custom_keys.h"

namespace composelint::engine {

namespace {

using enum KeyKind;

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

constexpr std::string_view kPresets[] = {"default", "strict", "style"};
constexpr std::string_view kFailOn[] = {"note", "warning", "error", "never"};
constexpr ConfigKey kOverrideKeys[] = {
    {"paths", kTexts, false, "Globs of files, relative to this file; all if nothing is said"},
    {"services", kTexts, false, "Names of services, or patterns of them; all if nothing is said"},
    {"rules", kLevels, true,
     "As `rules` at the top, for findings in these files, about these "
     "services",
     kLevelWords, kLevelKeys},
};

// What can be known before a command runs.
constexpr std::string_view kClaims[] = {to_string(Claim::kBackupTaken),
                                        to_string(Claim::kContextInspected),
                                        to_string(Claim::kReady), to_string(Claim::kWritersPaused)};
constexpr std::string_view kConfirms[] = {"none", "question", "type-name"};

constexpr ConfigKey kEnvironmentKeys[] = {
    {"name", kText, true, "What it is called"},
    {"contexts", kTexts, false, "Globs of docker contexts"},
    {"endpoints", kTexts, false, "Globs of engines, as `ssh://*`"},
    {"projects", kTexts, false, "Globs of project names"},
    {"files", kTexts, false, "Globs of compose and env files, relative to this file"},
    {"confirm", kChoice, false, "What a person has to answer; `question` if nothing is said",
     kConfirms},
    {"require", kChoices, false, "What has to be known before data is changed", kClaims},
};

constexpr ConfigKey kBackupKeys[] = {
    {"file", kText, true, "Glob of its files, relative to this file; the newest counts"},
    {"command", kTexts, false, "How it is taken by --backup: words, and no shell reads them"},
    {"max-age", kText, false, "How old it may be, as `30m`, `24h`, `7d`; a day if nothing is said"},
    {"service", kText, false, "Whose data it holds, if not the whole project's"},
};

constexpr ConfigKey kCheckKeys[] = {
    {"command", kTexts, false, "Words, and no shell reads them; exit status 0 is well"},
    {"url", kText, false, "Instead: what has to answer a GET with 2xx or 3xx"},
    {"timeout", kText, false, "As `10s`; 30 seconds if nothing is said"},
};

constexpr ConfigKey kGuardKeys[] = {
    {"environments", kList, false, "Where guard asks for more", {}, kEnvironmentKeys},
    {"backups", kList, false, "Restore points of this project", {}, kBackupKeys},
    {"writers", kTexts, false, "Services that write by themselves, as workers do"},
    {"checks", kList, false, "What has to be well once a command has run", {}, kCheckKeys},
    {"state-directory", kText, false, "Where journal and locks are kept, relative to this file"},
};

constexpr ConfigKey kKeys[] = {
    {"extends", kText, false,
     "Another configuration, relative to this file; what stands here wins"},
    {"preset", kChoices, false, "Which rules are run, besides those of `default`", kPresets},
    {"rules", kLevels, false, "Severity of each rule: one, or one for each context", kLevelWords,
     kLevelKeys},
    {"overrides",
     kList,
     false,
     "Severities for findings in some files or about some services",
     {},
     kOverrideKeys},
    {"custom-rules",
     kList,
     false,
     "Rules of your own, over the facts that built-in ones see",
     {},
     kCustomRuleKeys},
    {"fail-on", kChoice, false, "End with 1 from this level on", kFailOn},
    {"context",
     kList,
     false,
     "Where scripts and compose files belong, instead of judging by their place",
     {},
     kContextKeys},
    {"vocabulary", kList, false, "What programs of your own do to data", {}, kVocabularyKeys},
    {"projects", kList, false, "Which project calls of unknown stack act on", {}, kProjectKeys},
    {"guard", kMapping, false, "What `composelint guard` asks of commands", {}, kGuardKeys},
};

}  // namespace

std::span<const ConfigKey> config_keys() {
  return kKeys;
}

}  // namespace composelint::engine
