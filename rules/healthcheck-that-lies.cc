#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/files/missing_program.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/reports/told_by_name.h"
#include "analyzer/signs/stacks/one_shot.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/shell_pieces.h"

namespace composelint::rules {
namespace {

template <std::size_t N>
bool is_among(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 6> kShells = {"ash", "bash", "dash", "ksh", "sh", "zsh"};

bool always_succeeds(std::string_view piece) {
  if (piece.find("/dev/tcp") != std::string_view::npos) return false;  // bash opens it
  return piece == "exit 0" || is_among(first_word(piece), std::array<std::string_view, 4>{
                                                              ":", "echo", "printf", "true"});
}

// Ends well whatever it is fed.
bool loses_status(std::string_view piece) {
  static constexpr std::array<std::string_view, 10> kStages = {
      "cat", "cut", "head", "jq", "sort", "tail", "tee", "tr", "uniq", "wc"};
  const bool asks = piece.find(" -e") != std::string_view::npos ||
                    piece.find("--exit-status") != std::string_view::npos;
  return is_among(first_word(piece), kStages) && !(first_word(piece) == "jq" && asks);
}

bool passes_on(const ShellPiece& piece) {
  if (piece.before == "&&") return always_succeeds(piece.text);
  const bool fails = piece.text.starts_with("exit ") && piece.text != "exit 0";
  return piece.before == "||" && (fails || piece.text == "false" || piece.text == "exit");
}

struct Lie {
  std::string why;       // "`|| true` makes …"
  std::string_view cut;  // what makes it one, in the text of the test; empty: all of it
};

// A shell text that succeeds whether its commands do or not.
std::optional<Lie> lie_in(std::string_view text) {
  std::vector<ShellPiece> pieces = shell_pieces(text);
  while (pieces.size() > 1 && passes_on(pieces.back())) pieces.pop_back();
  if (pieces.empty()) return std::nullopt;
  const ShellPiece last = pieces.back();
  if (pieces.size() == 1) {
    if (!always_succeeds(last.text)) return std::nullopt;
    return Lie{quoted(last.text) + " succeeds whatever has become of it", {}};
  }
  const auto from = static_cast<std::size_t>(last.before.data() - text.data());
  const auto size = static_cast<std::size_t>(last.text.data() - text.data()) + last.text.size();
  const std::string_view cut = text.substr(from, size - from);
  const std::string_view before = text.substr(0, from);
  const bool leaves = before.find("exit ") != std::string_view::npos ||
                      before.find("set -") != std::string_view::npos ||
                      before.find("kill ") != std::string_view::npos;
  if (last.before == "||" && always_succeeds(last.text) && !leaves) {
    return Lie{quoted(cut) + " makes a success of every failure", cut};
  }
  if ((last.before == ";" || last.before == "\n") && always_succeeds(last.text) && !leaves) {
    return Lie{quoted(last.text) + " comes last and succeeds, whatever failed before it", cut};
  }
  if (last.before.starts_with("|") && last.before != "||" && loses_status(last.text) && !leaves) {
    return Lie{"the pipe ends in " + quoted(first_word(last.text)) +
                   ", which succeeds whatever failed before it",
               {}};
  }
  return std::nullopt;
}

// The text that a shell reads; empty where the test is none. `[CMD-SHELL, -c, TEXT]` becomes
// `sh -c -c TEXT`, which runs TEXT.
std::string_view script_of(const std::vector<std::string>& test) {
  if (test.front() == "CMD-SHELL" && test[1].starts_with('-')) {
    return test.size() > 2 && test[1].ends_with('c') ? std::string_view(test[2])
                                                     : std::string_view();
  }
  if (test.front() == "CMD-SHELL") return test[1];
  if (test.size() < 4 || !is_among(first_word(test[1]), kShells)) return {};
  const std::string_view option = test[2];
  return option.starts_with('-') && option.ends_with('c') ? std::string_view(test[3])
                                                          : std::string_view();
}

struct Report {
  std::string message;
  std::optional<Fix> fix;
  bool on_purpose = false;  // it tests nothing, and says so
  bool less = false;        // it tests something, and not what is written
};

// Offered only where the words stand in the test itself, once.
std::optional<Fix> replace(const Value& test, std::string_view old, std::string_view with,
                           std::string title) {
  const std::string_view text = test.span.text();
  std::size_t at = text.find(old);
  if (old.empty() || test.trail != nullptr || at == text.npos) return std::nullopt;
  if (text.find(old, at + 1) != text.npos) return std::nullopt;
  std::size_t end = at + old.size();
  while (with.empty() && at > 0 && text[at - 1] == ' ') --at;
  const auto begin = test.span.begin;
  return Fix{std::move(title),
             FixSafety::kUnsafe,
             {{{test.span.file, begin + static_cast<std::uint32_t>(at),
                begin + static_cast<std::uint32_t>(end)},
               std::string(with)}}};
}

// `["CMD", "curl", "-f", "http://…", "||", "exit", "1"]` as one text for a shell.
std::optional<Fix> as_one_text(const Value& test) {
  if (test.trail != nullptr || !test.span.text().starts_with('[')) return std::nullopt;
  std::string text;
  for (std::size_t i = 1; i < test.items.size(); ++i) {
    const std::string& word = test.items[i].text;
    if (!test.items[i].known || word.find_first_of("\"'\\$ ,{}") != std::string::npos) {
      return std::nullopt;
    }
    text += (i == 1 ? "" : " ") + word;
  }
  return Fix{
      "Hand it to a shell", FixSafety::kUnsafe, {{test.span, "[\"CMD-SHELL\", \"" + text + "\"]"}}};
}

std::optional<Report> words_without_shell(const std::vector<std::string>& words,
                                          const Value& test) {
  static constexpr std::array<std::string_view, 6> kOperators = {"||", "&&", "|", ";", ">", "2>&1"};
  const std::string& program = words[1];
  if (program.find(' ') != std::string::npos) {
    return Report{
        "`CMD` starts a program, and none is called " + quoted(program) + ": it never gets healthy",
        replace(test, "CMD", "CMD-SHELL", "Hand it to a shell")};
  }
  if (program == "exit") return Report{"`CMD` starts a program, and `exit` is none", {}};
  if (always_succeeds(program)) {
    return Report{quoted(program) + " succeeds whatever has become of it", {}, true};
  }
  const auto found = std::find_if(words.begin() + 2, words.end(), [&](const std::string& word) {
    return is_among(word, kOperators);
  });
  if (found == words.end()) return std::nullopt;
  return Report{quoted(*found) + " and what follows are arguments of " + quoted(program) +
                    ": no shell reads a `CMD` test",
                as_one_text(test)};
}

bool brings_programs(const Service& service) {
  const auto installs = [](const std::optional<Located<std::vector<std::string>>>& words) {
    return words &&
           std::any_of(words->value.begin(), words->value.end(), [](const std::string& word) {
             return word.find("install") != std::string::npos ||
                    word.find("apk ") != std::string::npos || word.ends_with(".sh");
           });
  };
  return service.build || installs(service.command) || installs(service.entrypoint) ||
         std::any_of(service.mounts.begin(), service.mounts.end(), [](const Mount& mount) {
           return mount.target.find("/bin") != std::string::npos;
         });
}

// `[CMD-SHELL, pg_isready, -d, books]`: no user or database needs to be there for its answer
// (measured with 15), so what is lost changes nothing.
bool answers_alike(const std::vector<std::string>& test) {
  static constexpr std::array<std::string_view, 4> kOptions = {"--dbname", "--username", "-U",
                                                               "-d"};
  const std::string_view first = test[1];
  if (first_word(first) != "pg_isready" || shell_pieces(first).size() != 1) return false;
  const std::size_t blank = first.rfind(' ');
  if (blank != first.npos && first.substr(blank + 1).starts_with('-')) return false;
  for (std::size_t i = 2; i < test.size(); ++i) {
    const std::string_view word = test[i];
    const std::string_view name = word.substr(0, word.find('='));
    if (!is_among(name, kOptions)) return false;
    const bool apart = name.size() == word.size();
    if (apart && ++i == test.size()) return false;
    // The name of a database may be an address of a server, too.
    const std::string_view value = apart ? std::string_view(test[i]) : word.substr(name.size() + 1);
    if (value.find_first_of("=:/") != value.npos) return false;
  }
  return true;
}

std::optional<Report> report_on(const Service& service, const Value& test) {
  const std::vector<std::string>& words = service.healthcheck->test;
  if (const std::string_view script = script_of(words); !script.empty()) {
    const bool one_program = words[1].find(' ') == std::string::npos;
    if (words.front() == "CMD-SHELL" && words.size() > 2 && script.data() == words[1].data() &&
        !answers_alike(words) && script.find('$') == std::string_view::npos) {
      return Report{"the shell runs " + quoted(words[1]) + " alone: " + quoted(words[2]) +
                        " and what follows are not its arguments",
                    one_program ? replace(test, "CMD-SHELL", "CMD", "Start the program itself")
                                : std::nullopt,
                    false, true};
    }
    if (const auto lie = lie_in(script)) {
      return Report{lie->why, replace(test, lie->cut, "", "Let it fail"),
                    shell_pieces(script).size() == 1};
    }
  } else if (words.front() == "CMD") {
    if (auto report = words_without_shell(words, test)) return report;
  }
  if (!service.image || !service.image->known || brings_programs(service)) return std::nullopt;
  // `curl … || wget …` tries another one.
  const std::vector<ShellPiece> pieces = shell_pieces(words[1]);
  const bool others =
      words.front() == "CMD-SHELL" &&
      std::any_of(pieces.begin() + (pieces.empty() ? 0 : 1), pieces.end(),
                  [](const ShellPiece& piece) { return piece.before != "|" && !passes_on(piece); });
  if (pieces.empty() || others) return std::nullopt;
  const std::string_view program = first_word(words[1]);
  if (!lacks_program(service.image->value, program)) return std::nullopt;
  return Report{
      quoted(service.image->value) + " has no " + quoted(program) + ": it never gets healthy", {}};
}

// No service reads it; a script may.
constexpr std::string_view kUnread = "read by no service";

void on_service(const Service& service, const Project& project, RuleContext& context) {
  const Value* test = service.attribute("healthcheck.test");
  if (test == nullptr || !test->known || is_template(service, project)) return;
  if (!service.healthcheck || service.healthcheck->disabled) return;
  const std::vector<std::string>& words = service.healthcheck->test;
  if (words.size() < 2 || (words[0] != "CMD" && words[0] != "CMD-SHELL")) return;
  auto report = report_on(service, *test);
  if (!report) return;
  // Of what ends, whose end others wait for, nobody reads the health.
  const bool ends = waiting_for_the_end(service, project).service != nullptr;
  const bool unread = (report->on_purpose || ends) &&
                      dependant_of(service.name, project, "service_healthy").service == nullptr;
  Finding& finding = context.report(
      place_of(*test, service),
      "the healthcheck of " + quoted(service.name) +
          (report->less ? " tests less than it says: " : " says nothing of it: ") + report->message,
      {service.name, "healthcheck"});
  if (unread) finding.key.emplace_back(kUnread);
  if (report->less) finding.severity = std::min(finding.severity, Severity::kNote);
  if (report->fix) finding.fixes.push_back(std::move(*report->fix));
}

// `up --wait`, or a loop until `{{.State.Health.Status}}` of it says so.
bool is_read_by_a_script(const WorkspaceFacts& facts, const Finding& finding) {
  const std::string& service = finding.key.front();
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    bool starts = false;
    bool asks = false;
    for (const Step& step : task.timeline->steps) {
      asks |= std::any_of(step.argv.begin(), step.argv.end(), [](const Argument& word) {
        return word.text.find(".Health") != std::string::npos;
      });
      const Project* project = step.call ? step.call->target.project : nullptr;
      if (project == nullptr || !reads(*project, finding.span.file)) continue;
      starts = true;
      const auto& named = step.call->services;
      const bool all =
          named.empty() || std::any_of(named.begin(), named.end(),
                                       [&](const Argument& each) { return each.text == service; });
      if (all && step.call->is("up") && step.call->has("--wait")) return true;
    }
    return starts && asks && task.timeline->file->bytes().find(service) != std::string::npos;
  });
}

// Services of a file that fail to see the same way are told together.
void tell_once_a_file(std::span<Finding* const> findings) {
  std::vector<NamedFinding> all;
  for (Finding* finding : findings) {
    const std::string& name = finding->key.front();
    const std::size_t behind = finding->message.find(quoted(name)) + quoted(name).size();
    all.push_back({finding, finding->message.substr(behind), name});
  }
  tell_by_name(all);
}

// The same block in several files of a directory is told once.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    const bool unread = finding->key.back() == kUnread;
    if (unread && !is_read_by_a_script(facts, *finding)) finding->severity = Severity::kOff;
  }
  tell_once_a_file(findings);
  std::map<std::string, std::vector<Finding*>> alike;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff || finding->span.file == nullptr) continue;
    std::string block(directory_of(*finding->span.file));
    block.append("\n").append(finding->message).append("\n").append(finding->span.text());
    alike[block].push_back(finding);
  }
  for (const auto& [block, group] : alike) {
    std::set<std::string_view> files;
    for (const Finding* finding : group) files.insert(finding->span.file->path());
    if (files.size() < 2) continue;
    Finding* const told = *std::max_element(
        group.begin(), group.end(),
        [](const Finding* a, const Finding* b) { return a->severity < b->severity; });
    told->message += in_more_files(files.size() - 1) + " beside it";
    for (Finding* other : group) {
      if (other != told) other->severity = Severity::kOff;
    }
  }
}

