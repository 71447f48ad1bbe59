// Stacks that a developer works in: sources lie over what was built, servers start anew when a file
// changes, mail goes to a page.
#pragma once

#include <composelint/attributes.h>
#include <composelint/image_name.h>
#include <composelint/lower_case.h>
#include <composelint/worked_on.h>
#include <composelint/written_out.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

namespace detail {
// The words of a name in lower case, told apart by whatever is no letter.
[[nodiscard]] inline bool has_name_word(std::string_view text,
                                        const std::vector<std::string_view>& words) {
  std::string word;
  for (const char c : std::string(text) + ".") {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalpha(byte) != 0) {
      word += static_cast<char>(std::tolower(byte));
      continue;
    }
    if (std::find(words.begin(), words.end(), word) != words.end()) return true;
    word.clear();
  }
  return false;
}

[[nodiscard]] inline std::string_view name_of(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

[[nodiscard]] inline bool names_development(std::string_view text) {
  text = name_of(text);
  // `.env.local` is what this machine sets, whatever it is for.
  if (text.starts_with(".env")) return has_name_word(text, {"dev", "develop", "development"});
  return has_name_word(text, {"dev", "develop", "development", "local"});
}

[[nodiscard]] inline bool catches_mail(const Service& service) {
  static constexpr std::array<std::string_view, 6> kCatchers = {
      "fake-smtp", "mailcatcher", "maildev", "mailhog", "mailpit", "smtp4dev"};
  const std::string image = service.image ? image_name(service.image->value).name : std::string();
  return std::any_of(kCatchers.begin(), kCatchers.end(),
                     [&](std::string_view each) { return image.find(each) != std::string::npos; });
}

// The service says what it is for: its settings, env files or Dockerfile are a developer's.
[[nodiscard]] inline bool is_set_to_develop(const Service& service) {
  if (is_for_development(service)) return true;
  for (const auto& [name, value] : service.environment) {
    if (name.ends_with("SETTINGS_MODULE") && value.value && names_development(*value.value)) {
      return true;
    }
  }
  for (const EnvFile& file : service.env_files) {
    if (names_development(file.path)) return true;
  }
  return names_development(text_at(service, "build.dockerfile"));
}

// Laravel Sail, a debugger, a stage of the Dockerfile for it: nothing else has those.
[[nodiscard]] inline bool is_made_to_develop(const Service& service) {
  const std::string target = text_at(service, "build.target");
  if (target == "dev" || target == "development") return true;
  if (text_at(service, "build.context").find("vendor/laravel/sail/") != std::string::npos) {
    return true;
  }
  if (service.image && service.image->value.starts_with("sail-") &&
      service.image->value.ends_with("/app")) {
    return true;
  }
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    return each.first == "XDEBUG_MODE" || each.first == "XDEBUG_CONFIG";
  });
}

// The comment at the head of a compose file: "Local stack: …", "for local testing".
[[nodiscard]] inline bool is_headed_for_development(const SourceFile& file) {
  static constexpr std::array<std::string_view, 11> kSays = {
      "dev environment",   "dev stack",       "development environment",
      "development only",  "for development", "local development",
      "local environment", "local stack",     "local testing",
      "used for testing",  "used to test"};
  std::string head;
  for (std::string_view rest = file.bytes(); rest.starts_with('#');) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    const std::size_t begin = line.find_first_not_of("# \t");
    if (begin != std::string_view::npos) head.append(line.substr(begin)).append(" ");
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  head = lower_case(head);
  if (has_name_word(head, {"deploy", "live", "prod", "production", "server", "staging"})) {
    return false;
  }
  return head.starts_with("local ") || head.starts_with("development ") ||
         std::any_of(kSays.begin(), kSays.end(),
                     [&](std::string_view each) { return head.find(each) != std::string::npos; });
}
}  // namespace detail

// Sources lie over what was built, and there is a second sign: settings, env files or a Dockerfile
// for development, a server that reloads, mail that is caught. One that is built here and made to
// stay says no. An env file that is named for development says yes alone, and so do the head of the
// file and what is there for nothing else.
[[nodiscard]] inline bool is_developers_stack(const Project& project) {
  bool sources = false;
  bool second = false;
  bool told = false;
  for (const Service& service : project.services) {
    const bool stays = service.restart && (service.restart->value == "always" ||
                                           service.restart->value == "unless-stopped");
    if (service.build && stays && !detail::is_set_to_develop(service)) return false;
    // `.` may lie over an image that others build, too.
    sources |= runs_from_sources(service) || has_mounted(service, project.directory);
    told |= detail::is_made_to_develop(service);
    for (const EnvFile& file : service.env_files) {
      told |= detail::has_name_word(detail::name_of(file.path), {"dev", "development"});
    }
    second |= detail::is_set_to_develop(service) || !reloading_server(service).empty() ||
              detail::catches_mail(service);
  }
  for (const SourceFile* file : project.files) {
    const std::string_view name = detail::name_of(file->path());
    if (detail::has_name_word(name, {"live", "prd", "prod", "production", "staging"})) return false;
    told |= detail::is_headed_for_development(*file);
  }
  return told || (sources && second);
}

}  // namespace composelint
