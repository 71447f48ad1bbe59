#include "analyzer/signs/files/host_path.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace composelint {

namespace {

template <std::size_t N>
[[nodiscard]] const HostPath* at_or_above(const std::array<HostPath, N>& rows,
                                          std::string_view path) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const HostPath& row) {
    return path == row.path ||
           (path.starts_with(row.path) && row.path != "/" && path[row.path.size()] == '/');
  });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

const HostPath* root_equivalent(std::string_view path) {
  static constexpr std::array<HostPath, 16> kThemselves = {{
      {"/", "every file"},
      {"/bin", "the programs that root runs"},
      {"/etc", "accounts, cron jobs and services"},
      {"/lib", "the libraries of every program"},
      {"/lib64", "the libraries of every program"},
      {"/proc", "what the kernel runs when a program crashes"},
      {"/root", "root's keys and start files"},
      {"/sbin", "the programs that root runs"},
      {"/usr", "the programs that root runs"},
      {"/usr/bin", "the programs that root runs"},
      {"/usr/lib", "the libraries of every program"},
      {"/usr/local/bin", "the programs that root runs"},
      {"/usr/sbin", "the programs that root runs"},
      {"/var", "the file systems of all containers, and cron jobs"},
      {"/var/lib", "the file systems of all containers"},
      {"/proc/sys/kernel", "what the kernel runs when a program crashes"},
  }};
  static constexpr std::array<HostPath, 24> kBelow = {{
      {"/boot", "the kernel"},
      {"/etc/cron.d", "cron jobs"},
      {"/etc/cron.daily", "cron jobs"},
      {"/etc/cron.hourly", "cron jobs"},
      {"/etc/crontab", "cron jobs"},
      {"/etc/docker", "the engine's settings"},
      {"/etc/group", "accounts"},
      {"/etc/init.d", "services that root runs"},
      {"/etc/kubernetes", "the cluster's keys"},
      {"/etc/ld.so.preload", "libraries in every program"},
      {"/etc/pam.d", "who may log in"},
      {"/etc/passwd", "accounts"},
      {"/etc/profile.d", "what every login runs"},
      {"/etc/shadow", "accounts"},
      {"/etc/ssh", "who may log in"},
      {"/etc/sudoers", "who may be root"},
      {"/etc/sudoers.d", "who may be root"},
      {"/etc/systemd", "services that root runs"},
      {"/lib/modules", "code that the kernel loads"},
      {"/root/.ssh", "keys that may log in as root"},
      {"/var/lib/containerd", "the file systems of all containers"},
      {"/var/lib/docker", "the file systems of all containers"},
      {"/var/lib/kubelet", "the secrets of all pods"},
      {"/var/spool/cron", "cron jobs"},
  }};
  if (path.starts_with("/var/lib/docker/volumes")) return nullptr;
  for (const HostPath& row : kThemselves) {
    if (row.path == path) return &row;
  }
  return at_or_above(kBelow, path);
}

const HostPath* sensitive(std::string_view path) {
  // Everybody may read them, and they tell nothing.
  static constexpr std::array<std::string_view, 13> kHarmless = {"/bin",
                                                                 "/etc/group",
                                                                 "/etc/passwd",
                                                                 "/lib",
                                                                 "/lib/modules",
                                                                 "/lib64",
                                                                 "/sbin",
                                                                 "/usr",
                                                                 "/usr/bin",
                                                                 "/usr/lib",
                                                                 "/usr/sbin",
                                                                 "/usr/local/bin",
                                                                 "/etc/docker/certs.d"};
  const bool harmless = std::find(kHarmless.begin(), kHarmless.end(), path) != kHarmless.end() ||
                        path.starts_with("/lib/modules/");
  if (harmless) return nullptr;
  static constexpr std::array<HostPath, 8> kThemselves = {{
      {"/home", "the files of every user"},
      {"/dev", "every disk and device"},
      {"/dev/shm", "the shared memory of its programs"},
      {"/proc", "every process, and the state of the kernel"},
      {"/sys", "the state of the kernel and its devices"},
      {"/sys/fs/cgroup", "the control groups of every program"},
      {"/sys/kernel", "the state of the kernel"},
      {"~", "all files of a user, keys and logins among them"},
  }};
  static constexpr std::array<HostPath, 11> kBelow = {{
      {"/etc/letsencrypt/live", "private keys of its certificates"},
      {"/etc/ssl/private", "private keys of its certificates"},
      {"/run/dbus", "the bus on which its services are started"},
      {"/run/systemd", "the socket on which its services are started"},
      {"/var/lib/docker/containers", "the logs and environments of all containers"},
      {"/var/lib/docker/volumes", "the data of every volume"},
      {"/var/run/dbus", "the bus on which its services are started"},
      {"~/.aws", "logins of a user"},
      {"~/.docker", "logins of a user"},
      {"~/.kube", "logins of a user"},
      {"~/.ssh", "keys of a user"},
  }};
  for (const HostPath& row : kThemselves) {
    if (row.path == path) return &row;
  }
  const bool one_home = path.starts_with("/home/") && path.find('/', 6) == path.npos;
  if (one_home) return &kThemselves[0];
  if (const HostPath* row = at_or_above(kBelow, path)) return row;
  return root_equivalent(path);
}

}  // namespace composelint
