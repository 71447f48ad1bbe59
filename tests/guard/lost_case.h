// A stack with data, and what commands throw away of it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "guard/command.h"
#include "tests/compose/memory_files.h"
#include "tests/guard/fake_surroundings.h"

namespace composelint::guard {

using Words = std::vector<std::string>;

inline constexpr const char* kStack =
    "name: shop\n"
    "services:\n"
    "  app: {image: \"shop:1\", volumes: [\"uploads:/srv/uploads\"]}\n"
    "  saver: {image: \"tool:1\", volumes: [\"data:/files\", \"saved:/backup\"]}\n"
    "  reader: {image: \"tool:1\", volumes: [\"data:/files:ro\"]}\n"
    "  site:\n"
    "    image: \"shop:1\"\n"
    "    volumes: [\"./media:/srv/media\", \"./dist:/srv/dist\", \"cache:/srv/cache\", "
    "\"./logs:/srv/logs\"]\n"
    "  store: {image: \"redis:7\", volumes: [\"kept:/data\"]}\n"
    "  cache: {image: \"redis:7\"}\n"
    "  db:\n"
    "    image: \"postgres:15\"\n"
    "    volumes: [\"data:/var/lib/postgresql/data\", \"./dumps:/dumps\"]\n"
    "volumes: {data: {}, uploads: {}, saved: {}, cache: {}, kept: {}}\n";

inline Loss loss(const Words& call, const std::map<std::string, std::string>& more = {},
                 const StreamFact& in = {}, const std::string& fed = "", bool whole = true) {
  std::map<std::string, std::string> all = {{"/srv/shop/compose.yaml", kStack}};
  all.insert(more.begin(), more.end());
  const compose::MemoryFiles files(all);
  FakeSurroundings around;
  around.directory = "/srv/shop";
  around.descriptors = {{0, in}};
  around.input = {fed, whole};
  Words argv = {"docker", "compose"};
  argv.insert(argv.end(), call.begin(), call.end());
  const auto command = understand(argv, around, {}, files);
  return command ? (*command)->loss : Loss{"not taken"};
}

// What is refused where there is no restore point.
inline std::string lost(const Words& call) {
  const Loss all = loss(call);
  return all.severity == Severity::kError ? all.what : "";
}

inline Words in_db(const Words& task) {
  Words call = {"exec", "-T", "db"};
  call.insert(call.end(), task.begin(), task.end());
  return call;
}

}  // namespace composelint::guard
