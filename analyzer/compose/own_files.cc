#include "analyzer/compose/own_files.h"

#include <composelint/lower_case.h>
#include <composelint/variable_name.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string_view>

#include "analyzer/text/ignore.h"
#include "analyzer/text/path.h"
#include "analyzer/text/readmes.h"

namespace composelint::compose {

namespace {

constexpr std::array<std::string_view, 9> kTemplate = {
    "example", "sample", "dist", "template", "tmpl", "tpl", "default", "skel", "j2"};

constexpr std::size_t kMost = 256 * 1024;
constexpr std::ptrdiff_t kMostFolders = 48;

// "env" of ".env", "app.env" of "app.env.example", without the marks of a template.
std::string bare_name(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of(".-_"), name.size());
    const std::string_view part = name.substr(0, end);
    const bool mark = std::any_of(kTemplate.begin(), kTemplate.end(),
                                  [&](std::string_view word) { return part.starts_with(word); });
    if (!part.empty() && !mark) ((out += out.empty() ? "" : ".") += part);
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return out;
}

bool is_template(std::string_view name) {
  return std::any_of(kTemplate.begin(), kTemplate.end(), [&](std::string_view word) {
    return name.find(word) != std::string_view::npos;
  });
}

bool has_template(const FileSystem& files, const std::string& path) {
  const Result<std::vector<DirectoryEntry>> entries = files.list(text::directory_of(path));
  if (!entries) return false;
  const std::string wanted = bare_name(text::name_of(path));
  return std::any_of(entries->begin(), entries->end(), [&](const DirectoryEntry& entry) {
    return is_template(entry.name) && bare_name(entry.name) == wanted;
  });
}

// "env" and "mail" of `.env.mail`, `mail.env` and `mail.env.j2`.
std::vector<std::string> parts_of(std::string_view name) {
  const std::string bare = bare_name(name);
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < bare.size();) {
    const std::size_t end = std::min(bare.find('.', at), bare.size());
    parts.push_back(bare.substr(at, end - at));
    at = end + 1;
  }
  std::sort(parts.begin(), parts.end());
  return parts;
}

bool has_template_in(const FileSystem& files, const std::string& directory,
                     const std::vector<std::string>& wanted) {
  if (files.kind(directory) != FileKind::kDirectory) return false;
  const Result<std::vector<DirectoryEntry>> entries = files.list(directory);
  return entries && std::any_of(entries->begin(), entries->end(), [&](const DirectoryEntry& entry) {
           return is_template(entry.name) && parts_of(entry.name) == wanted;
         });
}

// In `templates`, and in those of the folders beside that: `config/templates`.
bool has_template_around(const FileSystem& files, const std::string& directory,
                         const std::vector<std::string>& wanted) {
  constexpr std::string_view kFolder = "templates";
  if (has_template_in(files, text::join_path(directory, kFolder), wanted)) return true;
  const Result<std::vector<DirectoryEntry>> entries = files.list(directory);
  if (!entries) return false;
  const auto is_folder = [](const DirectoryEntry& entry) {
    return entry.kind == FileKind::kDirectory && !entry.name.starts_with('.');
  };
  const auto holds_it = [&](const DirectoryEntry& entry) {
    const std::string beside = text::join_path(directory, entry.name);
    return is_folder(entry) && has_template_in(files, text::join_path(beside, kFolder), wanted);
  };
  // Of so many, each has its own; and to look into all of them for each env file takes long.
  return std::count_if(entries->begin(), entries->end(), is_folder) <= kMostFolders &&
         std::any_of(entries->begin(), entries->end(), holds_it);
}

// Env files of other tools set variables in ways of their own: `: ${NAME:=x}`, `NAME: !var x`.
void add_names(std::string_view text, std::vector<std::string>& names) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_part_of_a_name(text[end])) ++end;
    const bool read = at > 0 && text[at - 1] == '$';
    if (end > at && !read) names.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
}

// `PG=16` as a line of its own, without quotes and what stands behind a blank.
void add_assignments(std::string_view text, std::vector<std::string>& names) {
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with("export ")) line.remove_prefix(7);
    const std::size_t equals = line.find('=');
    const std::string_view name = line.substr(0, equals);
    if (equals == line.npos || !has_letters_of_a_name(name)) continue;
    std::string_view value = line.substr(equals + 1);
    const bool in_quotes = value.starts_with('"') || value.starts_with('\'');
    if (in_quotes) value.remove_prefix(1);
    value = value.substr(0, value.find_first_of(in_quotes ? "\"'\r" : " \t\r#"));
    names.push_back(std::string(name) + "=" + std::string(value));
  }
}

