#include "analyzer/hosts/makefile_parser.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "analyzer/hosts/make_expand.h"
#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

constexpr std::size_t kMostFiles = 64;
constexpr std::size_t kIncludeDepth = 8;
constexpr std::size_t kMostRules = 20'000;
constexpr std::size_t kMostNames = 256;  // of one rule

std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find_first_of(" \t("));
}

// Behind the first word.
Located behind_word(const Located& line, std::size_t size) {
  return line.part(size, line.text.size()).trimmed();
}

struct Operator {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

// The assignment in `text`, if it is one: a ':' that is none comes first in a rule.
std::optional<Operator> find_operator(std::string_view text) {
  for (std::size_t i = find_outside(text, ":="); i != std::string_view::npos;
       i = find_outside(text, ":=", i + 1)) {
    if (text[i] == '=') {
      const bool marked = i > 0 && std::string_view("?+!").find(text[i - 1]) != text.npos;
      const std::size_t begin = marked ? i - 1 : i;
      return Operator{begin, i + 1, std::string(text.substr(begin, i + 1 - begin))};
    }
    std::size_t end = i;
    while (end < text.size() && text[end] == ':') ++end;
    if (end < text.size() && text[end] == '=') return Operator{i, end + 1, ":="};
    return std::nullopt;
  }
  return std::nullopt;
}

MakeAssign assign_of(std::string_view op) {
  if (op == "?=") return MakeAssign::kDefault;
  if (op == "+=") return MakeAssign::kAppend;
  return MakeAssign::kSet;
}

}  // namespace

void MakefileParser::read_file(const SourceFile& file, const std::string& path) {
  if (++files_ > kMostFiles || open_files_.size() >= kIncludeDepth) return;
  if (std::find(open_files_.begin(), open_files_.end(), path) != open_files_.end()) return;
  open_files_.push_back(path);
  const std::string outer = std::exchange(path_, path);
  makefiles_ += (makefiles_.empty() ? "" : " ") + path;
  expander_.set_makefiles(makefiles_);
  const std::size_t depth = conditionals_.size();
  const MakeGuard guard = guard_;
  current_.clear();
  model_.owner_read = model_.owner_read || &file == model_.owner;
  LineReader lines(file);
  while (!lines.done()) {
    if (!current_.empty() && lines.recipe_next(prefix_)) {
      add_recipe_line(lines.recipe_line(prefix_));
      continue;
    }
    const Located line = lines.make_line().trimmed();
    if (lines.comment() && &file == model_.owner) {
      host_.comments.push_back({lines.comment(), line.text.empty()});
    }
    if (line.text.empty() || read_conditional(line)) continue;
    read_statement(line, lines);
  }
  conditionals_.resize(depth);
  guard_ = guard;
  current_.clear();
  path_ = outer;
  open_files_.pop_back();
}

void MakefileParser::add_recipe_line(Located line) {
  for (const auto& [target, rule] : current_) {
    MakeRule& to = model_.targets[target].rules[rule];
    to.has_recipe = true;
    to.recipe.push_back({line, guard_});
  }
}

bool MakefileParser::read_conditional(const Located& line) {
  std::string_view word = first_word(line.text);
  const bool alternative = word == "else";
  Located rest = behind_word(line, word.size());
  if (word == "endif") {
    if (conditionals_.empty()) return true;
    const Open open = conditionals_.back();
    conditionals_.pop_back();
    guard_.pop_back();
    model_.variables.close(guard_, open.condition, open.arm + 1, open.has_else, open.unless_set);
    return true;
  }
  if (alternative) {
    if (conditionals_.empty()) return true;
    Open& open = conditionals_.back();
    open.unless_set.clear();
    open.has_else = rest.text.empty();
    ++open.arm;
    guard_.back().arm = open.arm;
    return true;
  }
  if (word != "ifeq" && word != "ifneq" && word != "ifdef" && word != "ifndef") return false;
  Open open;
  open.condition = ++conditions_;
  if (rest.text.find("$(shell") != std::string::npos) {
    model_.asked.push_back(expander_.expand(rest, guard_));
  }
  if (word == "ifndef") open.unless_set = rest.text;
  // ifeq ($(NAME),)
  if (word == "ifeq" && rest.text.starts_with('(')) {
    const std::size_t comma = find_outside(rest.text, ",", 1);
    const std::string asked = rest.part(1, comma).trimmed().text;
    const std::string with = rest.part(comma + 1, rest.text.size() - 1).trimmed().text;
    if (with.empty() && asked.size() > 3 && (asked.starts_with("$(") || asked.starts_with("${"))) {
      open.unless_set = asked.substr(2, asked.size() - 3);
      if (open.unless_set.starts_with("origin ")) open.unless_set.clear();
    }
    if (asked.starts_with("$(origin ") && with == "undefined") {
      open.unless_set = asked.substr(9, asked.size() - 10);
    }
  }
  guard_.push_back({open.condition, 0});
  conditionals_.push_back(std::move(open));
  return true;
}

