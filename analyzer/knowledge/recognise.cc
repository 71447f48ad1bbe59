#include <algorithm>
#include <array>
#include <vector>

#include "analyzer/knowledge/docker_cli.h"
#include "analyzer/knowledge/fact_table.h"
#include "analyzer/knowledge/help_call.h"
#include "analyzer/knowledge/interpreters.h"
#include "analyzer/knowledge/option_words.h"
#include "analyzer/knowledge/vocabulary.h"
#include "analyzer/knowledge/vocabulary_match.h"
#include "analyzer/knowledge/wrappers.h"

namespace composelint::knowledge {
namespace {

using Words = std::span<const Argument>;

// Wrappers in wrappers; a bound on hostile input.
constexpr int kDeepest = 12;

// Programs whose word "migrate" means something else than a schema.
constexpr std::string_view kOwnMigrate =
    "git|bw|virsh|qm|pct|lxc|incus|kubectl|docker|podman|npm|yarn|pnpm|make|just|task|apt|echo|"
    "printf|systemctl|gh|heroku|flyctl|helm|terraform|rpk|criu|log|info|warn|error|die|fail|step|"
    "cd|"
    "pushd|ls|cat|mkdir|rm|touch|chmod|source|.|export|unset|which|type|command|test|[|[[";

// How deep in wrappers, and the rows of the user.
struct Search {
  int depth = 0;
  const Vocabulary* own = nullptr;

  [[nodiscard]] Search inside() const { return {depth + 1, own}; }
};

const Fact* find_fact(std::string_view program, Words words, const Vocabulary* own) {
  if (own != nullptr) {
    if (const Fact* fact = own->find(program, words)) return fact;
  }
  for (const FactTable& table :
       {inspection_facts(), maintenance_facts(), restore_facts(), application_facts(),
        migration_facts(), dump_facts(), file_backup_facts(), seed_facts(), administration_facts(),
        database_client_facts()}) {
    const FactKey first{program, 0};
    for (auto key = std::lower_bound(table.keys.begin(), table.keys.end(), first);
         key != table.keys.end() && key->program == program; ++key) {
      if (matches(table.facts[key->row].pattern, words, program)) return &table.facts[key->row];
    }
  }
  return nullptr;
}

Recognised from_fact(const Fact& fact) {
  Recognised out;
  out.effect = fact.effect;
  out.role = fact.role;
  out.name = fact.name;
  out.fact = &fact;
  return out;
}

Recognised recognise_words(Words argv, const Search& search);

// The image is the program: `docker run migrate/migrate -path m up`.
Recognised recognise_image(Words argv, const Search& search) {
  const std::optional<DockerCall> call = read_docker(argv);
  if (!call || call->verb != "container run" || call->opaque || call->operands.empty()) return {};
  const Argument& image = argv[call->operands.front()];
  if (!image.known()) return {};
  Argument program = image;
  program.text = base_name(image);
  program.text.resize(std::min(program.text.find_first_of(":@"), program.text.size()));
  std::vector<Argument> words{program};
  words.insert(words.end(), argv.begin() + static_cast<std::ptrdiff_t>(call->inner), argv.end());
  Recognised out = recognise_words(words, search.inside());
  out.script = nullptr;  // would point into `words`
  return out;
}

// `run-migrations.php --pending`: by its name it migrates, and so asked it only tells. Of a script
// nobody knows more: `--verify` may be what it does behind, `--version 12` and `--plan x` what it
// goes by.
bool only_tells(Words options) {
  constexpr std::string_view kTells = "--check|--dry-run|--help|--pending|--pretend|--status";
  constexpr std::string_view kDoes = "--apply|--execute|--force|--run|--yes|-y|apply|migrate|up";
  const auto has = [&](std::string_view words) {
    return std::any_of(options.begin(), options.end(), [&](const Argument& option) {
      return option.known() && matches_any(words, option.text);
    });
  };
  return has(kTells) && !has(kDoes);
}

// What `bin/backup.sh` is for, the file itself not being at hand.
Recognised recognise_program_name(const Argument& program) {
  const std::string_view base = base_name(program);
  return base.empty() ? Recognised{} : recognise_by_name(base);
}

// `npm run typeorm migration:run`: the script is called as the program that it starts, and hands on
// what stands behind it.
Recognised recognise_package_script(Words argv, const Search& search) {
  std::vector<Argument> words;
  for (const Argument& word : argv) {
    if (!word.is("--")) words.push_back(word);
  }
  if (words.size() < 2) return {};
  Recognised out = recognise_words(words, search.inside());
  out.script = nullptr;  // would point into `words`
  const bool migrates = out.effect == Effect::kMigrates || out.role == Role::kMakesMigration ||
                        out.role == Role::kResets || out.role == Role::kStatus;
  return migrates && out.fact != nullptr ? out : Recognised{};
}

Recognised recognise_runner(Words argv, const Search& search) {
  const std::optional<NamedScript> script = named_script(argv);
  if (!script) return {};
  // `yarn prisma …` runs a program of the package, unless a script has the name.
  if (script->may_be_program) {
    if (Recognised found = recognise_words(argv.subspan(script->at), search.inside())) return found;
  }
  if (script->of_package) {
    if (Recognised found = recognise_package_script(argv.subspan(script->at), search)) return found;
  }
  return recognise_by_name(argv[script->at].text);
}

// `cp /backup/app.db /data/app.db` brings a backup back: only what goes to one is a copy of the
// data.
bool copies_from_backup(std::string_view program, Words words, const Fact& fact) {
  static constexpr std::array<std::string_view, 6> kParts = {"backup", ".bak",     "bkp",
                                                             ".orig",  "snapshot", "dump"};
  if (fact.role != Role::kFileBackup) return false;
  // `docker cp ./backup.sql db:/tmp` brings it into a container.
  if (program == "docker" || program == "podman") {
    return fact.name == "docker cp to a backup" && !words.empty() &&
           !words.back().text.starts_with('/') && !words.back().text.starts_with('.') &&
           words.back().text.find(':') != std::string::npos;
  }
  if (program != "cp" && program != "rsync") return false;
  if (words.empty() || !words.back().known()) return false;
  const auto names_backup = [&](const Argument& word) {
    return std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) {
      return word.text.find(part) != std::string::npos;
    });
  };
  const bool aside = std::any_of(words.begin(), words.end(), [](const Argument& word) {
    return word.text == "-t" || word.text.starts_with("--target-directory") ||
           word.text.starts_with("--backup");
  });
  return !aside && !names_backup(words.back());
}

