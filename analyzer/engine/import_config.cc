#include "analyzer/engine/import_config.h"

#include <composelint/nearest.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "analyzer/knowledge/peer_rules.h"
#include "analyzer/text/path.h"
#include "analyzer/yaml/document.h"

namespace composelint::engine {

namespace {

using yaml::Node;
using yaml::NodeKind;

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + '"';
}

// `# why`, on one line whatever the text holds.
std::string comment(std::string_view text) {
  std::string out = "  # ";
  for (const char c : text) out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  return out;
}

class Importer {
 public:
  Importer(const SourceFile& file, std::string_view tool) : file_(file), tool_(tool) {}

  Result<ImportedConfig> run(const Node& root);

 private:
  void leave(Span span, std::string message) {
    out_.left_aside.push_back({Severity::kWarning, file_.path(), span, std::move(message)});
  }
  void refuse(Span span, std::string message) {
    if (!failure_) failure_ = Failure{FailureCode::kInvalid, std::move(message), span};
  }

  void take_rule(const yaml::Entry& entry);
  void take_dclint(const knowledge::PeerRule& peer, const Node& value);
  void take_compose_lint(const knowledge::PeerRule& peer, const Node& value);
  void take_excluded(const knowledge::PeerRule& peer, const Node& value);
  void take_paths(const Node& list);
  void set(const knowledge::PeerRule& peer, std::string_view level, std::string_view why);
  std::string text() const;

  struct Level {
    std::string level;
    std::string why;  // a comment
  };
  struct Excluded {
    std::string service;
    std::string why;
    std::vector<std::string> slugs;
  };

