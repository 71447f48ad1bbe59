#include "analyzer/engine/config_check.h"

#include <composelint/nearest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace composelint::engine {

namespace {

using yaml::Node;
using yaml::NodeKind;
using Keys = std::span<const ConfigKey>;

// Aliases may show one node many times.
constexpr std::size_t kMostNodes = 200'000;

std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

std::string shown(const Node& node) {
  switch (node.kind) {
    case NodeKind::kSequence: return "a list";
    case NodeKind::kMapping: return "a mapping";
    case NodeKind::kScalar:
    case NodeKind::kAlias: break;
  }
  return node.style == yaml::ScalarStyle::kNone ? "nothing" : quoted(node.text);
}

bool is_text(const Node& node) {
  return node.kind == NodeKind::kScalar && node.style != yaml::ScalarStyle::kNone;
}

class Check {
 public:
  explicit Check(const SourceFile& file) : file_(file) {}

  // `inside` is the key whose value this is; empty at the top.
  void mapping(const Node& written, Keys keys, const std::string& inside) {
    if (!count()) return;
    const Node& node = written.resolved();
    if (node.kind != NodeKind::kMapping) {
      const std::string what = inside.empty() ? "the file" : "each of " + quoted(inside);
      return complain(written.span, what + " has to be a mapping, not " + shown(node));
    }
    std::vector<std::string_view> seen;
    for (const yaml::Entry& entry : node.entries) {
      const Node& name = entry.key->resolved();
      const auto key = std::find_if(keys.begin(), keys.end(),
                                    [&](const ConfigKey& each) { return each.name == name.text; });
      if (name.kind != NodeKind::kScalar || key == keys.end()) {
        unknown(*entry.key, keys, inside);
        continue;
      }
      if (std::find(seen.begin(), seen.end(), key->name) != seen.end()) {
        complain(entry.key->span, quoted(key->name) + " stands here twice");
        continue;
      }
      seen.push_back(key->name);
      value(*entry.value, *key);
    }
    for (const ConfigKey& key : keys) {
      if (key.required && std::find(seen.begin(), seen.end(), key.name) == seen.end()) {
        complain(written.span, quoted(inside) + ": " + quoted(key.name) + " is missing");
      }
    }
  }

  std::vector<Notification> finish() { return std::move(problems_); }

 private:
  bool count() {
    if (nodes_++ == kMostNodes) complain({&file_, 0, 0}, "the file is too large");
    return nodes_ <= kMostNodes;
  }

  void complain(Span span, std::string message) {
    problems_.push_back({Severity::kError, file_.path(), span, std::move(message)});
  }

  void unknown(const Node& written, Keys keys, const std::string& inside) {
    const std::string_view name = written.resolved().text;
    std::vector<std::string_view> known;
    for (const ConfigKey& key : keys) known.push_back(key.name);
    std::string message = "unknown key " + quoted(name);
    if (!inside.empty()) message += " in " + quoted(inside);
    if (const auto meant = nearest(name, known); !meant.empty()) {
      message += "; did you mean " + quoted(meant) + "?";
    } else {
      message += "; known are ";
      for (std::size_t i = 0; i < known.size(); ++i) {
        message += (i == 0 ? "" : ", ") + std::string(known[i]);
      }
    }
    complain(written.span, std::move(message));
  }

  void wrong(const Node& written, const ConfigKey& key, std::string_view wanted) {
    complain(written.span, quoted(key.name) + " has to be " + std::string(wanted) + ", not " +
                               shown(written.resolved()));
  }

  void value(const Node& written, const ConfigKey& key) {
    if (!count()) return;
    const Node& node = written.resolved();
    switch (key.kind) {
      case KeyKind::kText:
        if (!is_text(node)) wrong(written, key, "a text");
        return;
      case KeyKind::kTexts: return texts(written, key);
      case KeyKind::kChoice: return choice(written, key);
      case KeyKind::kChoices: return choices(written, key);
      case KeyKind::kFlag:
        if (node.text != "true" && node.text != "false") wrong(written, key, "true or false");
        return;
      case KeyKind::kLevel: return level(written, key);
      case KeyKind::kLevels: return levels(written, key);
      case KeyKind::kList: return list(written, key);
      case KeyKind::kMapping: return one_mapping(written, key, "a mapping");
      case KeyKind::kMappings:
        if (node.kind == NodeKind::kSequence) return list(written, key);
        return one_mapping(written, key, "a mapping or a list of them");
    }
  }

  void one_mapping(const Node& written, const ConfigKey& key, std::string_view wanted) {
    if (written.resolved().kind != NodeKind::kMapping) return wrong(written, key, wanted);
    mapping(written, key.keys, std::string(key.name));
  }

  void list(const Node& written, const ConfigKey& key) {
    const Node& node = written.resolved();
    if (node.kind != NodeKind::kSequence) return wrong(written, key, "a list");
    for (const Node* item : node.items) mapping(*item, key.keys, std::string(key.name));
  }

  void choices(const Node& written, const ConfigKey& key) {
    if (written.resolved().kind != NodeKind::kSequence) return choice(written, key);
    for (const Node* item : written.resolved().items) {
      if (!count()) return;
      choice(*item, key);
    }
  }

  void level(const Node& written, const ConfigKey& key) {
    if (written.resolved().kind != NodeKind::kMapping) return choice(written, key);
    mapping(written, key.keys, std::string(key.name));
  }

  // Which rules there are is not known here.
  void levels(const Node& written, const ConfigKey& key) {
    const Node& node = written.resolved();
    if (node.kind != NodeKind::kMapping) return wrong(written, key, "a mapping");
    std::set<std::string_view> seen;
    for (const yaml::Entry& entry : node.entries) {
      if (!count()) return;
      const Node& name = entry.key->resolved();
      if (!is_text(name)) {
        complain(entry.key->span, quoted(key.name) + ": a rule has a name");
        continue;
      }
      if (!seen.insert(name.text).second) {
        complain(entry.key->span, quoted(name.text) + " stands here twice");
      }
      level(*entry.value, {name.text, KeyKind::kLevel, false, {}, key.choices, key.keys});
    }
  }

  void texts(const Node& written, const ConfigKey& key) {
    const Node& node = written.resolved();
    if (is_text(node)) return;
    if (node.kind != NodeKind::kSequence) return wrong(written, key, "a text or a list of them");
    for (const Node* item : node.items) {
      if (!count()) return;
      if (!is_text(item->resolved())) wrong(*item, key, "a list of texts");
    }
  }

  void choice(const Node& written, const ConfigKey& key) {
    const Node& node = written.resolved();
    const bool known = is_text(node) && std::find(key.choices.begin(), key.choices.end(),
                                                  node.text) != key.choices.end();
    if (known) return;
    std::string wanted = "one of ";
    for (std::size_t i = 0; i < key.choices.size(); ++i) {
      wanted += (i == 0 ? "" : ", ") + std::string(key.choices[i]);
    }
    const auto meant = is_text(node) ? nearest(node.text, key.choices) : std::string_view();
    if (meant.empty()) return wrong(written, key, wanted);
    complain(written.span, quoted(key.name) + ": unknown value " + quoted(node.text) +
                               "; did you mean " + quoted(meant) + "?");
  }

  const SourceFile& file_;
  std::size_t nodes_ = 0;
  std::vector<Notification> problems_;
};

}  // namespace

std::vector<Notification> check_config(const SourceFile& file, const Node& root, Keys keys) {
  Check check(file);
  check.mapping(root, keys, "");
  return check.finish();
}

}  // namespace composelint::engine
