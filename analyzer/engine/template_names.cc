#include "analyzer/engine/template_names.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "analyzer/engine/classify.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

constexpr std::string_view kKey = "container_name:";
// Less tells nothing of what the rest may be.
constexpr std::size_t kShortest = 3;

void add_names(std::string_view text, std::vector<std::string>& names) {
  for (std::size_t at = text.find(kKey); at != std::string_view::npos; at = text.find(kKey, at)) {
    at += kKey.size();
    const std::size_t begin = std::min(text.find_first_not_of(" \t\"'", at), text.size());
    const std::size_t end = std::min(text.find_first_of("{<$\"' \t\r\n#", begin), text.size());
    if (end - begin >= kShortest) names.emplace_back(text.substr(begin, end - begin));
  }
}

}  // namespace

bool is_template_name(std::string_view path) {
  static constexpr std::array<std::string_view, 8> kExtensions = {
      ".ejs", ".erb", ".gotmpl", ".hbs", ".j2", ".jinja2", ".tmpl", ".tpl"};
  return std::find(kExtensions.begin(), kExtensions.end(), text::extension_of(path)) !=
         kExtensions.end();
}

std::vector<std::string> names_in_templates(std::span<const std::string> paths,
                                            const FileSystem& files) {
  std::vector<std::string> names;
  for (const std::string& path : paths) {
    const Result<std::string> head = files.read_head(path, kHeadBytes);
    if (head) add_names(*head, names);
  }
  return names;
}

}  // namespace composelint::engine