  const SourceFile& file_;
  std::string_view tool_;
  ImportedConfig out_;
  std::optional<Failure> failure_;
  std::vector<std::string> order_;  // of levels_, as in the file
  std::map<std::string, Level> levels_;
  std::vector<Excluded> excluded_;
  std::vector<std::string> paths_;
};

int grade(std::string_view level) {
  constexpr std::array<std::string_view, 5> kGrades = {"off", "note", "on", "warning", "error"};
  return static_cast<int>(std::find(kGrades.begin(), kGrades.end(), level) - kGrades.begin());
}

// Several of their rules may be one of ours: the gravest counts.
void Importer::set(const knowledge::PeerRule& peer, std::string_view level, std::string_view why) {
  for (const std::string_view slug : peer.slugs) {
    const auto [entry, added] = levels_.emplace(slug, Level{std::string(level), std::string(why)});
    if (added) {
      order_.emplace_back(slug);
    } else if (grade(level) > grade(entry->second.level)) {
      entry->second = {std::string(level), std::string(why)};
    }
  }
}

// 0, 1, 2, or one of them with options.
void Importer::take_dclint(const knowledge::PeerRule& peer, const Node& value) {
  const Node* level = &value;
  if (value.kind == NodeKind::kSequence && !value.items.empty()) {
    level = &value.items.front()->resolved();
    if (value.items.size() > 1) {
      leave(value.items[1]->span, fmt::format("the options of {} have no counterpart", peer.name));
    }
  }
  constexpr std::array<std::string_view, 3> kLevels = {"off", "warning", "error"};
  const bool digit = level->kind == NodeKind::kScalar && level->text.size() == 1 &&
                     level->text[0] >= '0' && level->text[0] <= '2';
  if (!digit) {
    refuse(value.span,
           fmt::format("the level of {} is 0, 1 or 2, or a list that begins with one", peer.name));
    return;
  }
  set(peer, kLevels[static_cast<std::size_t>(level->text[0] - '0')], peer.name);
}

void Importer::take_excluded(const knowledge::PeerRule& peer, const Node& value) {
  const auto add = [&](const Node& name, std::string why) {
    Excluded entry{std::string(name.text), std::move(why), {}};
    for (const std::string_view slug : peer.slugs) entry.slugs.emplace_back(slug);
    excluded_.push_back(std::move(entry));
  };
  for (const Node* item : value.items) add(item->resolved(), {});
  for (const yaml::Entry& entry : value.entries) {
    add(entry.key->resolved(), std::string(entry.value->resolved().text));
  }
}

void Importer::take_compose_lint(const knowledge::PeerRule& peer, const Node& value) {
  if (value.kind != NodeKind::kMapping) {
    refuse(value.span, fmt::format("what is said of {} is no mapping", peer.name));
    return;
  }
  static constexpr std::pair<std::string_view, std::string_view> kGrades[] = {
      {"critical", "error"}, {"high", "error"}, {"medium", "warning"}, {"low", "note"}};
  const Node* enabled = value.find("enabled");
  if (enabled != nullptr && enabled->resolved().text == "false") {
    const Node* reason = value.find("reason");
    set(peer, "off",
        reason == nullptr ? std::string(peer.name)
                          : fmt::format("{}: {}", peer.name, reason->resolved().text));
    return;
  }
  if (const Node* severity = value.find("severity")) {
    const std::string_view word = severity->resolved().text;
    const auto* found = std::find_if(std::begin(kGrades), std::end(kGrades),
                                     [&](const auto& each) { return each.first == word; });
    if (found == std::end(kGrades)) {
      refuse(severity->span,
             fmt::format("{} is no severity: critical, high, medium or low", quoted(word)));
      return;
    }
    set(peer, found->second, fmt::format("{}, {}", peer.name, word));
  }
  if (const Node* excluded = value.find("exclude_services")) {
    take_excluded(peer, excluded->resolved());
  }
}

void Importer::take_rule(const yaml::Entry& entry) {
  const std::string_view name = entry.key->resolved().text;
  const knowledge::PeerRule* peer = knowledge::find_peer_rule(tool_, name);
  if (peer == nullptr) {
    std::vector<std::string_view> known;
    for (const knowledge::PeerRule& each : knowledge::peer_rules()) {
      if (each.tool == tool_) known.push_back(each.name);
    }
    const std::string_view meant = nearest(name, known);
    leave(entry.key->span,
          fmt::format("{} has no rule {}{}", tool_, quoted(name),
                      meant.empty() ? std::string() : fmt::format("; is it {}?", quoted(meant))));
    return;
  }
  if (peer->slugs.empty()) {
    leave(entry.key->span, fmt::format("{} has no counterpart: {}", name, peer->why));
    return;
  }
  const Node& value = entry.value->resolved();
  if (tool_ == "dclint") {
    take_dclint(*peer, value);
  } else {
    take_compose_lint(*peer, value);
  }
}

void Importer::take_paths(const Node& list) {
  for (const Node* item : list.items) paths_.emplace_back(item->resolved().text);
}

Result<ImportedConfig> Importer::run(const Node& root) {
  const bool empty = root.kind == NodeKind::kScalar && root.style == yaml::ScalarStyle::kNone;
  if (root.kind != NodeKind::kMapping && !empty) {
    return Failure{FailureCode::kInvalid, "a configuration is a mapping", root.span};
  }
  for (const yaml::Entry& entry : root.entries) {
    const std::string_view key = entry.key->resolved().text;
    const Node& value = entry.value->resolved();
    if (key == "rules") {
      for (const yaml::Entry& rule : value.entries) take_rule(rule);
    } else if (key == "exclude" && tool_ == "dclint") {
      take_paths(value);
    } else if (key != "$schema") {
      leave(entry.key->span, fmt::format("{} has no counterpart", quoted(key)));
    }
  }
  if (failure_) return *failure_;
  out_.text = text();
  return std::move(out_);
}

std::string Importer::text() const {
  std::string out =
      fmt::format("# Taken over from {} of {}.\n", text::name_of(file_.path()), tool_);
  if (!order_.empty()) out += "rules:\n";
  for (const std::string& slug : order_) {
    const Level& level = levels_.at(slug);
    out += fmt::format("  {}: {}{}\n", slug, level.level, comment(level.why));
  }
  if (!excluded_.empty() || !paths_.empty()) out += "overrides:\n";
  for (const Excluded& entry : excluded_) {
    out += fmt::format("  - services: {}{}\n    rules: {{", quoted(entry.service),
                       entry.why.empty() ? std::string() : comment(entry.why));
    for (const std::string& slug : entry.slugs) {
      out += fmt::format("{}{}: off", &slug == &entry.slugs.front() ? "" : ", ", slug);
    }
    out += "}\n";
  }
  if (paths_.empty()) return out;
  out += "  - paths:\n";
  for (const std::string& path : paths_) out += fmt::format("      - {}\n", quoted(path));
  out += "    rules:\n";
  std::set<std::string_view> seen;
  for (const knowledge::PeerRule& peer : knowledge::peer_rules()) {
    if (peer.tool != tool_) continue;
    for (const std::string_view slug : peer.slugs) {
      if (seen.insert(slug).second) out += fmt::format("      {}: off\n", slug);
    }
  }
  return out;
}

std::string_view tool_of(std::string_view name) {
  if (name.starts_with(".dclintrc")) return "dclint";
  if (name.starts_with(".compose-lint.") || name.starts_with("compose-lint.")) {
    return "compose-lint";
  }
  return {};
}

}  // namespace

Result<ImportedConfig> import_config(const SourceFile& file) {
  const std::string_view name = text::name_of(file.path());
  const std::string_view extension = text::extension_of(name);
  const std::string_view tool = tool_of(name);
  const bool program = extension == ".js" || extension == ".cjs" || extension == ".mjs";
  if (program || name.starts_with("dclint.config.")) {
    return Failure{FailureCode::kUnsupported,
                   fmt::format("{} is a program; write what it gives as .dclintrc", name),
                   {}};
  }
  if (tool.empty()) {
    return Failure{FailureCode::kUnsupported,
                   fmt::format("{} is the configuration of no linter known here: .dclintrc, "
                               ".compose-lint.yml",
                               name),
                   {}};
  }
  Result<yaml::Stream> stream = yaml::parse(file);
  if (!stream) return stream.failure();
  const Node nothing;
  const auto& documents = stream->documents();
  return Importer(file, tool).run(documents.empty() ? nothing : documents.front()->resolved());
}

}  // namespace composelint::engine
