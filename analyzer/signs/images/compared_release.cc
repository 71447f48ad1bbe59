#include "analyzer/signs/images/compared_release.h"

namespace composelint {

bool is_a_compared_release(const Stream& out) {
  return out.kind == StreamKind::kFile && out.target.text.starts_with('=');
}

}  // namespace composelint
