#include "analyzer/engine/compose_template.h"

#include <composelint/document.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>

#include "analyzer/compose/select_files.h"
#include "analyzer/engine/template_names.h"
#include "analyzer/signs/reports/written_nodes.h"
#include "analyzer/text/path.h"
#include "analyzer/yaml/document.h"

namespace composelint::engine {

namespace {

using std::string_view;

// Takes the next line off `text`, without its end.
string_view next_line(string_view& text) {
  string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
  return line;
}

string_view trimmed(string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return line;
}

// `{{ name }}:`, `"{{ name }}":`, `app-${NAME}:`; nothing stands behind the colon.
bool is_open_key(string_view line, string_view mark) {
  if (!line.ends_with(':') || line.starts_with('#') || line.starts_with('-')) return false;
  return line.find(mark) != string_view::npos && line.find(": ") == string_view::npos;
}

// A name right below `services`, `volumes` or `networks` is yet to come.
bool has_open_names(string_view text, string_view mark) {
  bool in_section = false;
  std::size_t names = 0;  // their indentation
  while (!text.empty()) {
    const string_view line = next_line(text);
    const string_view inner = trimmed(line);
    if (inner.empty() || inner.starts_with('#')) continue;
    const std::size_t indent = line.size() - inner.size();
    if (indent == 0) {
      in_section = line == "services:" || line == "volumes:" || line == "networks:";
      names = 0;
      continue;
    }
    if (!in_section) continue;
    if (names == 0) names = indent;
    if (indent == names && is_open_key(inner, mark)) return true;
  }
  return false;
}

// A line that begins with a tag, or a value that is one: `image: {{ image }}`.
bool has_marks(string_view text) {
  static constexpr std::array<string_view, 3> kTags = {"{{", "{%", "<%"};
  while (!text.empty()) {
    const string_view line = trimmed(next_line(text));
    if (line.starts_with('#')) continue;
    for (const string_view tag : kTags) {
      const std::size_t at = line.find(tag);
      if (at == string_view::npos) continue;
      const string_view before = line.substr(0, at);
      if (before.empty() || before.ends_with(": ") || before.ends_with("- ")) return true;
    }
  }
  return false;
}

// `<%- hosts.each do |host| -%>`, `#!end…` of a block in comments: a line that says what becomes of
// others.
bool has_statements(string_view text) {
  while (!text.empty()) {
    const string_view line = trimmed(next_line(text));
    if (line.starts_with("<%") || line.starts_with("{%") || line.starts_with("#!end")) return true;
  }
  return false;
}

// `image: {{ image }}` is YAML, and nothing that anybody means.
bool has_mapping_as_key(const yaml::Stream& stream) {
  bool found = false;
  for (const yaml::Node* root : stream.documents()) {
    for_each_node(*root, [&](const yaml::Node& node) {
      for (const yaml::Entry& entry : node.entries) {
        found |= entry.key->kind == yaml::NodeKind::kMapping;
      }
    });
  }
  return found;
}

bool is_named_template(string_view path) {
  const string_view name = text::name_of(path);
  if (is_template_name(path) || name.find("template") != string_view::npos) return true;
  static constexpr std::array<string_view, 5> kSigns = {".erb.", ".tmpl.", ".tpl.", ".j2.",
                                                        ".jinja."};
  if (std::any_of(kSigns.begin(), kSigns.end(),
                  [&](string_view sign) { return name.find(sign) != string_view::npos; })) {
    return true;
  }
  return path.find("/templates/") != string_view::npos ||
         path.find("/template/") != string_view::npos;
}

// sed takes text out of compose files as well, `-n`, and changes them where they are, `-i`.
bool fills_in(const Step& step) {
  static constexpr std::array<string_view, 10> kPrograms = {
      "confd", "consul-template", "envsubst", "envtpl", "esh", "gomplate",
      "j2",    "jinja2",          "mustache", "sed"};
  if (step.argv.empty()) return false;
  const string_view program = text::name_of(step.argv.front().text);
  if (std::find(kPrograms.begin(), kPrograms.end(), program) == kPrograms.end()) return false;
  return program != "sed" ||
         std::none_of(step.argv.begin() + 1, step.argv.end(), [](const Argument& word) {
           return word.text.starts_with("-n") || word.text.starts_with("-i");
         });
}

bool ends_so(const Argument& word, string_view name) {
  return text::name_of(word.text) == name;
}

// Its last line is `services:`, for somebody to write behind it.
bool ends_with_open_services(string_view text) {
  string_view last;
  while (!text.empty()) {
    const string_view line = next_line(text);
    const string_view inner = trimmed(line);
    if (!inner.empty() && !inner.starts_with('#')) last = line;
  }
  return last == "services:";
}

// Some script has a program of templates read a file of this name.
bool is_rendered(const Workspace& workspace, string_view path) {
  const string_view name = text::name_of(path);
  for (const std::unique_ptr<ScriptFacts>& script : workspace.scripts) {
    for (const Step& step : script->timeline.steps) {
      if (!fills_in(step)) continue;
      if (step.in.kind == StreamKind::kFile && ends_so(step.in.target, name)) return true;
      if (std::any_of(step.argv.begin() + 1, step.argv.end(),
                      [&](const Argument& word) { return ends_so(word, name); })) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

bool is_compose_template(const SourceFile& file, string_view path, bool rendered) {
  const string_view text = file.bytes();
  if (has_open_names(text, "{{")) return true;
  const bool meant = rendered || is_named_template(path);
  // Somebody may believe that Compose fills keys in.
  if (has_open_names(text, "${") && (meant || !compose::is_default_name(text::name_of(path))))
    return true;
  if (meant && (has_statements(text) || ends_with_open_services(text))) return true;
  const bool marks = has_marks(text);
  if (!meant && !marks) return false;
  const Result<yaml::Stream> stream = yaml::parse(file);
  if (!stream) return stream.failure().code == FailureCode::kSyntax;
  return marks && has_mapping_as_key(*stream);
}

bool pass_over_template(const SourceFile& file, const std::string& path, const Workspace& workspace,
                        Run& run) {
  if (!is_compose_template(file, path, is_rendered(workspace, path))) return false;
  const std::string why = "is a template and is not checked";
  run.files.push_back({file.path(), "", why, 0, false});
  run.notifications.push_back({Severity::kNote, file.path(), {}, why});
  return true;
}

}  // namespace composelint::engine
