// The kinds of files in which shell hides, one reader each.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "analyzer/hosts/host_file.h"
#include "analyzer/shell/parser.h"

namespace composelint::hosts {

// What the path alone says.
enum class Match {
  kNo,
  kYes,
  kPerhaps,  // the first bytes decide
};

struct ReadRequest {
  const SourceFile& file;
  std::string path;            // absolute
  std::string workspace_root;  // absolute: where a CI system starts its jobs
  // Another file of the workspace at an absolute path (make's include, GitLab's include:local);
  // null when there is none. It lives as long as `file`.
  std::function<const SourceFile*(const std::string& path)> open;
};

struct Host {
  HostKind kind;
  std::string_view name;                         // for people: "Makefile", "GitHub workflow"
  Match (*match)(std::string_view path);         // path: absolute
  bool (*recognise)(std::string_view head);      // of kPerhaps: by the first bytes; may be null
  HostFile (*read)(const ReadRequest& request);  // never fails as a whole: trouble is in the result
};

// The host that reads `path`, whose first bytes are `head`; null when there is none. While nothing
// of the file has been read, pass an empty head: kPerhaps then means null, and may_hold() is true.
[[nodiscard]] const Host* find_host(std::string_view path, std::string_view head);
// Whether the first bytes are needed to tell.
[[nodiscard]] bool needs_head(std::string_view path);
[[nodiscard]] const Host* host_of(HostKind kind);
// The names of all of them, for people: "Markdown, systemd unit, …".
[[nodiscard]] std::string known_kinds();

// Parses the text of a block; parts that cannot be read, or a text that is refused as a whole (then
// the script is empty), are added to the host's troubles.
void parse_into(Block& block, const shell::ScriptText& text, HostFile& host);

}  // namespace composelint::hosts
