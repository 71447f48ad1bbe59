#include "analyzer/engine/context_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <utility>

#include "analyzer/signs/steps/named_object.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

enum class Tells {
  kCi,          // of continuous integration or tests
  kDev,         // of development, or of a place that is somebody's own
  kDevTask,     // what is done, not where: a developer's, unless an operator is asked
  kProduction,  // of what is in use
  kOperation,   // acts on what is in use
  kCare,        // keeps what is there, also what is a developer's own
};

struct WordRow {
  std::string_view word;
  Tells tells;
};

// Words of a name, told apart by anything that is no letter and by capitals. Continuous integration
// is looked for first, then development: `test-deploy.sh` tests, `deploy-dev.sh` is a developer's.
constexpr std::array<WordRow, 81> kWords = {{
    {"acceptance", Tells::kCi},
    {"bench", Tells::kCi},
    {"benchmark", Tells::kCi},
    {"benchmarks", Tells::kCi},
    {"bitbucket", Tells::kCi},
    {"buildkite", Tells::kCi},
    {"ci", Tells::kCi},
    {"circleci", Tells::kCi},
    {"e", Tells::kCi},  // e2e
    {"github", Tells::kCi},
    {"gitlab", Tells::kCi},
    {"integration", Tells::kCi},
    {"jenkins", Tells::kCi},
    {"jmeter", Tells::kCi},
    {"loadtest", Tells::kCi},
    {"perf", Tells::kCi},
    {"smoke", Tells::kCi},
    {"spec", Tells::kCi},
    {"test", Tells::kCi},
    {"testing", Tells::kCi},
    {"tests", Tells::kCi},
    {"travis", Tells::kCi},
    {"debug", Tells::kDev},
    {"demos", Tells::kDev},
    {"deploydev", Tells::kDev},
    {"deploydevelop", Tells::kDev},
    {"deploylocal", Tells::kDev},
    {"dev", Tells::kDev},
    {"devcontainer", Tells::kDev},
    {"devel", Tells::kDev},
    {"develop", Tells::kDev},
    {"development", Tells::kDev},
    {"devstack", Tells::kDev},
    {"example", Tells::kDev},
    {"examples", Tells::kDev},
    {"hack", Tells::kDev},
    {"local", Tells::kDev},
    {"localhost", Tells::kDev},
    {"locally", Tells::kDev},
    {"playground", Tells::kDev},
    {"provision", Tells::kDev},
    {"provisioning", Tells::kDev},
    {"quickstart", Tells::kDev},
    {"sample", Tells::kDev},
    {"samples", Tells::kDev},
    {"sandbox", Tells::kDev},
    {"scenarios", Tells::kDev},
    {"tutorial", Tells::kDev},
    {"tutorials", Tells::kDev},
    {"workshop", Tells::kDev},
    {"clean", Tells::kDevTask},
    {"cleanup", Tells::kDevTask},
    {"destroy", Tells::kDevTask},
    {"lint", Tells::kDevTask},
    {"linting", Tells::kDevTask},
    {"nuke", Tells::kDevTask},
    {"purge", Tells::kDevTask},
    {"reset", Tells::kDevTask},
    {"seed", Tells::kDevTask},
    {"teardown", Tells::kDevTask},
    {"uninstall", Tells::kDevTask},
    {"wipe", Tells::kDevTask},
    {"deployprod", Tells::kProduction},
    {"deployproduction", Tells::kProduction},
    {"deploystaging", Tells::kProduction},
    {"live", Tells::kProduction},
    {"prd", Tells::kProduction},
    {"prod", Tells::kProduction},
    {"production", Tells::kProduction},
    {"staging", Tells::kProduction},
    {"backup", Tells::kCare},
    {"deploy", Tells::kOperation},
    {"deployment", Tells::kOperation},
    {"promote", Tells::kOperation},
    {"publish", Tells::kOperation},
    {"redeploy", Tells::kOperation},
    {"release", Tells::kOperation},
    {"restore", Tells::kCare},
    {"rollback", Tells::kCare},
    {"rollout", Tells::kOperation},
    {"upgrade", Tells::kOperation},
}};

