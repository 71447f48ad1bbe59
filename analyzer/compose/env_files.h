// Reading env files in a row.
#pragma once

#include <composelint/result.h>

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/compose/dotenv.h"
#include "analyzer/compose/environment.h"
#include "analyzer/compose/load.h"

namespace composelint::compose {

// The variables of all files, later ones win. Lines may use `outer`, which wins over the files'
// own, and lines above them. Paths are absolute. Fails when a file is not there, or as
// parse_dotenv() does; `origin` is kept as the variables' origin.
[[nodiscard]] Result<Environment> read_env_files(const std::vector<std::string>& paths,
                                                 const Environment& outer, std::string_view origin,
                                                 Load& load);

// The same of a file that one is made from: the project does not read it.
[[nodiscard]] Result<Environment> read_env_template(const std::string& path,
                                                    const Environment& outer, Load& load);

// Variables that values of the file ask for and nothing sets.
void note_unset(const DotenvFile& file, Load& load);

}  // namespace composelint::compose
