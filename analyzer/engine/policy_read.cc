#include "analyzer/engine/policy_read.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "analyzer/engine/config_values.h"
#include "analyzer/shell/command_words.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

using yaml::Node;

Confirm confirm_named(std::string_view word) {
  if (word == "none") return Confirm::kNone;
  return word == "type-name" ? Confirm::kTypeName : Confirm::kQuestion;
}

class Reader {
 public:
  Reader(const SourceFile& file, const std::string& directory)
      : file_(file), directory_(directory) {}

  PolicyReading read(const Node& guard) {
    each(guard, "environments", [this](const Node& entry) { take_environment(entry); });
    each(guard, "backups", [this](const Node& entry) { take_backup(entry); });
    each(guard, "checks", [this](const Node& entry) { take_check(entry); });
    out_.policy.writers = texts_of(guard, "writers");
    if (const Node* const written = guard.find("state-directory")) {
      out_.policy.state_directory_at = written->resolved().span;
      out_.policy.state_directory = path(text_of(guard, "state-directory"));
    }
    return std::move(out_);
  }

 private:
  template <typename Take>
  static void each(const Node& root, std::string_view key, Take take) {
    const Node* list = root.find(key);
    if (list == nullptr) return;
    for (const Node* item : list->resolved().items) take(item->resolved());
  }

  void complain(Span span, std::string message) {
    out_.problems.push_back({Severity::kError, file_.path(), span, std::move(message)});
  }

  [[nodiscard]] std::string path(const std::string& written) const {
    return text::join_path(directory_, written);
  }

  std::int64_t duration(const Node& entry, std::string_view key) {
    const Node* written = entry.find(key);
    if (written == nullptr) return 0;
    const auto duration = duration_of(written->resolved().text);
    if (!duration || *duration == 0) {
      complain(written->span,
               "\"" + std::string(key) + "\" has to be a duration, as 90s, 24h or 7d");
    }
    return duration.value_or(0);
  }

  std::vector<std::string> command(const Node& entry) {
    const Node* written = entry.find("command");
    if (written == nullptr) return {};
    if (written->resolved().kind != yaml::NodeKind::kScalar) return texts_in(*written);
    auto words = shell::command_words(std::string(written->resolved().text));
    if (!words) {
      complain(written->span,
               "\"command\" is run without a shell: one command and its words, nothing else");
    }
    return words.value_or(std::vector<std::string>());
  }

  void take_environment(const Node& entry) {
    ProtectedEnvironment& here = out_.policy.environments.emplace_back();
    here.name = text_of(entry, "name");
    here.contexts = texts_of(entry, "contexts");
    here.endpoints = texts_of(entry, "endpoints");
    here.projects = texts_of(entry, "projects");
    for (const std::string& file : texts_of(entry, "files")) here.files.push_back(path(file));
    here.confirm = confirm_named(text_of(entry, "confirm"));
    here.require = texts_of(entry, "require");
  }

  void take_backup(const Node& entry) {
    BackupPolicy& backup = out_.policy.backups.emplace_back();
    backup.command = command(entry);
    backup.file = path(text_of(entry, "file"));
    backup.max_age = duration(entry, "max-age");
    backup.service = text_of(entry, "service");
  }

  void take_check(const Node& entry) {
    PostCheck& check = out_.policy.checks.emplace_back();
    check.command = command(entry);
    check.url = text_of(entry, "url");
    check.timeout = duration(entry, "timeout");
    const bool has_command = entry.find("command") != nullptr;
    const Node* url = entry.find("url");
    if (has_command == (url != nullptr)) {
      complain(entry.span, "each of \"checks\" has a \"command\" or a \"url\"");
    } else if (url != nullptr && !check.url.starts_with("http://") &&
               !check.url.starts_with("https://")) {
      complain(url->span, "\"url\" has to begin with http:// or https://");
    }
  }

  const SourceFile& file_;
  const std::string& directory_;
  PolicyReading out_;
};

}  // namespace

PolicyReading read_policy(const SourceFile& file, const Node& guard, const std::string& directory) {
  return Reader(file, directory).read(guard);
}

std::optional<std::int64_t> duration_of(std::string_view text) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  if (text.empty()) return std::nullopt;
  std::int64_t sum = 0;
  while (!text.empty()) {
    std::int64_t number = 0;
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
      if (digits == 9) return std::nullopt;
      number = number * 10 + (text[digits++] - '0');
    }
    if (digits == 0 || digits == text.size()) return std::nullopt;
    std::int64_t unit = 0;
    switch (text[digits]) {
      case 's': unit = kSecond; break;
      case 'm': unit = 60 * kSecond; break;
      case 'h': unit = 3600 * kSecond; break;
      case 'd': unit = 24 * 3600 * kSecond; break;
      default: return std::nullopt;
    }
    if (number > 0 && unit > (kMost - sum) / number) return std::nullopt;
    sum += number * unit;
    text.remove_prefix(digits + 1);
  }
  return sum;
}

}  // namespace composelint::engine
