// What a shell text writes out for other programs to run.
#pragma once

#include <composelint/argument.h>

#include <string>
#include <vector>

namespace composelint::guard {

struct RunDocument {
  std::string program;  // "sh", "psql"
  Argument text;
};

struct RunDocuments {
  std::vector<RunDocument> found;
  bool cut = false;  // there are more of them than are kept
};

// Here-documents and what `echo` prints, where a shell, a client or an interpreter reads it:
// `sh <<X`, `cat >f <<X … sh f`, `echo '…' | sh`, `. ./f`.
[[nodiscard]] RunDocuments documents_run_in(const Argument& script);

}  // namespace composelint::guard
