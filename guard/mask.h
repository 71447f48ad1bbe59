// Secrets taken out of whatever guard prints or writes down.
#pragma once

#include <composelint/compose.h>
#include <composelint/file_system.h>

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace composelint::guard {

class Mask {
 public:
  using Environment = std::vector<std::pair<std::string, std::string>>;

  // Values that must never show: of the caller's environment where the name says so, and whatever
  // env files, `.env` and the services' environment hold. Short values and those that are plainly
  // no secret (numbers, booleans, names of services and the project) are left.
  void hide_values(const Environment& environment, const Project* project);
  // The lines of its env files and of `more`, as far as they can be told apart, also where Compose
  // refuses to read them.
  void hide_env_files(const Project* project, const std::vector<std::string>& more,
                      const FileSystem& files);
  // Of the resolved project in `directory`: build arguments with secret names, and what `secrets:`
  // names, files and variables of `environment`.
  void hide_model(const Environment& environment, const Value& model, const std::string& directory,
                  const FileSystem& files);
  // The values of variables in a compose file that nobody could read: whoever refuses it quotes it.
  void hide_refused(std::string_view file);
  // What argv() masks of these words, wherever else it is quoted.
  void hide_argv(const std::vector<std::string>& words);

  // An argument list: values of `-e NAME=…`, of options and assignments with secret names,
  // passwords in URLs, and every hidden value become "***".
  [[nodiscard]] std::vector<std::string> argv(const std::vector<std::string>& words) const;
  // Free text, a line of a log: hidden values and passwords in URLs; control characters are shown
  // as escapes.
  [[nodiscard]] std::string text(std::string_view text) const;
  // A path or a name, with its bytes as they are.
  [[nodiscard]] std::string place(const std::string& path) const { return without_values(path); }

 private:
  void learn_names(const Project& project);
  void hide(std::string_view name, std::string_view value, bool named_only);
  void hide_secret(std::string_view value);
  void hide_lines(const std::string& text);
  void add(std::string_view value);
  [[nodiscard]] std::string without_values(std::string text) const;

  std::set<std::string, std::less<>> names_;  // of the project itself, which everybody may read
  std::string places_;                        // its directories, a line each
  std::set<std::string, std::less<>> values_;
};

}  // namespace composelint::guard
