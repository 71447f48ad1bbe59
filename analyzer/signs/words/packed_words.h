// What programs that copy or pack are told to take.
#pragma once

#include <composelint/argument.h>
#include <composelint/step.h>

#include <vector>

namespace composelint {

// The words behind the verb that are no options: `aws s3 cp FILE s3://…`.
[[nodiscard]] std::vector<const Argument*> copied_words(const Step& step);

// What `tar -czf ARCHIVE FOLDER…` packs; nothing where `-C` or a list says that.
[[nodiscard]] std::vector<const Argument*> packed_words(const Step& step);

}  // namespace composelint
