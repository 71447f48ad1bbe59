#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/files/own_dockerfile.h"
#include "analyzer/signs/words/mentions.h"
#include "analyzer/signs/words/shell_pieces.h"

namespace composelint::rules {
namespace {

// Scripts that the image runs on an empty volume, while its server listens on the socket alone.
const Mount* start_scripts(const Service& service) {
  const auto found = std::find_if(
      service.mounts.begin(), service.mounts.end(),
      [](const Mount& mount) { return mount.target.starts_with("/docker-entrypoint-initdb.d"); });
  return found == service.mounts.end() ? nullptr : &*found;
}

// The image's own start, which runs them, is replaced.
bool starts_otherwise(const Service& service) {
  return service.entrypoint ||
         std::any_of(service.mounts.begin(), service.mounts.end(), [](const Mount& mount) {
           return file_name(mount.target) == "docker-entrypoint.sh";
         });
}

// Anything on the line that may name a host.
bool names_a_host(const std::string& word) {
  return word == "-h" || word.starts_with("--host") || word.find(" -h") != std::string::npos ||
         word.find("--host") != std::string::npos || word.find("host=") != std::string::npos ||
         word.find("://") != std::string::npos || word.find("PGHOST") != std::string::npos;
}

// `-p 8432`: the server of the start scripts listens on the socket of the usual port.
bool asks_another_port(const std::vector<std::string>& test) {
  std::string line;
  for (const std::string& word : test) line += word + " ";
  for (const std::string_view option : {" -p", " --port"}) {
    const std::size_t at = line.find(option, std::min(line.find("pg_isready"), line.size()));
    if (at == std::string::npos) continue;
    const std::size_t value = line.find_first_not_of(" =", at + option.size());
    return value != std::string::npos && !line.substr(value).starts_with("5432");
  }
  return false;
}

bool asks_the_socket(const Service& service) {
  const std::vector<std::string>& test = service.healthcheck->test;
  if (asks_another_port(test)) return false;
  const auto asks = [](const std::string& word) {
    return word.find("pg_isready") != std::string::npos;
  };
  if (std::none_of(test.begin(), test.end(), asks)) return false;
  if (std::any_of(test.begin(), test.end(), [](const std::string& word) {
        return names_a_host(word) || (word.starts_with("-h") && word.size() > 2);
      })) {
    return false;
  }
  return std::none_of(service.environment.begin(), service.environment.end(),
                      [](const auto& variable) { return variable.first == "PGHOST"; });
}

// Behind `pg_isready`, where it stands once: in a text, as a word of a list in brackets.
std::optional<Fix> add_host(const HealthCheck& check) {
  constexpr std::string_view kProgram = "pg_isready";
  const std::string_view text = check.span.text();
  const std::size_t at = text.find(kProgram);
  if (at == std::string_view::npos || at == 0 || text.find(kProgram, at + 1) != text.npos) {
    return std::nullopt;
  }
  const std::size_t behind = at + kProgram.size();
  const char before = text[at - 1];
  const char next = behind < text.size() ? text[behind] : '\n';
  std::string words = " -h 127.0.0.1";
  std::size_t place = behind;
  if (check.test.front() == "CMD") {
    const bool quotes = before == '"' && next == '"';
    if (!quotes && (next != ',' && next != ']')) return std::nullopt;
    words = quotes ? ", \"-h\", \"127.0.0.1\"" : ", -h, 127.0.0.1";
    place += quotes ? 1 : 0;
  }
  const auto end = check.span.begin + static_cast<std::uint32_t>(place);
  return Fix{"Ask over TCP", FixSafety::kSafe, {{{check.span.file, end, end}, std::move(words)}}};
}

// `while true; do sleep 86400; …`: for minutes to come, or until it is answered.
bool begins_by_sleeping(std::string_view text) {
  for (const ShellPiece& piece : shell_pieces(text)) {
    std::string_view words = piece.text;
    if (first_word(words) == "until") return true;  // tries again
    if (first_word(words) == "while") {
      words.remove_prefix(words.find("while") + 5);
      words.remove_prefix(std::min(words.find_first_not_of(" \t\n"), words.size()));
      if (words.starts_with("! ")) return true;
      // `while ./work` asks at once, and a refusal ends it.
      static constexpr std::array<std::string_view, 4> kGoOn = {"1", ":", "[", "true"};
      if (std::find(kGoOn.begin(), kGoOn.end(), first_word(words)) == kGoOn.end()) return false;
      continue;
    }
    if (first_word(words) == "do") words.remove_prefix(2);
    words.remove_prefix(std::min(words.find_first_not_of(" \t\n"), words.size()));
    if (words.empty()) continue;
    if (first_word(words) != "sleep") return false;
    words.remove_prefix(words.find("sleep") + 5);
    words.remove_prefix(std::min(words.find_first_not_of(" \t"), words.size()));
    const std::size_t digits = std::min(words.find_first_not_of("0123456789"), words.size());
    return words.starts_with("inf") || digits > 2 || words.substr(digits).starts_with('h');
  }
  return false;
}

// `sleep infinity` asks nobody, and some images wait by themselves.
bool asks_nobody_yet(const Service& service) {
  const auto& words = service.command ? service.command : service.entrypoint;
  if (words && !words->value.empty() &&
      (words->value.front() == "sleep" || words->value.front() == "tail")) {
    return true;
  }
  if (words && words->value.size() > 2 && words->value[1] == "-c" &&
      begins_by_sleeping(words->value[2])) {
    return true;
  }
  return service.image && service.image->value.find("temporalio/auto-setup") != std::string::npos;
}

// Its settings or its command name the database.
bool names_it(const Service& service, const std::string& database) {
  for (const auto& [name, value] : service.environment) {
    if (value.value && value.value->find(database) != std::string::npos) return true;
  }
  if (!service.command) return false;
  return std::any_of(
      service.command->value.begin(), service.command->value.end(),
      [&](const std::string& word) { return word.find(database) != std::string::npos; });
}

void add_words(std::string_view line, std::vector<std::string_view>& out) {
  constexpr std::string_view kBetween = " \t\r[],\"'";
  for (std::size_t at = line.find_first_not_of(kBetween); at < line.size();) {
    const std::size_t end = std::min(line.find_first_of(kBetween, at), line.size());
    out.push_back(line.substr(at, end - at));
    at = line.find_first_not_of(kBetween, end);
  }
}

// `COPY --chown=app scripts/start.sh /docker-entrypoint.sh`: what it starts with has another name
// in the repository.
void add_copied(std::string_view line, std::vector<std::string_view>& out) {
  std::vector<std::string_view> words;
  add_words(line, words);
  std::erase_if(words, [](std::string_view word) { return word.starts_with("--"); });
  if (words.size() < 3) return;
  const bool started = std::any_of(out.begin(), out.end(), [&](std::string_view word) {
    return file_name(word) == file_name(words.back());
  });
  if (started) out.insert(out.end(), words.begin() + 1, words.end() - 1);
}

template <typename Take>
void each_line(const SourceFile& file, Take take) {
  for (std::uint32_t line = 1; line <= file.line_count(); ++line) take(file.line_text(line));
}

// The words it starts with: those of its entrypoint and command, and of its Dockerfile's where the
// compose file says nothing. As they are written: steps are those of what waits for its turn.
std::vector<std::string_view> start_words(const Service& service, const WorkspaceFacts& facts) {
  std::vector<std::string_view> out;
  for (const auto* list : {&service.entrypoint, &service.command}) {
    if (*list) out.insert(out.end(), (*list)->value.begin(), (*list)->value.end());
  }
  const SourceFile* dockerfile = dockerfile_of(service, facts);
  if (dockerfile == nullptr) return out;
  each_line(*dockerfile, [&](std::string_view line) {
    const bool starts = line.starts_with("CMD") || line.starts_with("ENTRYPOINT");
    if (starts && !service.entrypoint) add_words(line, out);
  });
  each_line(*dockerfile, [&](std::string_view line) {
    if (line.starts_with("COPY ") || line.starts_with("ADD ")) add_copied(line, out);
  });
  return out;
}

// What it starts with waits, or a script of the repository that it starts with tries again by
// itself: wait-for-it, a loop.
bool waits_by_itself(const Service& service, const WorkspaceFacts& facts) {
  static constexpr std::array<std::string_view, 6> kWaits = {
      "dockerize -wait", "nc -z", "pg_isready", "wait-for", "wait_for", "wait4"};
  const auto waits = [](std::string_view text) {
    return std::any_of(kWaits.begin(), kWaits.end(),
                       [&](std::string_view wait) { return text.find(wait) != text.npos; });
  };
  for (const std::string_view word : start_words(service, facts)) {
    if (waits(word)) return true;
    const std::string_view name = file_name(word);
    if (!name.ends_with(".sh")) continue;
    for (const SourceFile* file : task_files(facts)) {
      if (file_name(file->path()) == name && waits(file->bytes())) return true;
    }
  }
  return false;
}

// It starts behind another one that waits by itself, and answers by then.
bool starts_behind_one_that_waits(const Service& service, const Project& project,
                                  const WorkspaceFacts& facts) {
  return std::any_of(service.depends_on.begin(), service.depends_on.end(),
                     [&](const DependsOn& on) {
                       const Service* other = project.service(on.service);
                       return other != nullptr && on.condition != "service_started" &&
                              waits_by_itself(*other, facts);
                     });
}

struct Dependent {
  const Service* service = nullptr;
  const DependsOn* on = nullptr;
  int rank = 0;
};

// Who waits for the health of the service; best one that `up` starts and that is seen to talk to
// it.
Dependent waits_for(const Service& service, const Project& project, const WorkspaceFacts* facts) {
  Dependent best;
  for (const Service& other : project.services) {
    if (asks_nobody_yet(other)) continue;
    for (const DependsOn& on : other.depends_on) {
      if (on.service != service.name || on.condition != "service_healthy") continue;
      const int rank = 1 + (other.active ? 2 : 0) + (names_it(other, service.name) ? 1 : 0);
      if (rank <= best.rank) continue;
      if (facts != nullptr && (waits_by_itself(other, *facts) ||
                               starts_behind_one_that_waits(other, project, *facts))) {
        continue;
      }
      best = {&other, &on, rank};
    }
  }
  return best;
}

std::string told(const Service& service, const Dependent& dependent) {
  return quoted("pg_isready") + " without " + quoted("-h") + " calls " + quoted(service.name) +
         " healthy while its start scripts run: " + quoted(dependent.service->name) +
         " may be started then, and is refused";
}

Related where_it_waits(const Dependent& dependent) {
  return {dependent.on->span, quoted(dependent.service->name) + " waits for it here"};
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (!has_check(service) || !starts_slowly(service) || !asks_the_socket(service)) return;
  if (starts_otherwise(service)) return;
  const Mount* scripts = start_scripts(service);
  if (scripts == nullptr) return;
  const Dependent dependent = waits_for(service, project, nullptr);
  if (dependent.on == nullptr) return;
  Finding& finding = context.report(service.healthcheck->span, told(service, dependent),
                                    {service.name, "pg_isready"});
  finding.related.push_back({scripts->span, "they run while only the socket is open"});
  finding.related.push_back(where_it_waits(dependent));
  if (auto fix = add_host(*service.healthcheck)) finding.fixes.push_back(std::move(*fix));
}

// What the scripts that dependents start with do is known when all is read.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    for (const Project* project : facts.projects) {
      const Service* service = project->service(finding->key.front());
      if (service == nullptr || !service->healthcheck ||
          service->healthcheck->span != finding->span) {
        continue;
      }
      const Dependent dependent = waits_for(*service, *project, &facts);
      if (dependent.on == nullptr) {
        finding->severity = Severity::kOff;
      } else {
        finding->message = told(*service, dependent);
        finding->related.back() = where_it_waits(dependent);
      }
      break;
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1\n"
              "    depends_on:\n"
              "      db: {condition: service_healthy}\n"
              "  db:\n"
              "    image: postgres:16\n"
              "    volumes:\n"
              "      - ./shop.sql.gz:/docker-entrypoint-initdb.d/shop.sql.gz\n"
              "    healthcheck:\n"
              "      test: pg_isready -U app\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1\n"
            "    depends_on:\n"
            "      db: {condition: service_healthy}\n"
            "  db:\n"
            "    image: postgres:16\n"
            "    volumes:\n"
            "      - ./shop.sql.gz:/docker-entrypoint-initdb.d/shop.sql.gz\n"
            "    healthcheck:\n"
            "      test: pg_isready -h 127.0.0.1 -U app\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(healthcheck_on_socket) = {
    .slug = "healthcheck-on-socket",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kNote},
    .summary = "A database is called healthy while its start scripts still run",
    .rationale =
        "On an empty volume the postgres image starts a server for its own start scripts that "
        "listens on the Unix socket alone, stops it, and starts the real one. `pg_isready` without "
        "`-h` asks the socket: with a start of three seconds the service was healthy too early and "
        "the dependent failed in two of two tries, `service_healthy` notwithstanding; with `-h "
        "127.0.0.1` it succeeded (measured, PostgreSQL 15).",
    .silent_on =
        "Databases without scripts in /docker-entrypoint-initdb.d, and those whose scripts are "
        "over "
        "before anybody asks: some hundred statements take less than a second. Reported are packed "
        "dumps (`.sql.gz`), scripts that load one, read rows from a file or wait for something, "
        "and "
        "large ones: 5 MB, or 100 kB where the first probe comes within 15 seconds. Databases that "
        "no service waits for, or only one "
        "that sleeps or waits by itself, in its Dockerfile's command or in a script of the "
        "repository that it starts with as well. Databases whose own start is replaced. Checks "
        "that name a host, in "
        "`PGHOST` too.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_service = on_service,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
