#include <composelint/document.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

namespace composelint::rules {
namespace {

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || std::isdigit(static_cast<unsigned char>(c)) != 0 ||
                  c == '-' || c == '_';
         });
}

// What Compose makes of the directory's name; another name was given on a command line.
bool is_the_directorys(const Project& project) {
  std::string name;
  const std::string_view directory = project.directory;
  for (const char c : file_name(directory)) {
    const char low = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool kept =
        std::isalnum(static_cast<unsigned char>(low)) != 0 || low == '_' || low == '-';
    if (kept && (!name.empty() || (low != '_' && low != '-'))) name += low;
  }
  return name == project.name.value;
}

// The first key of the file that a call names first.
Span first_key(const Project& project) {
  for (const WrittenFile& file : project.written) {
    if (project.files.empty() || file.file != project.files.front()) continue;
    for (const yaml::Node* document : file.documents) {
      if (document != nullptr && !document->entries.empty() && !document->flow) {
        return document->entries.front().key->span;
      }
    }
  }
  return {};
}

void on_project(const Project& project, RuleContext& context) {
  if (project.name.from.span || !project.name.known || project.services.empty()) return;
  if (!is_the_directorys(project)) return;
  const Span key = first_key(project);
  if (!key) return;
  const std::string& name = project.name.value;
  Finding& finding =
      context.report(key,
                     "the project is called after the directory it lies in (" + quoted(name) +
                         "): moved or cloned elsewhere, it starts on new volumes beside the old "
                         "containers",
                     {"name"});
  if (!is_plain_name(name)) return;
  const Span before{key.file, key.begin, key.begin};
  const bool crlf = key.file->bytes().find("\r\n") != std::string_view::npos;
  finding.fixes.push_back({"Write the name down",
                           FixSafety::kUnsafe,
                           {{before, "name: " + name + (crlf ? "\r\n" : "\n")}}});
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n",
    .safe = "name: shop\n"
            "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(project_name_missing) = {
    .slug = "project-name-missing",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .preset = Preset::kStrict,
    .summary = "A project has no name of its own",
    .rationale =
        "Compose tells projects by their names, and so containers, networks and volumes. Without "
        "`name:`, `-p` or `COMPOSE_PROJECT_NAME` that is the name of the directory: two clones of "
        "one repository share a project when their directories are called alike, and a directory "
        "that is renamed leaves its volumes behind.",
    .silent_on =
        "A name in any of the files, or in `.env`. Names that calls give with `-p` are not asked "
        "for: the next call may not give them.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_project = on_project,
};

}  // namespace composelint::rules
