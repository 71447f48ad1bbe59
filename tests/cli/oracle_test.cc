// Answers recorded from Docker Compose: COMPOSELINT_ORACLE names a directory with a folder for each
// call, its files beside case.json (args, post_args, env, cwd, stdin, exit) and expected.json, the
// output. The calls were made in /srv/case. .ci/run names the directory where it has one.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/compose/origin.h"
#include "analyzer/compose/presentation.h"
#include "analyzer/text/disk_file_system.h"
#include "cli/config_call.h"
#include "cli/config_views.h"

namespace composelint::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kRoot = "/srv/case";

// One folder of the disk seen as kRoot, without what was recorded.
class CaseFiles final : public FileSystem {
 public:
  explicit CaseFiles(fs::path folder) : folder_(std::move(folder)) {}

  FileKind kind(const std::string& path) const override {
    return is_record(path) ? FileKind::kNone : disk_.kind(on_disk(path));
  }
  Result<std::string> read(const std::string& path) const override {
    return disk_.read(on_disk(path));
  }
  Result<std::string> read_head(const std::string& path, std::size_t limit) const override {
    return disk_.read_head(on_disk(path), limit);
  }
  Result<std::vector<DirectoryEntry>> list(const std::string& path) const override {
    return disk_.list(on_disk(path));
  }
  Result<std::optional<std::string>> link_target(const std::string& path) const override {
    Result<std::optional<std::string>> target = disk_.link_target(on_disk(path));
    const std::string folder = folder_.string();
    if (target && *target && (*target)->starts_with(folder)) {
      (*target)->replace(0, folder.size(), kRoot);
    }
    return target;
  }

 private:
  static bool is_record(std::string_view path) {
    return path == "/srv/case/case.json" || path == "/srv/case/expected.json";
  }
  std::string on_disk(const std::string& path) const {
    if (!path.starts_with(kRoot)) return path;
    return folder_.string() + path.substr(kRoot.size());
  }

  text::DiskFileSystem disk_;
  fs::path folder_;
};

struct Call {
  json record;
  ConfigOptions options;
  compose::LoadRequest request;
};

json read_json(const fs::path& path) {
  std::ifstream in(path);
  return json::parse(in);
}

// Nothing where the command line itself is refused.
std::optional<Call> read_call(const fs::path& folder) {
  Call call;
  call.record = read_json(folder / "case.json");
  std::vector<std::string> words = call.record["args"];
  for (const char* word : {"config", "--format", "json"}) words.emplace_back(word);
  for (const std::string& word : call.record.value("post_args", std::vector<std::string>())) {
    words.push_back(word);
  }
  Result<ConfigOptions> options = parse_config_options(words);
  if (!options) return std::nullopt;
  call.options = std::move(*options);
  const std::string below = call.record.value("cwd", std::string());
  call.request =
      load_request(call.options, std::string(kRoot) + (below.empty() ? "" : "/" + below));
  call.request.environment.set("HOME", {"/root", {}, {}});
  call.request.environment.set(
      "PATH", {"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", {}, {}});
  for (const auto& [name, value] : call.record["env"].items()) {
    call.request.environment.set(name, {value.get<std::string>(), {}, "shell"});
  }
  if (call.record.contains("stdin")) call.request.stdin_text = call.record["stdin"];
  return call;
}

std::vector<fs::path> recorded_calls() {
  std::vector<fs::path> out;
  const char* named = std::getenv("COMPOSELINT_ORACLE");
  if (named == nullptr) return out;
  for (const auto& entry : fs::directory_iterator(named)) {
    if (fs::exists(entry.path() / "case.json")) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

// What stands between the recorded answer and ours; empty where they agree.
std::string difference(const fs::path& folder) {
  const std::optional<Call> call = read_call(folder);
  const bool accepted = call && call->record["exit"] == 0;
  if (!call) return read_json(folder / "case.json")["exit"] == 0 ? "usage refused" : "";
  const CaseFiles files(folder);
  text::SourceStore store(files, call->request.working_directory);
  Result<compose::LoadedProject> loaded = compose::load(call->request, store);
  if (!loaded) return accepted ? loaded.failure().message : "";
  const Result<std::string> text = view_of_project(call->options, std::move(*loaded));
  if (!text) return accepted ? text.failure().message : "";
  if (!accepted) return "accepted";
  const json wanted = read_json(folder / "expected.json");
  const json got = json::parse(*text, nullptr, false);
  return wanted == got ? "" : json::diff(wanted, got).dump().substr(0, 300);
}

TEST(Oracle, IsAnsweredAsComposeDid) {
  const std::vector<fs::path> calls = recorded_calls();
  if (calls.empty()) GTEST_SKIP() << "COMPOSELINT_ORACLE names no recorded calls";
  for (const fs::path& folder : calls) EXPECT_EQ(difference(folder), "") << folder.filename();
  RecordProperty("calls", static_cast<int>(calls.size()));
  std::printf("%zu recorded calls\n", calls.size());
}

TEST(Oracle, EveryScalarHasAnOrigin) {
  const std::vector<fs::path> calls = recorded_calls();
  if (calls.empty()) GTEST_SKIP() << "COMPOSELINT_ORACLE names no recorded calls";
  std::size_t scalars = 0;
  std::size_t projects = 0;
  for (const fs::path& folder : calls) {
    const std::optional<Call> call = read_call(folder);
    if (!call || call->record["exit"] != 0) continue;
    const CaseFiles files(folder);
    text::SourceStore store(files, call->request.working_directory);
    Result<compose::LoadedProject> loaded = compose::load(call->request, store);
    if (!loaded) continue;  // the test above tells
    ++projects;
    compose::for_each_scalar(
        compose::as_yaml_model(std::move(loaded->model)),
        [&](const std::string& path, const compose::Value& value, const Span& place) {
          ++scalars;
          EXPECT_TRUE(place || value.trail != nullptr) << folder.filename() << " " << path;
        });
  }
  EXPECT_GE(scalars, projects);
  std::printf("%zu scalars of %zu projects\n", scalars, projects);
}

}  // namespace
}  // namespace composelint::cli
