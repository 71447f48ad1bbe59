#include "analyzer/engine/baseline.h"

#include <composelint/document.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "analyzer/signs/reports/folded_key.h"
#include "analyzer/text/path.h"
#include "analyzer/text/utf8.h"
#include "analyzer/yaml/document.h"

namespace composelint::engine {

namespace {

// For strings that are paths and names. Bytes that are no UTF-8 cannot stand in JSON.
std::string quoted(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string valid(text);
  while (const auto wrong = text::first_invalid_utf8(valid)) valid[*wrong] = '?';
  std::string out = "\"";
  for (const char byte : valid) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '"' || byte == '\\') {
      out += '\\';
      out += byte;
    } else if (code < 0x20 || code == 0x7F) {
      out += "\\u00";
      out += kDigits[code >> 4U];
      out += kDigits[code & 0xFU];
    } else {
      out += byte;
    }
  }
  return out + '"';
}

std::string line_of(const BaselineEntry& entry, std::size_t count) {
  std::string out = "    {\"path\": " + quoted(entry.path) + ", \"rule\": " + quoted(entry.rule);
  out += ", \"key\": [";
  for (std::size_t i = 0; i < entry.key.size(); ++i) {
    out += (i == 0 ? "" : ", ") + quoted(entry.key[i]);
  }
  out += "]";
  if (count != 1) out += ", \"count\": " + std::to_string(count);
  return out + "}";
}

// JSON is read as the YAML it is, as that knows where everything stands.
class Reader {
 public:
  Result<Baseline> read(const yaml::Node& root) {
    if (root.kind != yaml::NodeKind::kMapping) {
      return wrong(root, "no baseline: an object with \"version\" and \"findings\" is expected");
    }
    const yaml::Node* version = root.find("version");
    if (version == nullptr || version->text != "1") {
      return wrong(version == nullptr ? root : *version, "\"version\" has to be 1");
    }
    const yaml::Node* findings = root.find("findings");
    if (findings == nullptr || findings->kind != yaml::NodeKind::kSequence) {
      return wrong(findings == nullptr ? root : *findings, "\"findings\" has to be a list");
    }
    for (const yaml::Node* entry : findings->items) {
      if (auto failure = add(*entry)) return std::move(*failure);
    }
    return std::move(baseline_);
  }

 private:
  static Failure wrong(const yaml::Node& node, std::string message) {
    return {FailureCode::kInvalid, std::move(message), node.span};
  }

  static bool is_text(const yaml::Node& node) {
    return node.kind == yaml::NodeKind::kScalar && node.style == yaml::ScalarStyle::kDoubleQuoted;
  }

  MaybeFailure add(const yaml::Node& node) {
    if (node.kind != yaml::NodeKind::kMapping) return wrong(node, "an entry has to be an object");
    BaselineEntry entry;
    std::size_t count = 1;
    bool has_rule = false;
    bool has_path = false;
    for (const yaml::Entry& member : node.entries) {
      const yaml::Node& value = *member.value;
      const std::string_view name = member.key->text;
      if (name == "path" || name == "rule") {
        if (!is_text(value)) return wrong(value, '"' + std::string(name) + "\" has to be a string");
        (name == "path" ? entry.path : entry.rule) = value.text;
        (name == "path" ? has_path : has_rule) = true;
      } else if (name == "key") {
        if (auto failure = read_key(value, entry.key)) return failure;
      } else if (name == "count") {
        const auto read =
            std::from_chars(value.text.data(), value.text.data() + value.text.size(), count);
        const bool whole = read.ptr == value.text.data() + value.text.size();
        if (read.ec != std::errc() || !whole || count == 0) {
          return wrong(value, "\"count\" has to be a number above 0");
        }
      } else {
        return wrong(*member.key, '"' + std::string(name) + "\" is nothing that an entry has");
      }
    }
    if (!has_rule || !has_path) return wrong(node, "an entry needs \"path\" and \"rule\"");
    baseline_[entry] += count;
    return std::nullopt;
  }

  static MaybeFailure read_key(const yaml::Node& node, std::vector<std::string>& key) {
    if (node.kind != yaml::NodeKind::kSequence) return wrong(node, "\"key\" has to be a list");
    for (const yaml::Node* part : node.items) {
      if (!is_text(*part)) return wrong(*part, "\"key\" has to be a list of strings");
      key.emplace_back(part->text);
    }
    return std::nullopt;
  }

  Baseline baseline_;
};

BaselineEntry entry_of(const Finding& finding, const BaselinePlace& place) {
  BaselineEntry entry{{}, finding.rule, finding.key};
  if (finding.span) {
    const std::string path = text::join_path(place.working_directory, finding.span.file->path());
    entry.path = text::relative_path(place.directory, path);
  }
  return entry;
}

