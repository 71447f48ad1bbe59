#include "guard/session_directory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "guard/json_text.h"
#include "guard/process_identity.h"
#include "guard/real_program.h"
#include "guard/state_directory.h"

namespace composelint::guard {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kPrefix = "composelint-session-";
constexpr int kVersion = 1;
constexpr std::size_t kLongest = std::size_t{1} << 20U;

std::string read_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0) return {};
  std::string text;
  std::array<char, 4096> buffer{};
  while (text.size() < kLongest) {
    const ssize_t got = ::read(fd, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
  ::close(fd);
  return text;
}

bool is_mine(const fs::path& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         status.st_uid == ::geteuid();
}

// Of one without a readable file: its guard was killed before it wrote that, or is about to.
bool is_old(const fs::path& path) {
  constexpr time_t kHour = 3600;
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && status.st_mtime + kHour < ::time(nullptr);
}

// A guard that was killed could not tidy up.
void sweep(const std::string& parent) {
  std::error_code error;
  std::vector<fs::path> dead;
  for (fs::directory_iterator each(parent, error), end; !error && each != end;
       each.increment(error)) {
    if (!each->path().filename().string().starts_with(kPrefix) || !is_mine(each->path())) continue;
    const json session = read_json(read_file((each->path() / kSessionFile).string()));
    const json& pid = member(session, "pid");
    const json& ticks = member(session, "ticks");
    if (!pid.is_number_integer() || !ticks.is_number_integer()) {
      if (is_old(each->path())) dead.push_back(each->path());
      continue;
    }
    if (!still_runs(pid.get<std::int64_t>(), text_of(session, "boot"), ticks.get<std::int64_t>())) {
      dead.push_back(each->path());
    }
  }
  for (const fs::path& path : dead) fs::remove_all(path, error);
}

std::string own_program() {
  std::array<char, PATH_MAX> name{};
  const ssize_t size = ::readlink("/proc/self/exe", name.data(), name.size());
  return size > 0 ? std::string(name.data(), static_cast<std::size_t>(size)) : std::string();
}

// Words may be bytes that are no UTF-8, which JSON does not hold: an array of numbers does.
json bytes(std::string_view text) {
  json list = json::array();
  for (const char c : text) list.push_back(static_cast<unsigned char>(c));
  return list;
}

std::string from_bytes(const json& list) {
  std::string text;
  if (!list.is_array()) return text;
  for (const json& byte : list) {
    if (byte.is_number_unsigned()) text += static_cast<char>(byte.get<unsigned char>());
  }
  return text;
}

bool flag(const json& object, const char* key) {
  const json& value = member(object, key);
  return value.is_boolean() && value.get<bool>();
}

std::chrono::milliseconds duration(const json& object, const char* key) {
  const json& value = member(object, key);
  return std::chrono::milliseconds(value.is_number_integer() ? value.get<std::int64_t>() : 0);
}

MaybeFailure fill(const std::string& directory, const char* path, const GuardOptions& options) {
  const std::string self = own_program();
  if (self.empty()) return errno_failure("cannot find this program itself", errno);
  for (const std::string_view name : kShimNames) {
    if (find_real_program(name, path).empty()) continue;
    const std::string link = directory + "/" + std::string(name);
    if (::symlink(self.c_str(), link.c_str()) != 0) {
      return errno_failure("cannot make " + link, errno);
    }
  }
  const std::string file = directory + "/" + std::string(kSessionFile);
  const Result<int> descriptor = open_private_file(file, 0);
  if (!descriptor) return descriptor.failure();
  const bool written = write_all(*descriptor, session_text(options));
  const int error = errno;
  ::close(*descriptor);
  if (!written) return errno_failure("cannot write " + file, error);
  return std::nullopt;
}

}  // namespace

std::string temporary_directory(const std::optional<std::string>& tmpdir) {
  // PATH has no way to write a colon.
  const bool usable = tmpdir && tmpdir->starts_with('/') && tmpdir->find(':') == std::string::npos;
  return usable ? *tmpdir : "/tmp";
}

Result<SessionDirectory> SessionDirectory::make(const std::string& parent, const char* path,
                                                const GuardOptions& options) {
  sweep(parent);
  std::string pattern = parent + "/" + std::string(kPrefix) + "XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) {
    return errno_failure("cannot make a directory in " + parent, errno);
  }
  SessionDirectory directory(std::move(pattern));
  if (MaybeFailure failure = fill(directory.path_, path, options)) return *failure;
  return directory;
}

SessionDirectory::SessionDirectory(SessionDirectory&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

SessionDirectory::~SessionDirectory() {
  if (path_.empty()) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string session_text(const GuardOptions& options) {
  json attested = json::array();
  for (const auto& [claim, why] : options.attestations) {
    attested.push_back({bytes(claim), bytes(why)});
  }
  json object = {{"v", kVersion},
                 {"pid", ::getpid()},
                 {"boot", boot_id()},
                 {"ticks", began(::getpid())},
                 {"session", bytes(options.session)},
                 {"fix", options.fix},
                 {"yes", options.yes},
                 {"backup", options.backup},
                 {"pause-writers", options.pause_writers},
                 {"verbose", options.verbose},
                 {"json", options.json},
                 {"attestations", std::move(attested)},
                 {"timeout", options.timeout.count()},
                 {"settle", options.settle.count()}};
  if (options.policy_file) object["policy-file"] = bytes(*options.policy_file);
  return object.dump() + "\n";
}

std::optional<GuardOptions> read_session(std::string_view text) {
  const json object = read_json(text);
  const json& version = member(object, "v");
  if (!version.is_number_integer() || version.get<int>() != kVersion) return std::nullopt;
  GuardOptions options;
  options.session = from_bytes(member(object, "session"));
  if (options.session.empty()) return std::nullopt;
  const auto number = [&](const char* key) {
    const json& value = member(object, key);
    return value.is_number_integer() ? value.get<std::int64_t>() : 0;
  };
  options.session_pid = number("pid");
  options.session_ticks = number("ticks");
  options.fix = flag(object, "fix");
  options.yes = flag(object, "yes");
  options.backup = flag(object, "backup");
  options.pause_writers = flag(object, "pause-writers");
  options.verbose = flag(object, "verbose");
  options.json = flag(object, "json");
  for (const json& attestation : member(object, "attestations")) {
    if (!attestation.is_array() || attestation.size() != 2) continue;
    options.attestations.emplace_back(from_bytes(attestation[0]), from_bytes(attestation[1]));
  }
  if (object.contains("policy-file")) options.policy_file = from_bytes(object["policy-file"]);
  options.timeout = duration(object, "timeout");
  options.settle = duration(object, "settle");
  return options;
}

}  // namespace composelint::guard
