// Telling a compose file from other YAML that has `services:` at its top, by a look at the lines:
// at this point nobody knows yet whether the file is worth parsing.
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "analyzer/engine/classify.h"

namespace composelint::engine {

namespace {

using std::string_view;

// Top-level keys that no compose file has: Kubernetes, workflows, pipelines, Symfony, Serverless.
constexpr std::array<string_view, 11> kForeignKeys = {
    "apiVersion", "kind",  "jobs",     "stages",      "pipeline", "steps",
    "parameters", "image", "provider", "definitions", "hosts"};

// Keys of a service; none of them is one of a dependency-injection service of the same shape.
constexpr std::array<string_view, 17> kServiceKeys = {
    "image",   "build",       "extends",  "container_name", "command",     "ports",
    "volumes", "environment", "env_file", "depends_on",     "healthcheck", "restart",
    "deploy",  "networks",    "profiles", "network_mode",   "entrypoint"};

// The rest of them. What has others beside an image is a list of components of some other tool.
constexpr std::array<string_view, 79> kMoreServiceKeys = {"annotations",
                                                          "attach",
                                                          "blkio_config",
                                                          "cap_add",
                                                          "cap_drop",
                                                          "cgroup",
                                                          "cgroup_parent",
                                                          "configs",
                                                          "cpu_count",
                                                          "cpu_percent",
                                                          "cpu_period",
                                                          "cpu_quota",
                                                          "cpu_rt_period",
                                                          "cpu_rt_runtime",
                                                          "cpu_shares",
                                                          "cpus",
                                                          "cpuset",
                                                          "credential_spec",
                                                          "develop",
                                                          "device_cgroup_rules",
                                                          "devices",
                                                          "dns",
                                                          "dns_opt",
                                                          "dns_search",
                                                          "domainname",
                                                          "dockerfile",
                                                          "expose",
                                                          "external_links",
                                                          "extra_hosts",
                                                          "gpus",
                                                          "group_add",
                                                          "hostname",
                                                          "init",
                                                          "ipc",
                                                          "isolation",
                                                          "label_file",
                                                          "labels",
                                                          "links",
                                                          "logging",
                                                          "log_driver",
                                                          "log_opt",
                                                          "mac_address",
                                                          "mem_limit",
                                                          "mem_reservation",
                                                          "mem_swappiness",
                                                          "memswap_limit",
                                                          "models",
                                                          "net",
                                                          "oom_kill_disable",
                                                          "oom_score_adj",
                                                          "pid",
                                                          "pids_limit",
                                                          "platform",
                                                          "post_start",
                                                          "pre_stop",
                                                          "privileged",
                                                          "provider",
                                                          "pull_policy",
                                                          "read_only",
                                                          "runtime",
                                                          "scale",
                                                          "secrets",
                                                          "security_opt",
                                                          "shm_size",
                                                          "stdin_open",
                                                          "stop_grace_period",
                                                          "stop_signal",
                                                          "storage_opt",
                                                          "sysctls",
                                                          "tmpfs",
                                                          "tty",
                                                          "ulimits",
                                                          "use_api_socket",
                                                          "user",
                                                          "userns_mode",
                                                          "uts",
                                                          "volume_driver",
                                                          "volumes_from",
                                                          "working_dir"};

struct Line {
  std::size_t indent = 0;
  string_view key;    // of a mapping entry; empty for anything else
  string_view rest;   // what follows the key's colon, without blanks before it
  bool blank = true;  // nothing, or a comment
};

string_view unquoted(string_view key) {
  const bool quoted = key.size() >= 2 && (key.front() == '"' || key.front() == '\'');
  return quoted && key.back() == key.front() ? key.substr(1, key.size() - 2) : key;
}

Line read_line(string_view text) {
  while (text.ends_with('\r') || text.ends_with(' ')) text.remove_suffix(1);
  Line line;
  line.indent = std::min(text.find_first_not_of(' '), text.size());
  text.remove_prefix(line.indent);
  line.blank = text.empty() || text.front() == '#';
  if (line.blank || text.front() == '-') return line;
  for (std::size_t at = text.find(':'); at != string_view::npos; at = text.find(':', at + 1)) {
    if (at + 1 < text.size() && text[at + 1] != ' ' && text[at + 1] != '\t') continue;
    line.key = unquoted(text.substr(0, at));
    line.rest = text.substr(at + 1);
    line.rest.remove_prefix(std::min(line.rest.find_first_not_of(" \t"), line.rest.size()));
    break;
  }
  return line;
}

template <std::size_t N>
bool among(const std::array<string_view, N>& names, string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Follows the lines and knows where in `services` it is.
class HeadReader {
 public:
  void take(const Line& line) {
    if (line.indent == 0) return take_top(line);
    if (!in_services_ || line.key.empty()) return;
    if (service_indent_ == 0) service_indent_ = line.indent;
    if (line.indent <= service_indent_) {
      // `web: {image: nginx}` and `web: *base` say as much as a block does.
      key_indent_ = 0;
      found_ = found_ || line.rest.starts_with('{') || line.rest.starts_with('*');
      return;
    }
    if (key_indent_ == 0) key_indent_ = line.indent;
    if (line.indent != key_indent_) return;
    const bool known = among(kServiceKeys, line.key);
    found_ = found_ || line.key == "<<" || known;
    known_ += known ? 1U : 0U;
    const bool other = !known && line.key != "<<" && !line.key.starts_with("x-") &&
                       !among(kMoreServiceKeys, line.key);
    others_ += other ? 1U : 0U;
  }

  [[nodiscard]] bool compose() const { return found_ && !foreign_ && others_ <= known_; }

 private:
  void take_top(const Line& line) {
    if (line.key.empty()) return;  // "---", a list
    foreign_ = foreign_ || among(kForeignKeys, line.key);
    in_services_ = line.key == "services";
    service_indent_ = key_indent_ = 0;
    if (in_services_ && line.rest.starts_with('{')) found_ = true;
  }

  bool in_services_ = false;
  bool found_ = false;
  bool foreign_ = false;
  std::size_t known_ = 0;   // keys of services
  std::size_t others_ = 0;  // keys that none has
  std::size_t service_indent_ = 0;
  std::size_t key_indent_ = 0;
};

}  // namespace

bool looks_like_compose(string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  if (head.find("services") == string_view::npos) return false;
  HeadReader reader;
  while (!head.empty()) {
    const std::size_t end = head.find('\n');
    const Line line = read_line(head.substr(0, end));
    if (!line.blank) reader.take(line);
    head = end == string_view::npos ? string_view() : head.substr(end + 1);
  }
  return reader.compose();
}

}  // namespace composelint::engine