// All that the key is about, each in one word, in order.
std::vector<std::string> words_of(const std::vector<std::string>& key) {
  const auto parts = parts_of(key);
  std::vector<std::string> words(parts == key.end() ? parts : parts + 1, key.end());
  std::string own;
  for (auto word = key.begin(); word != parts; ++word) own += (own.empty() ? "" : " ") + *word;
  words.push_back(std::move(own));
  std::sort(words.begin(), words.end());
  return words;
}

// Of what is folded into one finding some may be mended, and none may be new.
bool is_covered(const std::vector<std::string>& key, const std::vector<std::string>& known) {
  if (parts_of(known) == known.end()) return false;
  const std::vector<std::string> words = words_of(key);
  const std::vector<std::string> all = words_of(known);
  return std::includes(all.begin(), all.end(), words.begin(), words.end());
}

// What is told again for a new place is still there.
void keep_grown(const BaselineEntry& told, Baseline& left) {
  if (parts_of(told.key) == told.key.end()) return;
  const std::vector<std::string> words = words_of(told.key);
  for (auto& [entry, count] : left) {
    if (count == 0 || entry.rule != told.rule || entry.path != told.path) continue;
    const std::vector<std::string> known = words_of(entry.key);
    if (std::includes(words.begin(), words.end(), known.begin(), known.end())) --count;
  }
}

// "`restart mailer` is new: …" of a finding that tells of what the baseline has, too.
void say_what_is_new(const BaselineEntry& told, const Baseline& baseline, Finding& finding) {
  if (parts_of(told.key) == told.key.end()) return;
  const std::vector<std::string> words = words_of(told.key);
  std::set<std::string> known;
  for (const auto& [entry, count] : baseline) {
    if (entry.rule != told.rule || entry.path != told.path) continue;
    const std::vector<std::string> own = words_of(entry.key);
    known.insert(own.begin(), own.end());
  }
  std::string fresh;
  std::size_t count = 0;
  for (const std::string& word : words) {
    if (known.contains(word)) continue;
    fresh += (count++ == 0 ? "`" : ", `") + word + '`';
  }
  if (count == 0 || count == words.size()) return;
  finding.message.insert(0, fresh + (count == 1 ? " is" : " are") + " new since the baseline: ");
}

Baseline::iterator entry_for(const BaselineEntry& wanted, Baseline& baseline) {
  const auto same = baseline.find(wanted);
  if (same != baseline.end() && same->second > 0) return same;
  return std::find_if(baseline.begin(), baseline.end(), [&](const auto& each) {
    const BaselineEntry& entry = each.first;
    return each.second > 0 && entry.rule == wanted.rule && entry.path == wanted.path &&
           is_covered(wanted.key, entry.key);
  });
}

}  // namespace

Baseline baseline_of(const Run& run, const BaselinePlace& place) {
  Baseline baseline;
  for (const Finding& finding : run.findings) ++baseline[entry_of(finding, place)];
  return baseline;
}

std::string baseline_text(const Baseline& baseline) {
  std::string out = "{\n  \"version\": 1,\n  \"findings\": [";
  bool first = true;
  for (const auto& [entry, count] : baseline) {
    out += first ? "\n" : ",\n";
    out += line_of(entry, count);
    first = false;
  }
  return out + (first ? "]\n}\n" : "\n  ]\n}\n");
}

Result<Baseline> read_baseline(const SourceFile& file) {
  const Result<yaml::Stream> stream = yaml::parse(file);
  if (!stream) return stream.failure();
  if (stream->documents().empty()) {
    return Failure{FailureCode::kInvalid, "no baseline: the file is empty", {&file, 0, 0}};
  }
  return Reader().read(*stream->documents().front());
}

Baseline apply_baseline(const Baseline& baseline, const BaselinePlace& place,
                        const FileSystem& files, Run& run) {
  Baseline left = baseline;
  std::erase_if(run.findings, [&](const Finding& finding) {
    const auto known = entry_for(entry_of(finding, place), left);
    if (known == left.end() || known->second == 0) return false;
    --known->second;
    ++run.baselined;
    return true;
  });
  for (Finding& finding : run.findings) {
    const BaselineEntry told = entry_of(finding, place);
    say_what_is_new(told, baseline, finding);
    keep_grown(told, left);
  }
  std::set<std::string> seen;
  for (const FileRecord& file : run.files) {
    const std::string path = text::join_path(place.working_directory, file.path);
    if (!file.kind.empty()) seen.insert(text::relative_path(place.directory, path));
  }
  std::erase_if(left, [&](const auto& each) {
    const std::string& path = each.first.path;
    if (each.second == 0) return true;
    if (seen.contains(path)) return false;
    return files.kind(text::join_path(place.directory, path)) != FileKind::kNone;
  });
  return left;
}

}  // namespace composelint::engine
