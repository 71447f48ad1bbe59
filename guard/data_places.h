// Where the container of a command has the files of databases, and what else it has mounted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "guard/command.h"

namespace composelint::guard {

struct Place {
  std::string path;  // of the container
  std::string service;
  std::string source{};  // of a mount: the volume's key, or a directory of the host
  std::string volume{};  // the engine's name of one that may lie below `path`, wherever that is
};

class Places {
 public:
  // Of the container that run or exec works in.
  explicit Places(const GuardedCommand& command);
  // Of a service by this name, for `cp`.
  Places(const GuardedCommand& command, std::string_view name);

  // The one that `path` is in, or that is in `path`. Settings and logs of the
  // server lie there as well, and are none.
  [[nodiscard]] const Place* hit(std::string_view path) const;
  // A file of SQLite, by its name, on what is mounted there: `/data/app.db`, `/data/*.sqlite3`.
  [[nodiscard]] const Place* kept_file(std::string_view path, std::string_view name) const;
  // The same of what a pattern names: `/var/lib/*/data`, `/srv/*/app.db`, `/srv/up*/*`.
  [[nodiscard]] const Place* hit_by(const std::string& pattern) const;
  [[nodiscard]] const Place* kept_file_by(const std::string& pattern) const;
  [[nodiscard]] const Place* emptied_by_pattern(const std::string& pattern) const;
  // Where a variable leads that only the container knows.
  [[nodiscard]] const Place* by_variable(std::string_view text) const;
  // The data that a program takes that is told of none; null: there is none.
  [[nodiscard]] const Place* first() const { return all_.empty() ? nullptr : &all_.front(); }
  // Of the other volumes and directories of the host that are mounted there, the one that lies in
  // `path` as a whole. What a build or a cache has made is none.
  [[nodiscard]] const Place* emptied_by(std::string_view path) const;
  // Where the host has a file of the container; empty: it has none, or it is not known.
  [[nodiscard]] std::string on_host(const std::string& path) const;

 private:
  void of_service(const Service& service);
  void add_mount(const Mount& mount, const std::string& service);
  // What a database has mounted as its data is its data wherever else it is mounted, by its name or
  // by the directory that the engine has for it.
  void of_mount(const std::string& source, const std::string& target);

  const GuardedCommand& command_;
  std::vector<Place> all_;
  std::vector<Place> mounted_;
  std::vector<Place> others_;  // those of them that can be written, and hold what may be missed
};

}  // namespace composelint::guard
