// Parts of context_of().
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/context.h"

namespace composelint::engine {

// The words of a path or name in lower case, told apart by anything that is no letter and by
// capitals.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

// The words of a text for a shell, as they are written there. They view `text`.
[[nodiscard]] std::vector<std::string_view> words_of_script(std::string_view text);

enum class Words {
  kAll,
  kOfPlace,  // without those of what is done there: reset, clean, wipe
};

// A word of continuous integration or development in `text`; `kind` says what the text is.
[[nodiscard]] std::optional<ContextCue> cue_in(std::string_view text, std::string_view kind,
                                               Words counted = Words::kAll);
// The same of a file: its own name is nearer to its purpose than the directories above, and what
// lies in `prod/local` is not told by them.
[[nodiscard]] std::optional<ContextCue> cue_in_path(std::string_view path,
                                                    Words counted = Words::kAll);
// A word by which a path or name speaks of what is in use: prod, live, staging.
[[nodiscard]] bool names_production(std::string_view text);

// Words of tests by which the job of another machine is one of tests.
[[nodiscard]] bool names_tests(std::string_view text);

// Words in the name of a task by which it acts on what is in use: deploy, backup.
[[nodiscard]] bool names_work_in_use(const std::vector<std::string>& words);

// `backup`, `restore`, and nothing by which others get something, of a stack or in a repository
// that says that it is for developers: what they keep is their own.
[[nodiscard]] bool keeps_a_developers_own(const ContextQuestion& question, std::string_view name);

[[nodiscard]] bool asks_the_operator(const Timeline& timeline);
// A call names a file, project or profile of production.
[[nodiscard]] std::optional<ContextCue> cue_of_production(const ComposeInvocation& call);
// The files that a call names are a developer's or a test's.
[[nodiscard]] std::optional<ContextCue> cue_of_files(const ComposeInvocation& call);
// A script that runs a test suite is about tests, whatever its name; one that sets
// RAILS_ENV=development is a developer's.
[[nodiscard]] std::optional<ContextCue> test_commands(const ContextQuestion& question);
// The settings that the script reads are a developer's or a test's: `source local.env`.
[[nodiscard]] std::optional<ContextCue> settings_of_development(const ContextQuestion& question);
// What its caller may choose is all of that kind: "--db=dev|test".
[[nodiscard]] std::optional<ContextCue> choice_of_development(const ContextQuestion& question);
// What it runs is run in services that are set to develop: RAILS_ENV=development.
[[nodiscard]] std::optional<ContextCue> services_of_development(const ContextQuestion& question);
// `RAILS_ENV=development` of the service; empty where nothing sets it so.
[[nodiscard]] std::string environment_of_development(const Service& service);
// `wp search-replace "$LIVE_URL" "$DEV_URL"`: what comes from elsewhere is made a developer's.
[[nodiscard]] std::optional<ContextCue> replaced_by_development(const ContextQuestion& question);
// Every stack that the script calls is one that a developer works in.
[[nodiscard]] std::optional<ContextCue> developers_stack(const ContextQuestion& question);
// Every one of them tells of itself that it is there for developers, and none is left to run.
[[nodiscard]] bool works_on_a_developers_kit(const ContextQuestion& question);

// What the kind of the file and the task's name tell; nothing when they leave it open.
[[nodiscard]] std::optional<ContextCue> context_of_host(const ContextQuestion& question);
// Where nothing tells.
[[nodiscard]] ContextCue context_without_cue(hosts::HostKind kind);

}  // namespace composelint::engine
