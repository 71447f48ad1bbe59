#include "analyzer/signs/files/missing_program.h"

#include <array>
#include <cstddef>
#include <string_view>

#include "analyzer/signs/images/image_name.h"

namespace composelint {

namespace {

struct MissingProgram {
  std::string_view image;     // as image_name() has it
  std::string_view programs;  // "curl wget"
  std::string_view variant;   // some part of the tag says so; empty: every one
  std::string_view but_not;   // unless this part stands in the tag
  int since = 0;              // major release from which on they are missing
};

// The number that a tag begins with; 0 where it begins with none.
int major_of(std::string_view tag) {
  int major = 0;
  for (std::size_t i = 0; i < tag.size() && i < 4 && tag[i] >= '0' && tag[i] <= '9'; ++i) {
    major = major * 10 + (tag[i] - '0');
  }
  return major;
}

bool has_part(std::string_view text, std::string_view wanted) {
  for (std::size_t at = text.find(wanted); at != std::string_view::npos;
       at = text.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == '-';
    if (begins && (end == text.size() || text[end] == ' ' || text[end] == '-' ||
                   (text[end] >= '0' && text[end] <= '9'))) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool lacks_program(std::string_view image, std::string_view program) {
  static constexpr std::array<MissingProgram, 21> kRows = {{
      {"alpine", "curl", "", "", 0},
      {"busybox", "curl", "", "", 0},
      {"debian", "curl wget", "", "", 0},
      {"mariadb", "mysql mysqladmin", "", "", 11},
      {"mongo", "mongo", "", "", 6},
      {"mongo", "curl wget", "", "", 0},
      {"node", "curl", "alpine", "", 0},
      {"node", "curl wget", "slim", "", 0},
      {"postgis/postgis", "curl", "", "", 0},
      {"postgres", "curl", "", "", 0},
      {"postgres", "wget", "", "alpine", 0},
      {"prom/alertmanager", "curl", "", "", 0},
      {"prom/prometheus", "curl", "", "", 0},
      {"python", "curl", "alpine", "", 0},
      {"python", "curl wget", "slim", "", 0},
      {"qdrant/qdrant", "curl wget", "", "", 0},
      {"quay.io/keycloak/keycloak", "curl wget", "", "", 23},
      {"redis", "curl", "", "", 0},
      {"traefik", "curl", "", "", 0},
      {"ubuntu", "curl wget", "", "", 0},
      {"valkey/valkey", "curl", "", "", 0},
  }};
  const ImageName name = image_name(image);
  for (const MissingProgram& row : kRows) {
    if (row.image != name.name || !has_part(row.programs, program)) continue;
    const bool newest = name.tag.empty() || name.tag == "latest";
    if (!row.variant.empty() && !has_part(name.tag, row.variant)) continue;
    if (!row.but_not.empty() && has_part(name.tag, row.but_not)) continue;
    if (row.since == 0 || newest || major_of(name.tag) >= row.since) return true;
  }
  return false;
}

}  // namespace composelint
