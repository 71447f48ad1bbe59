#include <composelint/nearest.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/project_trouble.h"
#include "analyzer/signs/reports/told_by_name.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/certain_value.h"

namespace composelint::rules {
namespace {

enum class Kind { kService, kNetwork, kVolume, kSecret, kConfig, kOther };

struct Reference {
  Kind kind = Kind::kOther;
  std::string name;
};

std::string in_quotes(std::string_view text, std::size_t from) {
  const std::size_t begin = text.find('"', from);
  if (begin == text.npos) return {};
  return std::string(text.substr(begin + 1, text.find('"', begin + 1) - begin - 1));
}

Reference reference_in(std::string_view message) {
  struct Row {
    std::string_view words;
    Kind kind;
  };
  static constexpr Row kRows[] = {
      {" refers to undefined network ", Kind::kNetwork},
      {" refers to undefined volume ", Kind::kVolume},
      {" refers to undefined secret ", Kind::kSecret},
      {" refers to undefined build secret ", Kind::kSecret},
      {" refers to undefined config ", Kind::kConfig},
  };
  for (const Row& row : kRows) {
    if (const std::size_t at = message.find(row.words); at != message.npos) {
      return {row.kind, std::string(message.substr(at + row.words.size()))};
    }
  }
  if (message.find(" not found for network_mode ") != message.npos) {
    return {Kind::kService, in_quotes(message, 0)};
  }
  const std::size_t on = message.find(" depends on undefined service ");
  if (on != message.npos) return {Kind::kService, in_quotes(message, on)};
  return {};
}

const Value* section_of(Kind kind, const Project& project) {
  switch (kind) {
    case Kind::kNetwork: return project.networks_model;
    case Kind::kVolume: return project.volumes_model;
    case Kind::kSecret: return project.secrets_model;
    case Kind::kConfig: return project.configs_model;
    default: return nullptr;
  }
}

std::vector<std::string_view> names_of(Kind kind, const Project& project) {
  std::vector<std::string_view> names;
  if (kind == Kind::kService) {
    for (const Service& service : project.services) names.push_back(service.name);
  }
  if (const Value* section = section_of(kind, project)) {
    for (const Member& member : section->members) names.push_back(member.key);
  }
  return names;
}

bool declares(Kind kind, const Project& project, const std::string& name) {
  const std::vector<std::string_view> names = names_of(kind, project);
  return std::find(names.begin(), names.end(), name) != names.end();
}

struct Missing {
  Reference reference;
  std::vector<const ProjectProblem*> places;
};

// `${NET:-shop}`: the `.env` that each machine has may name another. In `data:/srv/${NAME}` the
// name itself is written out.
bool hangs_on_a_variable(const ProjectProblem& problem, const Reference& reference) {
  std::string_view text = problem.span.text();
  if (text.find('$') == text.npos) return false;
  text.remove_prefix(std::min(text.find_first_not_of("\"'"), text.size()));
  return reference.name.empty() || !text.starts_with(reference.name + ":");
}

// What is missing, once each however many services refer to it.
std::vector<Missing> missing_in(const Project& project) {
  std::vector<Missing> out;
  for (const ProjectProblem& problem : project.problems) {
    if (trouble_of(problem) != Trouble::kUndefined || !problem.span) continue;
    Reference reference = reference_in(problem.message);
    if (reference.name.find('$') != std::string::npos) continue;
    if (project.own_env && hangs_on_a_variable(problem, reference)) continue;
    // One that is there under a profile is another matter.
    if (reference.kind == Kind::kService && declares(Kind::kService, project, reference.name)) {
      continue;
    }
    const auto known = std::find_if(out.begin(), out.end(), [&](const Missing& each) {
      return reference.kind != Kind::kOther && each.reference.kind == reference.kind &&
             each.reference.name == reference.name;
    });
    if (known == out.end()) {
      out.push_back({std::move(reference), {&problem}});
    } else if (known->places.back()->span != problem.span) {
      known->places.push_back(&problem);
    }
  }
  return out;
}

// The list that the name stands in has the other already, and may have each once.
bool is_named_beside(const Project& project, const Missing& missing, std::string_view name) {
  const Service* service = project.service(in_quotes(missing.places.front()->message, 0));
  if (service == nullptr) return false;
  if (missing.reference.kind == Kind::kNetwork) {
    const Value* networks = service->attribute("networks");
    return networks != nullptr &&
           std::any_of(networks->members.begin(), networks->members.end(),
                       [&](const Member& member) { return member.key == name; });
  }
  return missing.reference.kind == Kind::kService &&
         std::any_of(service->depends_on.begin(), service->depends_on.end(),
                     [&](const DependsOn& on) { return on.service == name; });
}

void on_project(const Project& project, RuleContext& context) {
  constexpr std::size_t kMost = 8;
  for (const Missing& missing : missing_in(project)) {
    const ProjectProblem& problem = *missing.places.front();
    const std::vector<std::string_view> names = names_of(missing.reference.kind, project);
    std::string near(nearest(missing.reference.name, names));
    if (!near.empty() && is_named_beside(project, missing, near)) near.clear();
    Finding& finding =
        context.report(problem.span,
                       "Compose refuses the project: " + problem.message +
                           (near.empty() ? "" : "; did you mean " + quoted(near) + "?"),
                       {problem.message});
    for (std::size_t i = 1; i < missing.places.size() && i < kMost; ++i) {
      finding.related.push_back({missing.places[i]->span, "and here"});
    }
    const bool once = missing.places.size() == 1;
    if (near.empty() || !once || problem.span.text() != missing.reference.name) continue;
    finding.fixes.push_back({"Write " + near, FixSafety::kUnsafe, {{problem.span, near}}});
  }
}

// Several modules of a shelf lack what another module there has: they are put together by whatever
// names of modules somebody gives.
bool is_a_module(const WorkspaceFacts& facts, std::span<Finding* const> findings,
                 const Finding& finding) {
  const SourceFile& file = *finding.span.file;
  const Reference wanted = reference_in(finding.key.front());
  const bool others_lack = std::any_of(findings.begin(), findings.end(), [&](const Finding* other) {
    const Reference reference = reference_in(other->key.front());
    return is_on_one_shelf(file, *other->span.file) && reference.kind == wanted.kind &&
           reference.name == wanted.name;
  });
  return others_lack &&
         std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
           return !project->files.empty() && is_on_one_shelf(file, *project->files.front()) &&
                  declares(wanted.kind, *project, wanted.name);
         });
}

