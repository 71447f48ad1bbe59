// What guard reads of the engine, of its own journal and of dumps: any bytes.
#include <array>

#include "guard/dump_text.h"
#include "guard/journal_json.h"
#include "guard/mask.h"
#include "guard/parse.h"
#include "guard/task_events.h"
#include "tests/fuzz/target.h"

namespace composelint::fuzz {
namespace {

constexpr std::array<std::string_view, 2> kNames = {"*.txt", "*.sh"};

}  // namespace

std::span<const std::string_view> names() {
  return kNames;
}

void try_one(const Input& input) {
  using namespace composelint::guard;
  JournalLines lines;
  TaskEvents events({false, {}, 0});
  std::size_t begin = 0;
  while (begin <= input.text.size()) {
    const std::size_t end = std::min(input.text.find('\n', begin), input.text.size());
    const std::string_view line = input.text.substr(begin, end - begin);
    lines.take(line);
    events.read(line);
    (void)read_holder(line);
    begin = end + 1;
  }
  (void)lines.finish();
  (void)parse_containers(input.text);
  (void)parse_health_checks(input.text);
  (void)parse_client_project(input.text);
  (void)parse_dry_run(input.text);
  (void)parse_compose_version(input.text);
  (void)ending_of(family_of_text(input.text), input.text);
  (void)kind_of(input.text);

  Mask mask;
  mask.hide_values({{"DB_PASSWORD", "canary-1f5c"}}, nullptr);
  const std::string shown = mask.text(std::string(input.text) + "canary-1f5c");
  require(shown.find("canary-1f5c") == std::string::npos, "a hidden value is not shown");
  for (const char byte : shown) {
    require(byte == '\n' || byte == '\t' || static_cast<unsigned char>(byte) >= 0x20,
            "no control character is shown", shown.substr(0, 200));
  }
}

}  // namespace composelint::fuzz