// `DATA=/srv/data docker compose up`, `set DATA=C:\data&& docker compose up` on a line of a page.
void add_names_before_a_call(std::string_view line, std::vector<std::string>& names) {
  const std::size_t call = std::min(line.find("docker compose"), line.find("docker-compose"));
  if (call == line.npos) return;
  for (std::size_t equals = line.find('='); equals < call; equals = line.find('=', equals + 1)) {
    std::size_t begin = equals;
    while (begin > 0 && is_part_of_a_name(line[begin - 1])) --begin;
    const std::string_view before = line.substr(0, begin);
    const bool stands = before.empty() || before.ends_with('`') || before.ends_with("$ ") ||
                        before.ends_with("set ") || before.ends_with("env ");
    if (stands && begin < equals) names.emplace_back(line.substr(begin, equals - begin));
  }
}

// "Put", "in `.env`": somebody is told to set what the sentence names.
bool tells_to_set(std::string_view sentence) {
  static constexpr std::array<std::string_view, 17> kVerbs = {
      "adjust", "create", "enter", "update",  "write", "add", "change",  "configure", "define",
      "edit",   "export", "fill",  "provide", "put",   "set", "setting", "specify"};
  const std::string text = lower_case(sentence);
  if (text.find(".env") != text.npos || text.find("into your") != text.npos) return true;
  const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_letter(text[end])) ++end;
    const std::string_view word = std::string_view(text).substr(at, end - at);
    if (std::find(kVerbs.begin(), kVerbs.end(), word) != kVerbs.end()) return true;
    at = end + 1;
  }
  return false;
}

// "Put TAG=1.4 and HOST=… into your profile", and `TAG=1.4` as a line, an item or a cell of its
// own. "The log says TAG=latest" sets nothing, nor does `-e TAG=1.4`.
bool is_to_be_set(std::string_view line, std::size_t begin) {
  const std::string_view before = line.substr(0, begin);
  if (before.ends_with("-e ") || before.ends_with("--env ")) return false;
  const std::size_t last = before.find_last_not_of(" \t`*");
  if (last == before.npos || before[last] == '|') return true;
  if (before.find_first_not_of(" \t`*+-0123456789.)") == before.npos) return true;
  const std::size_t dot = before.rfind(". ");
  const std::string_view sentence = line.substr(dot == before.npos ? 0 : dot + 2);
  return tells_to_set(sentence.substr(0, sentence.find(". ")));
}

// A name as variables have it, with a value.
void add_named_in_prose(std::string_view line, std::vector<std::string>& names) {
  const auto is_capital = [](char c) { return is_part_of_a_name(c) && (c < 'a' || c > 'z'); };
  for (std::size_t equals = line.find('='); equals != line.npos;
       equals = line.find('=', equals + 1)) {
    std::size_t begin = equals;
    while (begin > 0 && is_capital(line[begin - 1])) --begin;
    const bool stands = begin == 0 || line[begin - 1] == ' ' || line[begin - 1] == '`';
    const bool has_value =
        equals + 1 < line.size() && line[equals + 1] > ' ' && line[equals + 1] != '=';
    if (stands && has_value && equals - begin > 2 && is_to_be_set(line, begin)) {
      names.emplace_back(line.substr(begin, equals - begin));
    }
  }
}

