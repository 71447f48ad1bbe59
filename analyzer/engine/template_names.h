// What templates of compose files call their containers.
#pragma once

#include <composelint/file_system.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::engine {

// compose.yml.j2, stack.tmpl: text that becomes a file once something has filled it in.
[[nodiscard]] bool is_template_name(std::string_view path);

// The plain text with which each `container_name:` in these files begins.
[[nodiscard]] std::vector<std::string> names_in_templates(std::span<const std::string> paths,
                                                          const FileSystem& files);

}  // namespace composelint::engine
