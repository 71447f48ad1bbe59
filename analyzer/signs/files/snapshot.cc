#include "analyzer/signs/files/snapshot.h"

#include <string_view>

namespace composelint {

bool begins_with_a_log(const SourceFile& file) {
  const std::string_view first = file.bytes().substr(0, file.bytes().find('\n'));
  return first.starts_with("time=\"20") && first.find(" level=") != first.npos;
}

}  // namespace composelint
