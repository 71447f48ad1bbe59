#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/stacks/mounts.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool names_output(std::string_view option) {
  static constexpr std::array<std::string_view, 7> kOptions = {
      "--out", "--outfile", "--out-file", "--output", "--output-file", "--output-dir", "--outdir"};
  return std::find(kOptions.begin(), kOptions.end(), option) != kOptions.end();
}

struct Output {
  Span span;
  std::string path;
};

// `--out /tmp/x`, `--out=/tmp/x`.
std::optional<Output> output_of(const std::vector<Argument>& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (!words[i].known()) continue;
    const std::size_t equals = words[i].text.find('=');
    if (!names_output(words[i].text.substr(0, equals))) continue;
    if (equals != std::string::npos)
      return Output{words[i].place(), words[i].text.substr(equals + 1)};
    if (i + 1 < words.size() && words[i + 1].known())
      return Output{words[i + 1].place(), words[i + 1].text};
  }
  return std::nullopt;
}

// `pip install -r requirements.txt`, `apt-get install -y jq`: into the system of the container.
// What is told another place is not meant.
bool installs_into_image(const std::vector<Argument>& words) {
  static constexpr std::array<std::string_view, 6> kPrograms = {"apk", "apt", "apt-get",
                                                                "gem", "pip", "pip3"};
  static constexpr std::array<std::string_view, 9> kElsewhere = {
      "-t",     "--target",   "--prefix",  "--root",         "-e",
      "--user", "--editable", "--dry-run", "--download-only"};
  if (words.size() < 3 || !words.front().known()) return false;
  const auto among = [](std::string_view word, std::span<const std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  if (!among(words.front().text, kPrograms)) return false;
  if (!words[1].is(words.front().is("apk") ? "add" : "install")) return false;
  return std::none_of(words.begin() + 2, words.end(), [&](const Argument& word) {
    return among(word.text.substr(0, word.text.find('=')), kElsewhere);
  });
}

// A mount may be where packages go: `pip-packages:/usr/local/lib/python3.12`, `venv:/opt/venv`.
bool may_keep_packages(const Service& service, const ComposeInvocation& call) {
  static constexpr std::array<std::string_view, 8> kParts = {"/usr", "/lib",  "/var",  "/root",
                                                             "venv", "site-", "/home", "packages"};
  const bool told =
      std::any_of(service.environment.begin(), service.environment.end(), [](const auto& variable) {
        return variable.first.starts_with("PIP_") || variable.first == "PYTHONUSERBASE" ||
               variable.first == "VIRTUAL_ENV" || variable.first.starts_with("GEM_") ||
               variable.first == "BUNDLE_PATH";
      });
  if (told || service.volumes_from || call.has("--volume") || call.has("--env")) return true;
  return std::any_of(service.mounts.begin(), service.mounts.end(), [](const Mount& mount) {
    return !mount.known || mount.target == "/" ||
           std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) {
             return mount.target.find(part) != std::string::npos;
           });
  });
}

void report_install(const Service& service, const InnerCommand& inner, const Step& step,
                    RuleContext& context) {
  Finding& finding = context.report(
      step.span,
      quoted(inner.words->front().text + " " + (*inner.words)[1].text) +
          " installs into the container that --rm removes as soon as it ends: what is started next "
          "has the packages of its image, and no others",
      {"run", service.name, inner.words->front().text});
  finding.severity = std::min(finding.severity, Severity::kWarning);
  finding.related.push_back(
      {service.span, "no mount of " + quoted(service.name) + " keeps what is installed"});
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner || !call.is("run") || !call.has("--rm") || call.opaque_options) return;
  // A dump that stays inside of a container is another rule's.
  if (call.effect == Effect::kDumps || call.has("--detach")) return;
  const Argument* name = call.service();
  const Project* project = call.target.project;
  if (name == nullptr || project == nullptr || project->partial) return;
  const Service* service = project->service(name->text);
  if (service == nullptr) return;
  if (installs_into_image(*inner->words)) {
    if (!may_keep_packages(*service, call)) report_install(*service, *inner, step, context);
    return;
  }
  const std::optional<Output> output = output_of(*inner->words);
  if (!output || !output->path.starts_with('/')) return;
  if (lies_below(output->path, "/dev") || lies_below(output->path, "/proc")) return;
  if (may_be_mounted(*service, call, output->path)) return;
  Finding& finding = context.report(
      output->span,
      quoted(output->path) + " lies in the container's own layer: --rm removes it when " +
          quoted(short_form(call)) + " ends",
      {"run", name->text, output->path});
  finding.related.push_back({service->span, "no mount of " + quoted(name->text) + " covers it"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose run --rm app ./bin/export --out /tmp/orders.csv\n",
    .safe = "docker compose run --rm app ./bin/export --out /exports/orders.csv\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n    volumes:\n      - "
               "./exports:/exports\n",
}};

}  // namespace

COMPOSELINT_RULE(run_output_lost) = {
    .slug = "run-output-lost",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kWarning},
    .summary = "The result is written where --rm removes it",
    .rationale =
        "What a one-off writes outside of its mounts is in its own layer, and with `--rm` that is "
        "gone when the task ends (measured with Compose 2.40.3): the export ran, with 0, and there "
        "is no file. A mount, `run -v`, or standard output keep it. `run --rm app pip install …` "
        "fills "
        "a container that is gone the same way; packages belong in the image "
        "(a warning).",
    .silent_on =
        "Paths below a mount of the service or of `-v`, relative paths, `run` without `--rm`, "
        "scripts of `sh -c`, which may hand the file on themselves. Packages "
        "where a mount, a variable or an option may put them elsewhere; those of npm and composer, "
        "which go into the working directory.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
