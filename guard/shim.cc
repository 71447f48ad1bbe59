// The way of every docker command of a script: nothing here may cost more than looking at its
// words. What is heavy stands behind guard_step.
#include <sys/auxv.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "guard/real_program.h"
#include "guard/session.h"
#include "guard/session_directory.h"
#include "guard/shim_line.h"
#include "guard/shim_step.h"

namespace composelint::guard {

namespace {

// The path this process was started by. argv[0] is whatever its caller wanted.
std::string_view started_as(int argc, char** argv) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the kernel hands pointers over as numbers
  const auto* path = reinterpret_cast<const char*>(::getauxval(AT_EXECFN));
  if (path != nullptr) return path;
  return argc > 0 ? argv[0] : "";
}

std::string_view last_part(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

bool is_shim(int argc, char** argv) {
  const std::string_view name = last_part(started_as(argc, argv));
  return std::find(std::begin(kShimNames), std::end(kShimNames), name) != std::end(kShimNames);
}

int run_shim(int argc, char** argv) {
  const std::string_view path = started_as(argc, argv);
  const std::string_view name = last_part(path);
  const std::vector<std::string_view> words(argv + std::min(argc, 1), argv + argc);
  const char* directories = std::getenv("PATH");
  const std::string real = find_real_program(name, directories);
  if (real.empty() || way_of(name, words) == ShimWay::kPass) return become(real, name, argv);
  // What guard itself starts is not to come by here again.
  ::setenv("PATH", path_without_shims(name, directories).c_str(), 1);
  std::vector<std::string> command{std::string(name)};
  command.insert(command.end(), words.begin(), words.end());
  const std::size_t slash = path.rfind('/');
  return guard_step(std::move(command), std::string(path.substr(0, slash + 1)) + ".");
}

}  // namespace composelint::guard