// `python -m migration.import_sheets`: what lies among migrations need not be one.
bool only_lies_among_migrations(std::string_view module) {
  constexpr std::string_view kRuns =
      "__main__|all|apply|cli|forward|forwards|head|latest|main|manage|migrate|run|run_*|runner|up|"
      "update|upgrade|upgrade_*";
  const std::size_t dot = module.rfind('.');
  if (dot == std::string_view::npos || dot + 1 >= module.size()) return false;
  const std::string_view last = module.substr(dot + 1);
  const bool numbered = last.find_first_of("0123456789") < 2;  // 0003_users, v2
  return !numbered && !matches_any(kRuns, last) &&
         recognise_by_name(last).effect != Effect::kMigrates;
}

// `node_modules/drizzle-kit/bin.cjs`: the file belongs to the program of that name.
std::string_view package_of(const Argument& file) {
  constexpr std::string_view kFolder = "node_modules/";
  const std::string_view path = file.text;
  const std::size_t folder = path.rfind(kFolder);
  if (!file.known() || folder == std::string_view::npos) return {};
  std::string_view rest = path.substr(folder + kFolder.size());
  if (rest.starts_with('@')) rest.remove_prefix(std::min(rest.find('/') + 1, rest.size()));
  const std::size_t end = rest.find('/');
  return end == std::string_view::npos || rest.starts_with('.') ? std::string_view()
                                                                : rest.substr(0, end);
}

// "maintenance/update.php" of `/var/www/html/maintenance/update.php`; empty where there is no
// folder.
std::string_view name_in_folder(const Argument& file) {
  const std::string_view path = file.text;
  const std::size_t slash = path.rfind('/');
  if (!file.known() || slash == std::string_view::npos || slash == 0) return {};
  return path.substr(path.rfind('/', slash - 1) + 1);  // npos + 1 is 0
}

