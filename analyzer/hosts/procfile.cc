// Procfiles: `name: command`, each a process of its own.
#include <algorithm>
#include <cctype>
#include <memory>
#include <string>
#include <utility>

#include "analyzer/hosts/lines.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/hosts/text_builder.h"
#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

using std::string_view;

bool is_process_name(string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return c == '_' || c == '-' || std::isalnum(static_cast<unsigned char>(c)) != 0;
  });
}

}  // namespace

Match match_procfile(string_view path) {
  const string_view name = text::name_of(path);
  return name == "Procfile" || name.starts_with("Procfile.") || name.ends_with(".procfile")
             ? Match::kYes
             : Match::kNo;
}

HostFile read_procfile(const ReadRequest& request) {
  const SourceFile& file = request.file;
  HostFile host;
  host.kind = HostKind::kProcfile;
  host.file = &file;
  for (std::uint32_t at = 0; at < file.size();) {
    const LineSpan line = line_at(file, at);
    at = line.next;
    const std::uint32_t begin = skip_blanks(file, line.begin, line.end);
    const string_view text = file.bytes().substr(begin, line.end - begin);
    if (text.starts_with('#')) {
      host.comments.push_back({{&file, begin, line.end}, true});
      continue;
    }
    const string_view name = text.substr(0, text.find(':'));
    if (name.size() == text.size() || !is_process_name(name)) continue;
    const std::uint32_t colon = begin + static_cast<std::uint32_t>(name.size());
    TextBuilder command(file);
    command.copy(skip_blanks(file, colon + 1, line.end), line.end);
    auto block = std::make_shared<Block>();
    block->directory = text::directory_of(request.path);
    parse_into(*block, command.script(), host);
    Task task;
    task.name = name;
    task.span = {&file, begin, colon};
    task.blocks.push_back(std::move(block));
    host.tasks.push_back(std::move(task));
  }
  return host;
}

}  // namespace composelint::hosts