bool holds(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

template <typename... Kinds>
bool any_tells(const std::vector<std::string>& words, Kinds... wanted) {
  return std::any_of(kWords.begin(), kWords.end(), [&](const WordRow& row) {
    return ((row.tells == wanted) || ...) && holds(words, row.word);
  });
}

// `homework/`, `lesson_01/`; the lessons of a school's own product have no number.
std::string_view of_a_course(std::string_view directory) {
  static constexpr std::array<std::string_view, 4> kNumbered = {"chapter", "lecture", "lesson",
                                                                "workshop"};
  while (!directory.empty()) {
    const std::string_view part = directory.substr(0, directory.find('/'));
    directory.remove_prefix(std::min(part.size() + 1, directory.size()));
    if (part == "homework" || part == "homeworks") return part;
    const std::size_t number = part.find_first_of("0123456789");
    const std::vector<std::string> words = words_of(part.substr(0, number));
    const bool named = words.size() == 1 &&
                       std::find(kNumbered.begin(), kNumbered.end(), words[0]) != kNumbered.end();
    if (named && number != part.npos) return part;
  }
  return "";
}

// `deploy_with_smoke_test`, `release-and-test`: the work comes first, and the tests go with it.
void drop_what_is_done_besides(std::vector<std::string>& words) {
  const auto joint = std::find_if(words.begin(), words.end(), [](const std::string& word) {
    return word == "and" || word == "then" || word == "with";
  });
  const std::vector<std::string> head(words.begin(), joint);
  if (joint == words.end() || !(names_work_in_use(head) || holds(head, "update"))) return;
  words.erase(std::remove_if(joint, words.end(),
                             [](const std::string& word) {
                               return std::any_of(
                                   kWords.begin(), kWords.end(), [&](const WordRow& row) {
                                     return row.tells == Tells::kCi && row.word == word;
                                   });
                             }),
              words.end());
}

bool counts_as(Tells tells, Context wanted, Words counted) {
  if (wanted == Context::kCi) return tells == Tells::kCi;
  return tells == Tells::kDev || (tells == Tells::kDevTask && counted == Words::kAll);
}

}  // namespace

std::vector<std::string_view> words_of_script(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find_first_of(" \t\n;&|"));
    if (!word.empty()) words.push_back(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return words;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool small = false;  // the letter before is none of a capital: resetDb is two words
  for (const char c : text) {
    if (small && std::isupper(static_cast<unsigned char>(c)) != 0) {
      words.push_back(std::move(word));
      word.clear();
    }
    small = std::islower(static_cast<unsigned char>(c)) != 0;
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::optional<ContextCue> cue_in(std::string_view text, std::string_view kind, Words counted) {
  std::vector<std::string> words = words_of(text);
  drop_what_is_done_besides(words);
  // `purge-cdn-cache.sh`, `clean-logs.sh`: servers need that as well.
  if (names_other_things_than_data(text)) counted = Words::kOfPlace;
  // usr/local/bin is nobody's local machine.
  if (text.find("usr/local") != std::string_view::npos) std::erase(words, "local");
  for (const Context wanted : {Context::kCi, Context::kDev}) {
    for (const WordRow& row : kWords) {
      if (!counts_as(row.tells, wanted, counted)) continue;
      // "e2e" is the one word with a digit inside.
      const bool there =
          row.word == "e" ? text.find("e2e") != std::string_view::npos : holds(words, row.word);
      if (there) return ContextCue{wanted, std::string(kind) + " " + std::string(text)};
    }
  }
  // `demo.example.com` may be in use.
  if (text.find("demo-setup") != std::string_view::npos ||
      text.find("demo-data") != std::string_view::npos) {
    return ContextCue{Context::kDev, std::string(kind) + " " + std::string(text)};
  }
  return std::nullopt;
}

std::optional<ContextCue> cue_in_path(std::string_view path, Words counted) {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  if (auto cue = cue_in(name, "file name", counted)) return cue;
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view directory = path.substr(0, slash);
  if (const std::string_view part = of_a_course(directory); !part.empty()) {
    return ContextCue{Context::kDev, "directory " + std::string(part)};
  }
  auto cue = cue_in(directory, "directory", counted);
  if (cue && cue->context == Context::kDev && names_production(directory)) return std::nullopt;
  return cue;
}

bool names_production(std::string_view text) {
  return any_tells(words_of(text), Tells::kProduction);
}

bool names_work_in_use(const std::vector<std::string>& words) {
  return any_tells(words, Tells::kProduction, Tells::kOperation, Tells::kCare);
}

bool keeps_a_developers_own(const ContextQuestion& question, std::string_view name) {
  const std::vector<std::string> words = words_of(name);
  if (!any_tells(words, Tells::kCare)) return false;
  if (any_tells(words, Tells::kProduction, Tells::kOperation)) return false;
  const bool own = question.repository != nullptr && question.repository->context == Context::kDev;
  return own || works_on_a_developers_kit(question);
}

bool names_tests(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kTests = {
      "check", "checks", "integration", "smoke", "test", "testing", "tests", "verification"};
  const std::vector<std::string> words = words_of(text);
  return std::any_of(kTests.begin(), kTests.end(),
                     [&](std::string_view word) { return holds(words, word); });
}

}  // namespace composelint::engine
