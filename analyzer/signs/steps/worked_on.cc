#include "analyzer/signs/steps/worked_on.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"

namespace composelint {

namespace {

// Its source is known, whatever its target hangs on: `./app:/$WORKDIR`.
bool comes_from_a_known_place(const Mount& mount) {
  if (mount.known) return true;
  const std::string_view text = mount.span.text();
  const std::size_t colon = text.find(':');
  return colon != text.npos && text.substr(0, colon).find('$') == text.npos;
}

}  // namespace

bool has_mounted(const Service& service, std::string_view directory) {
  const auto cut = [](std::string_view path) {
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    return path;
  };
  return !directory.empty() &&
         std::any_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
           return mount.type == "bind" && comes_from_a_known_place(mount) &&
                  cut(mount.source) == cut(directory);
         });
}

bool runs_from_sources(const Service& service) {
  return has_mounted(service, text_at(service, "build.context"));
}

bool lies_under_its_sources(const Service& service) {
  if (!runs_from_sources(service)) return false;
  const std::string context = text_at(service, "build.context");
  const std::string directory = text_at(service, "working_dir");
  return std::any_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
    std::string target = mount.target;
    while (target.ends_with('/')) target.pop_back();
    return mount.type == "bind" && mount.source == context &&
           (directory.empty() || (directory + "/").starts_with(target + "/"));
  });
}

bool builds_no_code(const Project& project) {
  return std::all_of(project.services.begin(), project.services.end(), [](const Service& each) {
    return !each.build || lies_under_its_sources(each);
  });
}

bool has_mounted_a_part(const Service& service) {
  static constexpr std::array<std::string_view, 4> kOfData = {"/etc/", "/var/lib/", "/var/log/",
                                                              "/tmp/"};
  std::string context = text_at(service, "build.context");
  if (context.empty()) return false;
  if (!context.ends_with('/')) context += '/';
  return std::any_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
    return mount.type == "bind" && mount.known && !mount.read_only &&
           (mount.source + "/").starts_with(context) &&
           std::none_of(kOfData.begin(), kOfData.end(),
                        [&](std::string_view each) { return mount.target.starts_with(each); });
  });
}

bool is_watched(const Service& service) {
  return service.attribute("develop.watch") != nullptr;
}

std::string_view reloading_server(const Service& service) {
  static constexpr std::array<std::string_view, 25> kWords = {
      "--auto-reload",  "--livereload", "--reload",      "--watch",     "air",
      "artisan serve",  "devserver",    "livereload",    "next dev",    "nodemon",
      "php -S",         "pnpm dev",     "run dev",       "run --debug", "runserver",
      "runserver_plus", "start_dev",    "start:dev",     "start:debug", "start_webpack",
      "ts-node-dev",    "vite",         "webpack serve", "yarn dev",    "webpack-dev-server"};
  std::string words;
  for (const auto* list : {&service.entrypoint, &service.command}) {
    if (!*list) continue;
    for (const std::string& word : (*list)->value) words += word + " ";
  }
  const auto apart = [&](std::size_t at) {
    constexpr std::string_view kOfWords = "-_:.";
    return at >= words.size() || (std::isalnum(static_cast<unsigned char>(words[at])) == 0 &&
                                  kOfWords.find(words[at]) == std::string_view::npos);
  };
  const auto found = std::find_if(kWords.begin(), kWords.end(), [&](std::string_view word) {
    for (std::size_t at = words.find(word); at != words.npos; at = words.find(word, at + 1)) {
      if ((at == 0 || apart(at - 1)) && apart(at + word.size())) return true;
    }
    return false;
  });
  return found == kWords.end() ? std::string_view() : *found;
}

}  // namespace composelint