Recognised recognise_plain(Words argv, const Search& search) {
  const Interpreted inner = skip_interpreter(argv);
  const Words words = argv.subspan(inner.at);
  if (words.empty()) return {};
  const std::string_view program = base_name(words.front());
  if (program.empty()) return {};
  if (const std::string_view name = name_in_folder(words.front()); !name.empty()) {
    if (const Fact* fact = find_fact(name, words.subspan(1), nullptr)) return from_fact(*fact);
  }
  if (const Fact* fact = find_fact(program, words.subspan(1), search.own)) {
    return copies_from_backup(program, words.subspan(1), *fact) ? Recognised{} : from_fact(*fact);
  }
  if (inner.is_module) {
    if (const Fact* fact = find_fact("-m", words.subspan(1), search.own)) return from_fact(*fact);
  }
  if (const std::string_view package = package_of(words.front()); !package.empty()) {
    if (const Fact* fact = find_fact(package, words.subspan(1), search.own)) {
      return from_fact(*fact);
    }
  }
  if (Recognised found = recognise_runner(words, search)) return found;
  if (!matches_any(kOwnMigrate, program)) {
    if (const Fact* fact = find_fact("*", words.subspan(1), search.own)) return from_fact(*fact);
  }
  const Recognised named = recognise_program_name(words.front());
  const bool beside = inner.is_module && named.effect == Effect::kMigrates &&
                      only_lies_among_migrations(words.front().text);
  if (named.effect == Effect::kMigrates && only_tells(words.subspan(1))) {
    return recognise_by_name("migration-check");
  }
  if (named.effect == Effect::kDumps && tells_of_itself(words.subspan(1))) return {};
  return beside ? Recognised{} : named;
}

// Inside a container the image may be the program.
Recognised recognise_inside(Words argv, std::size_t inner, const Search& search) {
  Recognised out = recognise_words(argv.subspan(inner), search.inside());
  return out || out.script != nullptr ? out : recognise_image(argv, search);
}

Recognised recognise_words(Words argv, const Search& search) {
  if (argv.empty() || search.depth >= kDeepest) return {};
  const std::optional<Unwrapped> inner = unwrap_once(argv);
  if (!inner || !inner->why_not.empty()) return recognise_plain(argv, search);
  const bool one_text = inner->joins_rest && inner->rest + 1 == argv.size();
  Recognised out;
  out.script = one_text ? &argv[inner->rest] : inner->script;
  if (out.script != nullptr) return out;
  if (inner->place == Place::kContainer) return recognise_inside(argv, inner->rest, search);
  return recognise_words(argv.subspan(std::min(inner->rest, argv.size())), search.inside());
}

}  // namespace

Recognised recognise(std::span<const Argument> argv, std::span<const Argument> prefix,
                     const Vocabulary* own) {
  const Search search{0, own};
  // `--data=/srv/mysqldump`: an option for what the image starts, and no program.
  const bool option = !argv.empty() && argv.front().text.starts_with('-');
  if (prefix.empty()) return option ? Recognised() : recognise_words(argv, search);
  std::vector<Argument> all(prefix.begin(), prefix.end());
  all.insert(all.end(), argv.begin(), argv.end());
  Recognised out = recognise_words(all, search);
  if (out.script != nullptr) {
    const auto at = static_cast<std::size_t>(out.script - all.data());
    out.script = at < prefix.size() ? &prefix[at] : &argv[at - prefix.size()];
  }
  return out || out.script != nullptr || option ? out : recognise_words(argv, search);
}

std::span<const std::span<const Fact>> fact_tables() {
  static const std::array<std::span<const Fact>, 10> tables = {
      inspection_facts().facts,     maintenance_facts().facts, restore_facts().facts,
      application_facts().facts,    migration_facts().facts,   dump_facts().facts,
      file_backup_facts().facts,    seed_facts().facts,        administration_facts().facts,
      database_client_facts().facts};
  return tables;
}

}  // namespace composelint::knowledge