void MakefileParser::read_statement(const Located& line, LineReader& lines) {
  if (read_directive(line, lines) || read_evaluation(line)) return;
  if (read_assignment(line, false)) {
    current_.clear();
    return;
  }
  read_rule(line);
}

bool MakefileParser::read_directive(const Located& line, LineReader& lines) {
  const std::string word(first_word(line.text));
  const Located rest = behind_word(line, word.size());
  // A variable may bear the name of a directive.
  const bool assigned = !rest.text.empty() && find_operator(rest.text).has_value() &&
                        find_operator(rest.text)->begin == 0;
  if (assigned) return false;
  if (word == "include" || word == "-include" || word == "sinclude") {
    include(rest, path_);
    return true;
  }
  if (word == "define") {
    read_define(rest, lines, false);
    return true;
  }
  if (word == "override" || word == "private") {
    if (rest.text.starts_with("define")) {
      read_define(behind_word(rest, 6), lines, false);
    } else {
      read_assignment(rest, false);
    }
    return true;
  }
  if (word == "export") {
    if (rest.text.starts_with("define ")) {
      read_define(behind_word(rest, 6), lines, true);
    } else if (!read_assignment(rest, true)) {
      read_export(rest);
    }
    return true;
  }
  if (word == "unexport") {
    for (std::string& name : names_in(rest)) model_.unexported.insert(std::move(name));
    return true;
  }
  if (word == "undefine") {
    model_.variables.undefine(rest.text);
    return true;
  }
  return word == "vpath" || word == "load" || word == "-load";
}

void MakefileParser::read_export(const Located& rest) {
  if (rest.text.empty()) {
    model_.export_all = true;
    return;
  }
  for (std::string& name : names_in(rest)) model_.exported.insert(std::move(name));
}

void MakefileParser::read_define(const Located& line, LineReader& lines, bool exported) {
  const std::optional<Operator> op = find_operator(line.text);
  const Located name = line.part(0, op ? op->begin : line.text.size()).trimmed();
  Located body;
  body.file = line.file;
  std::size_t depth = 1;
  while (!lines.done()) {
    Located raw = lines.raw_line();
    const std::string text = raw.trimmed().text;
    if (first_word(text) == "define") ++depth;
    if (first_word(text) == "endef" && --depth == 0) break;
    if (!body.text.empty()) body.push('\n', raw.at.empty() ? body.at.back() : raw.at.front());
    body.text += raw.text;
    body.at.insert(body.at.end(), raw.at.begin(), raw.at.end());
  }
  if (name.text.empty()) return;
  const std::string kind = op ? op->text : "=";
  model_.variables.assign(name.text, assign_of(kind), value_of(kind, body), guard_);
  if (exported) model_.exported.insert(name.text);
}

MakeValue MakefileParser::value_of(const std::string& op, const Located& text) {
  MakeValue value;
  value.raw = text;
  if (op == ":=" || !bound_.empty()) {
    value.expanded = true;
    value.text = expander_.expand(text, guard_, bound_);
  } else if (op == "!=") {
    value.expanded = true;
    RunnerText code = plain_text("$(", text.span());
    append(code, expander_.expand(text, guard_));
    append(code, plain_text(")", text.span()));
    for (TextPart& part : code) part.code = true;
    value.text = std::move(code);
  }
  return value;
}

bool MakefileParser::read_assignment(const Located& line, bool exported) {
  const std::optional<Operator> op = find_operator(line.text);
  if (!op) return false;
  const Located written = line.part(0, op->begin).trimmed();
  const RunnerText expanded = expander_.expand(written, guard_, bound_);
  const std::string name = plain(expanded);
  if (!is_plain(expanded) || name.empty() || name.find_first_of(" \t") != std::string::npos) {
    return true;
  }
  const Located text = line.part(op->end, line.text.size()).trimmed();
  if (name == ".RECIPEPREFIX") {
    prefix_ = text.text.empty() ? '\t' : text.text.front();
    return true;
  }
  MakeValue value = value_of(op->text, text);
  if (op->text == "?=" && text.text.empty()) {  // there to be filled in
    value.expanded = true;
    value.text = hole_text(name, written.span());
  }
  model_.variables.assign(name, assign_of(op->text), std::move(value), guard_);
  if (exported) model_.exported.insert(name);
  return true;
}

std::vector<std::string> MakefileParser::names_in(const Located& text) {
  std::vector<std::string> names;
  for (const Located& word : text.words()) {
    const RunnerText expanded = expander_.expand(word, guard_, bound_);
    if (!is_plain(expanded)) continue;
    Located known;
    known.text = plain(expanded);
    known.at.assign(known.text.size(), 0);
    for (Located& name : known.words()) {
      if (names.size() >= kMostNames) return names;
      names.push_back(std::move(name.text));
    }
  }
  return names;
}