// Whatever the verb, Compose refuses all of the files.
bool has_trouble(const Project& project, const std::string& message) {
  return std::any_of(
      project.problems.begin(), project.problems.end(), [&](const ProjectProblem& problem) {
        return trouble_of(problem) == Trouble::kUndefined && problem.message == message;
      });
}

// `-f base.yaml -f jobs.yaml up`: no other file is read.
bool brings_up(const Step& step, const SourceFile& file, const std::string& message) {
  if (!step.call || step.call->opaque_global) return false;
  if (!step.call->is("up") && !step.call->is("run")) return false;
  const Project* project = step.call->target.project;
  const bool named = project != nullptr && !project->default_files &&
                     step.call->global_option("--file") != nullptr;
  return named && step.call->target.others.empty() && has_trouble(*project, message) &&
         std::find(project->files.begin(), project->files.end(), &file) != project->files.end();
}

// What the files of some call of a task or a page lack is lacking there, whoever else has it.
const Step* call_that_lacks(const WorkspaceFacts& facts, const SourceFile& file,
                            const std::string& message) {
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (brings_up(step, file, message) && has_certain_services(step, *task.timeline)) {
        return &step;
      }
    }
  }
  return nullptr;
}

// Some other file around declares it: what this one lacks of that kind it gets from there.
bool is_declared_around(const WorkspaceFacts& facts, const SourceFile& file,
                        const Reference& reference) {
  return is_completed(facts, file, [&](const Project& project) {
    return project.files.front() != &file && declares(reference.kind, project, reference.name);
  });
}

