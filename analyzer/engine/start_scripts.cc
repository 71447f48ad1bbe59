#include "analyzer/engine/start_scripts.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/compose/numbers.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

// What the scripts of one service do.
struct Work {
  std::size_t bytes = 0;
  bool lasts = false;  // a dump is loaded, or something is waited for
};

// Nobody packs a file that is not large, and the image unpacks these by itself.
bool is_packed(std::string_view name) {
  return name.ends_with(".sql.gz") || name.ends_with(".sql.xz") || name.ends_with(".sql.zst");
}

// A dump of its own, rows from a file beside it, a wait for somebody else.
bool lasts(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kSays = {
      "pg_restore", "gunzip", "zcat", "curl ", "wget ", "\nsleep ", "FROM '/", "from '/"};
  return std::any_of(kSays.begin(), kSays.end(),
                     [&](std::string_view says) { return text.find(says) != text.npos; });
}

void add(const std::string& path, const FileSystem& files, Work& work) {
  if (is_packed(path)) {
    work.lasts = true;
    return;
  }
  if (!path.ends_with(".sql") && !path.ends_with(".sh")) return;
  const Result<std::string> text = files.read(path);
  if (!text) return;
  work.bytes += text->size();
  work.lasts |= lasts(*text);
}

Work work_of(const Service& service, const FileSystem& files) {
  Work work;
  for (const Mount& mount : service.mounts) {
    if (!mount.target.starts_with("/docker-entrypoint-initdb.d") || mount.type != "bind") continue;
    if (files.kind(mount.source) != FileKind::kDirectory) {
      add(mount.source, files, work);
      continue;
    }
    const Result<std::vector<DirectoryEntry>> entries = files.list(mount.source);
    if (!entries) continue;
    for (const DirectoryEntry& entry : *entries) {
      add(text::join_path(mount.source, entry.name), files, work);
    }
  }
  return work;
}

std::optional<std::int64_t> seconds(const Service& service, std::string_view path) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  const std::string text = text_at(service, path);
  const auto parsed = compose::parse_duration(text);
  if (text.empty() || !parsed) return std::nullopt;
  return *parsed / kSecond;
}

// Within `start_period` the engine asks each five seconds, unless `start_interval` says otherwise.
std::int64_t first_probe(const Service& service) {
  const std::int64_t usual = seconds(service, "healthcheck.interval").value_or(30);
  if (seconds(service, "healthcheck.start_period").value_or(0) == 0) return usual;
  return std::min(usual, seconds(service, "healthcheck.start_interval").value_or(5));
}

// Some hundred statements are done in well under a second, and nobody has asked by then.
bool are_asked_in_time(const Service& service, const FileSystem& files) {
  constexpr std::size_t kLarge = 100'000;
  constexpr std::size_t kHuge = 5'000'000;
  constexpr std::int64_t kLate = 15;
  const Work work = work_of(service, files);
  return work.lasts || work.bytes >= kHuge ||
         (work.bytes >= kLarge && first_probe(service) < kLate);
}

}  // namespace

void weigh_start_scripts(const Project& project, const FileSystem& files,
                         std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    if (finding.rule != "healthcheck-on-socket" || finding.key.empty()) continue;
    const Service* service = project.service(finding.key.front());
    if (service != nullptr && !are_asked_in_time(*service, files)) {
      finding.severity = Severity::kOff;
    }
  }
}

}  // namespace composelint::engine