// `export DB_HOST=db1.example.org` of a page beside it: whoever reads that sets it.
void add_told_names(std::string_view text, std::vector<std::string>& names) {
  constexpr std::string_view kExport = "export ";
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t>$`"), line.size()));
    add_names_before_a_call(line, names);
    add_named_in_prose(line, names);
    if (!line.starts_with(kExport)) continue;
    line.remove_prefix(kExport.size());
    const std::size_t end = line.find('=');
    const std::string_view name = line.substr(0, end);
    if (end != line.npos && std::all_of(name.begin(), name.end(), is_part_of_a_name))
      names.emplace_back(name);
  }
}

// "We no longer copy .env": not where the sentence says no before it.
bool tells_to(std::string_view line, std::string_view verb) {
  static constexpr std::array<std::string_view, 4> kNo = {"n't ", "never ", "no longer ", "not "};
  for (std::size_t at = line.find(verb); at != line.npos; at = line.find(verb, at + 1)) {
    std::string_view before = line.substr(0, at);
    const std::size_t begin = before.find_last_of(".:;,!?");
    if (begin != before.npos) before.remove_prefix(begin + 1);
    if (std::none_of(kNo.begin(), kNo.end(),
                     [&](std::string_view no) { return before.find(no) != before.npos; })) {
      return true;
    }
  }
  return false;
}

// "You will have to copy a .env file to the folder", in the page beside it.
bool is_to_be_made(const FileSystem& files, const std::string& path) {
  const std::string_view name = text::name_of(path);
  const auto tells = [&](std::string_view line) {
    const std::size_t at = line.find(name);
    if (at == line.npos) return false;
    const std::size_t end = at + name.size();
    const bool whole = (at == 0 || !is_part_of_a_name(line[at - 1])) &&
                       (end == line.size() || (!is_part_of_a_name(line[end]) && line[end] != '.') ||
                        end + 1 == line.size() || line[end + 1] == ' ');
    return whole && (tells_to(line, "copy ") || tells_to(line, "Copy ") ||
                     tells_to(line, "create ") || tells_to(line, "Create "));
  };
  for (const text::Readme& readme : text::readmes_in(files, text::directory_of(path))) {
    for (std::string_view rest = readme.text; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      if (tells(line)) return true;
    }
  }
  return false;
}

bool sets_variables(std::string_view name) {
  static constexpr std::array<std::string_view, 3> kParts = {"env", "secret", "vars"};
  return std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) {
    return name.find(part) != std::string_view::npos;
  });
}

// By the lists of that name on the way up to the repository's root.
bool is_ignored_by(const FileSystem& files, const std::string& path, const char* name) {
  for (std::string at = text::directory_of(path);; at = text::directory_of(at)) {
    const std::string list = text::join_path(at, name);
    if (files.kind(list) == FileKind::kRegular) {
      const Result<std::string> lines = files.read(list);
      if (lines) {
        const text::IgnorePatterns patterns = text::IgnorePatterns::parse(*lines);
        // A directory above that is ignored takes the file along.
        for (std::string part = path; part.size() > at.size(); part = text::directory_of(part)) {
          const std::string inside = text::relative_path(at, part);
          if (const auto verdict = patterns.match(inside, part != path)) return *verdict;
        }
      }
    }
    if (at == "/" || files.kind(text::join_path(at, ".git")) != FileKind::kNone) return false;
  }
}

// Pipelines of Jenkins, which set variables for the calls they make.
bool is_pipeline(std::string_view name) {
  return name.starts_with("Jenkinsfile") || name.ends_with(".groovy");
}

bool holds_pipelines(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kNames = {"ci", "jenkins", "pipeline", "vars"};
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view part) { return name.find(part) != name.npos; });
}

void add_pipelines(const FileSystem& files, const std::string& directory, std::size_t depth,
                   std::vector<std::string>& names) {
  const Result<std::vector<DirectoryEntry>> entries = files.list(directory);
  if (!entries) return;
  for (const DirectoryEntry& entry : *entries) {
    const std::string path = text::join_path(directory, entry.name);
    if (entry.kind == FileKind::kRegular && is_pipeline(entry.name)) {
      if (const Result<std::string> text = files.read_head(path, kMost)) add_names(*text, names);
    } else if (entry.kind == FileKind::kDirectory && depth > 0) {
      add_pipelines(files, path, depth - 1, names);
    }
  }
}

}  // namespace

bool git_ignores(const FileSystem& files, const std::string& path) {
  return is_ignored_by(files, path, ".gitignore");
}

bool leads_nowhere(const FileSystem& files, const std::string& path) {
  if (files.kind(path) != FileKind::kNone) return false;
  const Result<std::vector<DirectoryEntry>> entries = files.list(text::directory_of(path));
  return entries && std::any_of(entries->begin(), entries->end(), [&](const DirectoryEntry& entry) {
           return entry.name == text::name_of(path);
         });
}

bool is_each_machines_own(const FileSystem& files, const std::string& path) {
  return files.kind(text::directory_of(path)) != FileKind::kDirectory ||
         has_template(files, path) || git_ignores(files, path) || leads_nowhere(files, path) ||
         is_to_be_made(files, path);
}

bool is_made_of_a_template(const FileSystem& files, const std::string& root,
                           const std::string& path) {
  const std::vector<std::string> wanted = parts_of(text::name_of(path));
  // What is called `.env` and no more is each project's own.
  if (wanted.size() < 2 || root.empty() || !path.starts_with(root + "/")) return false;
  for (std::string at = text::directory_of(path);; at = text::directory_of(at)) {
    if (has_template_around(files, at, wanted)) return true;
    if (at.size() <= root.size()) return false;
  }
}

bool is_kept_out_of_images(const FileSystem& files, const std::string& path) {
  const std::string beside = text::join_path(text::directory_of(path), "composelint-any-other");
  return is_ignored_by(files, path, ".dockerignore") &&
         !is_ignored_by(files, beside, ".dockerignore");
}

std::vector<std::string> variables_set_in(const FileSystem& files, const std::string& directory) {
  std::vector<std::string> names;
  const Result<std::vector<DirectoryEntry>> entries = files.list(directory);
  if (!entries) return names;
  constexpr std::size_t kDepth = 3;
  for (const DirectoryEntry& entry : *entries) {
    const std::string path = text::join_path(directory, entry.name);
    if (entry.kind == FileKind::kDirectory && holds_pipelines(entry.name)) {
      add_pipelines(files, path, kDepth, names);
    }
    const bool sets = sets_variables(entry.name) || is_pipeline(entry.name);
    if (entry.kind != FileKind::kRegular || !sets) continue;
    const Result<std::string> text = files.read_head(path, kMost);
    if (!text) continue;
    add_names(*text, names);
    add_assignments(*text, names);
  }
  for (const text::Readme& readme : text::readmes_in(files, directory)) {
    add_told_names(readme.text, names);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace composelint::compose
