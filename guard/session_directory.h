// The directory of a session: links to this program under the names of those it stands in front of,
// and a file with what the call of guard asked for.
#pragma once

#include <composelint/result.h>

#include <optional>
#include <string>

#include "guard/request.h"

namespace composelint::guard {

inline constexpr std::string_view kShimNames[] = {"docker", "docker-compose", "sudo"};
inline constexpr std::string_view kSessionFile = "session.json";

// Gone when it is destroyed, whatever the script has put there.
class SessionDirectory {
 public:
  // Below `parent`, with a link for each shim whose program is in `path`. What sessions that were
  // killed have left there is removed.
  [[nodiscard]] static Result<SessionDirectory> make(const std::string& parent, const char* path,
                                                     const GuardOptions& options);
  SessionDirectory(SessionDirectory&& other) noexcept;
  SessionDirectory& operator=(SessionDirectory&&) = delete;
  ~SessionDirectory();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit SessionDirectory(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

// What the session asks of each of its steps: `options.session` is its id, `command` is empty.
[[nodiscard]] std::string session_text(const GuardOptions& options);
// Nothing where it is no such text, or of another version of this program.
[[nodiscard]] std::optional<GuardOptions> read_session(std::string_view text);

// The directory for short-lived files: TMPDIR, unless PATH cannot hold it.
[[nodiscard]] std::string temporary_directory(const std::optional<std::string>& tmpdir);

}  // namespace composelint::guard
