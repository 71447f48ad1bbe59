#include "analyzer/signs/data/host_migration.h"

#include <composelint/service_role.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/signs/stacks/published_port.h"
#include "analyzer/signs/steps/sequence.h"

namespace composelint {

std::optional<ToldAddress> address_of(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return std::nullopt;
  text = text.substr(scheme + 3);
  text = text.substr(0, text.find_first_of("/?\"' \t\r\n"));
  text = text.substr(text.rfind('@') + 1);  // npos + 1 is 0
  const std::size_t colon = text.rfind(':');
  const std::int64_t port =
      colon == std::string_view::npos ? 0 : port_number(text.substr(colon + 1));
  return ToldAddress{std::string(text.substr(0, colon)), port};
}

namespace {

// What follows `NAME=` in the text, where that begins a word.
std::string_view value_of(std::string_view name, std::string_view text) {
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const bool begins = at == 0 || std::string_view(" \t\n;&(").find(text[at - 1]) != text.npos;
    const std::string_view rest = text.substr(at + name.size());
    if (begins && rest.starts_with('=')) return rest.substr(1, rest.find_first_of(" \t\n;") - 1);
  }
  return {};
}

// What it sets one of the variables to by which such tools find their database; empty: none.
std::string_view database_url_in(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kNames = {
      "DATABASE_URI", "DATABASE_URL", "DB_URL",
      "DIRECT_URL",   "FLYWAY_URL",   "SQLALCHEMY_DATABASE_URI"};
  for (const std::string_view name : kNames) {
    const std::string_view value = value_of(name, text);
    if (!value.empty()) return value;
  }
  return {};
}

// `"$URL"`: what the file sets that to; else the value itself.
std::string_view followed(std::string_view value, const SourceFile& file) {
  std::string_view name = value;
  while (!name.empty() && std::string_view("\"${").find(name.front()) != name.npos) {
    name.remove_prefix(1);
  }
  if (name.size() == value.size() || value.find('$') == value.npos) return value;
  name = name.substr(0, name.find_first_of("}\""));
  const std::string_view set = value_of(name, file.bytes());
  return set.find("://") == set.npos ? value : set;
}

// A line that begins with it.
std::string_view database_url_in(const SourceFile& file) {
  for (std::uint32_t number = 1; number <= file.line_count(); ++number) {
    std::string_view line = file.line_text(number);
    if (line.starts_with("export ")) line.remove_prefix(7);
    const std::string_view value = database_url_in(line.substr(0, line.find(' ')));
    if (!value.empty()) return followed(value, file);
  }
  return {};
}

// The address that is written anywhere: in the command, in the script, in the project's env file.
std::string_view written_address(const Timeline& timeline, const Step& step,
                                 const Project& project) {
  for (const Argument& word : step.argv) {
    if (word.text.find("://") != std::string::npos) return word.text;
  }
  if (const auto url = database_url_in(step.span.text()); !url.empty()) {
    return followed(url, *timeline.file);
  }
  if (const auto url = database_url_in(*timeline.file); !url.empty()) return url;
  for (const SourceFile* file : project.env_files) {
    if (const auto url = database_url_in(*file); !url.empty()) return url;
  }
  return {};
}

// Runs nothing of one's own: all that is done with the database is done from outside.
bool holds_no_application(const Project& project) {
  return std::none_of(project.services.begin(), project.services.end(),
                      [](const Service& service) { return service.build.has_value(); });
}

}  // namespace

std::optional<ReachedService> migrated_on_host(const Timeline& timeline, const Step& step) {
  const bool migrates = step.effect == Effect::kMigrates && step.role == Role::kNone &&
                        step.effect_name != "migration" && !step.followed;
  if (!migrates || step.launcher != Launcher::kNone || step.place != Place::kHost) {
    return std::nullopt;
  }
  const Step* up = last_before(timeline, step, [&](const Step& other) {
    return other.call && (other.call->is("up") || other.call->is("start")) &&
           other.call->target.project != nullptr && same_place(other, step);
  });
  if (up == nullptr) return std::nullopt;
  const Project& project = *up->call->target.project;
  const std::string_view written = written_address(timeline, step, project);
  const auto told = address_of(written);
  if (!written.empty() && !told) return std::nullopt;
  if (told && told->host != "localhost" && told->host != "127.0.0.1") return std::nullopt;
  if (!told && !holds_no_application(project)) return std::nullopt;
  std::optional<ReachedService> found;
  for (const Service& service : project.services) {
    if (role_of(service) != ServiceRole::kDatabase) continue;
    for (const PublishedPort& open : published_ports(service)) {
      if (!open.known || !(open.on_loopback() || open.on_all_addresses())) continue;
      const std::int64_t port = told && told->port == 0 ? open.target : told ? told->port : 0;
      if (told && (port < open.first || open.last < port)) continue;
      if (found && found->service != &service) return std::nullopt;
      found = ReachedService{&service, open.span, &project};
    }
  }
  return found;
}

}  // namespace composelint