void MakefileParser::include(const Located& names, const std::string& from) {
  for (const std::string& name : names_in(names)) {
    // As make does: from where it was started.
    std::string path = text::join_path(model_.directory, name);
    const SourceFile* file = nullptr;
    if (path == request_.path) {
      file = &request_.file;
    } else if (request_.open) {
      file = request_.open(path);
      if (file == nullptr) {
        path = text::join_path(text::directory_of(from), name);
        file = request_.open(path);
      }
    }
    if (file == nullptr) continue;
    read_file(*file, path);
    expander_.set_makefiles(makefiles_);
  }
}

MakeTarget& MakefileParser::target_named(const std::string& name, Span span) {
  const auto [known, fresh] = model_.by_name.emplace(name, model_.targets.size());
  if (fresh) {
    model_.targets.push_back({name, span, {}, {}});
    if (name.find('%') != std::string::npos) model_.patterns.push_back(known->second);
  }
  return model_.targets[known->second];
}

void MakefileParser::read_special(const std::string& name, const std::vector<std::string>& words) {
  if (name == ".ONESHELL") model_.one_shell = true;
  if (name == ".PHONY") model_.phony.insert(model_.phony.end(), words.begin(), words.end());
  if (name == ".EXPORT_ALL_VARIABLES") model_.export_all = true;
  if (name == ".IGNORE") {
    model_.ignore_all = model_.ignore_all || words.empty();
    model_.ignored.insert(words.begin(), words.end());
  }
}

bool MakefileParser::read_setting(const std::vector<Located>& targets, const Located& rest) {
  const std::size_t semicolon = find_outside(rest.text, ";");
  std::optional<Operator> op = find_operator(rest.text);
  if (!op || semicolon < op->begin) return false;
  Located name = rest.part(0, op->begin).trimmed();
  for (const std::string_view word : {"export ", "private ", "override "}) {
    if (name.text.starts_with(word)) name = behind_word(name, word.size() - 1);
  }
  const Located text = rest.part(op->end, rest.text.size()).trimmed();
  for (const Located& target : targets) {
    for (const std::string& known : names_in(target)) {
      target_named(known, target.span())
          .settings.push_back({name.text, assign_of(op->text), value_of(op->text, text), guard_});
    }
  }
  return true;
}

// targets : [pattern :] prerequisites [| order-only] [; recipe]
void MakefileParser::read_rule(const Located& line) {
  current_.clear();
  const std::size_t colon = find_outside(line.text, ":");
  if (colon == std::string::npos || ++rules_ > kMostRules) return;
  std::size_t behind = colon + 1;
  const bool twice = behind < line.text.size() && line.text[behind] == ':';
  if (twice) ++behind;
  std::size_t end = colon;
  if (end > 0 && line.text[end - 1] == '&') --end;
  const std::vector<Located> targets = line.part(0, end).words();
  Located rest = line.part(behind, line.text.size());
  if (read_setting(targets, rest)) return;
  const std::size_t semicolon = find_outside(rest.text, ";");
  std::optional<Located> inline_recipe;
  if (semicolon != std::string::npos) {
    inline_recipe = rest.part(semicolon + 1, rest.text.size()).trimmed();
    rest = rest.part(0, semicolon);
  }
  std::string pattern;
  const std::size_t second = find_outside(rest.text, ":");
  if (second != std::string::npos) {
    const std::vector<std::string> one = names_in(rest.part(0, second));
    if (one.size() == 1) pattern = one.front();
    rest = rest.part(second + 1, rest.text.size());
  }
  std::replace(rest.text.begin(), rest.text.end(), '|', ' ');
  const std::vector<std::string> before = names_in(rest);
  std::size_t count = 0;
  for (const Located& written : targets) {
    for (const std::string& name : names_in(written)) {
      if (name.starts_with('.') && name.size() > 1 && name.find('/') == std::string::npos &&
          std::all_of(name.begin() + 1, name.end(),
                      [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; })) {
        read_special(name, before);
        continue;
      }
      if (++count > kMostNames) return;
      MakeTarget& target = target_named(name, written.span());
      MakeRule rule;
      rule.span = written.span();
      rule.guard = guard_;
      rule.double_colon = twice;
      rule.before = before;
      if (!pattern.empty()) {
        rule.stem = pattern_stem(pattern, name);
        for (std::string& one : rule.before) one = with_stem(one, rule.stem);
      }
      target.rules.push_back(std::move(rule));
      current_.emplace_back(model_.by_name.find(name)->second, target.rules.size() - 1);
    }
  }
  if (inline_recipe) add_recipe_line(*inline_recipe);
}

void parse_makefile(const ReadRequest& request, MakeModel& model, MakeExpander& expander,
                    HostFile& host) {
  MakefileParser parser(request, model, expander, host);
  parser.read_file(request.file, request.path);
}

}  // namespace composelint::hosts