std::string_view word_for(Kind kind) {
  switch (kind) {
    case Kind::kConfig: return "config ";
    case Kind::kNetwork: return "network ";
    case Kind::kSecret: return "secret ";
    case Kind::kService: return "service ";
    case Kind::kVolume: return "volume ";
    case Kind::kOther: return "";
  }
  return "";
}

// What one service lacks of one kind goes with what declares it, all at once; so does all that a
// file lacks and others around it have. A slip in a name is another matter.
void tell_once_a_service(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::vector<NamedFinding> all;
  std::map<const SourceFile*, std::vector<Kind>> around;
  for (Finding* finding : findings) {
    const std::string& message = finding->key.front();
    const Reference reference = reference_in(message);
    const bool whole = finding->message.ends_with(message);  // no slip, and told of once
    if (reference.kind == Kind::kOther || !whole) continue;
    std::string within;
    if (is_declared_around(facts, *finding->span.file, reference)) {
      around[finding->span.file].push_back(reference.kind);
    } else {
      within = in_quotes(message, 0);
      within += '\n' + std::to_string(static_cast<int>(reference.kind));
    }
    all.push_back({finding, std::move(within), reference.name});
  }
  // The message has the kind of the first one alone.
  for (NamedFinding& each : all) {
    const std::vector<Kind>& kinds = around[each.finding->span.file];
    const bool mixed =
        std::any_of(kinds.begin(), kinds.end(), [&](Kind kind) { return kind != kinds.front(); });
    if (!mixed || !each.within.empty()) continue;
    each.name.insert(0, word_for(reference_in(each.finding->key.front()).kind));
  }
  tell_by_name(all);
}

// Other files of the run declare it, or may: then this one is laid over them, with all it lacks.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<const SourceFile*, bool> parts;
  for (const Finding* finding : findings) {
    const Reference reference = reference_in(finding->key.front());
    const SourceFile& file = *finding->span.file;
    bool& part = parts[&file];
    part = part || is_part(facts, file) ||
           is_completed(facts, file,
                        [&](const Project& project) {
                          return declares(reference.kind, project, reference.name);
                        }) ||
           is_a_module(facts, findings, *finding);
  }
  for (Finding* finding : findings) {
    const SourceFile& file = *finding->span.file;
    if (!parts[&file]) continue;
    if (const Step* step = call_that_lacks(facts, file, finding->key.front())) {
      const bool alone = step->call->target.project->files.size() == 1;
      finding->related.push_back(
          {step->call->span, alone ? "brought up alone here" : "brought up without it here"});
    } else {
      finding->severity = Severity::kOff;
    }
  }
  tell_once_a_service(facts, findings);
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    volumes: [data:/var/lib/app]\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    volumes: [data:/var/lib/app]\n"
            "volumes:\n"
            "  data:\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(undefined_reference) = {
    .slug = "undefined-reference",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "A service refers to a network, volume, secret, config or service that is not there",
    .rationale =
        "Named volumes and networks have to be declared at the top level; `depends_on` and "
        "`network_mode: service:…` have to name a service of the project. Else Compose refuses all "
        "of it, whatever the command, with exit code 1.",
    .silent_on =
        "Services that only other profiles enable (`dependency-in-inactive-profile`). Projects "
        "of which a file could not be read: it may be there. Files that another one includes or "
        "that are laid over others: something in the same directory, above or below declares it, "
        "or neither a call nor the default search leads to the file, and others lie beside it. "
        "Names that a variable gives (`${NET:-shop}`) where each machine has its own `.env`. "
        "Told all the same where a call brings up that file with others of its own that lack it, "
        "or "
        "alone; what it lacks and others around "
        "it have is told together.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_project = on_project,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
