// Shell texts that a program in Python, Perl, Ruby, PHP, JavaScript or awk has run.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace composelint::guard {

// `os.system("dropdb app")`, `subprocess.run(["dropdb", "app"])`; `backquotes`: they run as well.
[[nodiscard]] std::vector<std::string> run_by_program(std::string_view text, bool backquotes);

}  // namespace composelint::guard