constexpr Example kExamples[] = {
    {
        .unsafe = "services:\n"
                  "  app:\n"
                  "    image: example/app:1.4\n"
                  "    healthcheck:\n"
                  "      test: curl -f http://localhost:8080/health || true\n",
        .safe = "services:\n"
                "  app:\n"
                "    image: example/app:1.4\n"
                "    healthcheck:\n"
                "      test: curl -f http://localhost:8080/health || exit 1\n",
        .is_compose = true,
    },
    {
        .unsafe = "services:\n"
                  "  app:\n"
                  "    image: example/app:1.4\n"
                  "    healthcheck:\n"
                  "      test: [CMD, curl, -f, \"http://localhost/\", \"||\", exit, \"1\"]\n",
        .safe = "services:\n"
                "  app:\n"
                "    image: example/app:1.4\n"
                "    healthcheck:\n"
                "      test: [CMD-SHELL, \"curl -f http://localhost/ || exit 1\"]\n",
        .is_compose = true,
    }};

}  // namespace

COMPOSELINT_RULE(healthcheck_that_lies) = {
    .slug = "healthcheck-that-lies",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kWarning,
                 .ci = Severity::kWarning,
                 .docs = Severity::kNote},
    .summary = "A healthcheck says the same whatever has become of the service",
    .rationale =
        "The engine looks at the exit status of the test and at nothing else. Behind `|| true`, "
        "`|| exit 0`, `; exit 0` or a pipe into `cat` or `jq` that is always 0: the service is "
        "healthy from the first test on, and whoever waits for it with `service_healthy` or `up "
        "--wait` waits for nothing. A list that begins with `CMD` is started without a shell: "
        "`||` and `exit` are arguments of the program. Of a list that begins with `CMD-SHELL` the "
        "shell gets the first text alone. A program that the image does not have fails at each "
        "test: the service never gets healthy.",
    .silent_on =
        "`|| exit 1`, and whatever else can fail. A test that is nothing but `echo` or `exit 0` "
        "where "
        "no service or script waits for it: that is meant so. Texts with `set -o pipefail` or an "
        "`exit` on "
        "the "
        "way. A user and a database that `pg_isready` does not get, as they have no bearing on its "
        "answer. Programs in images that are built here, that mount or install something, or of "
        "which it is not known.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_service = on_service,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
