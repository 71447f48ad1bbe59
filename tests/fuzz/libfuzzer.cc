// The entry that libFuzzer calls. The first byte chooses the name, the rest is the text.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using composelint::fuzz::names;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto choice = static_cast<std::size_t>(data[0]) % names().size();
  composelint::fuzz::try_one({std::string(names()[choice]), bytes.substr(1)});
  return 0;
}
