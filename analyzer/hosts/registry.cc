#include <algorithm>
#include <array>

#include "analyzer/hosts/host.h"
#include "analyzer/hosts/readers.h"

namespace composelint::hosts {
namespace {

// The first that matches wins.
constexpr auto kHosts = std::to_array<Host>({
    {HostKind::kMakefile, "Makefile", match_makefile, nullptr, read_makefile},
    {HostKind::kJustfile, "justfile", match_justfile, nullptr, read_justfile},
    {HostKind::kTaskfile, "Taskfile", match_taskfile, nullptr, read_taskfile},
});

}  // namespace

const Host* find_host(std::string_view path, std::string_view head) {
  for (const Host& host : kHosts) {
    switch (host.match(path)) {
      case Match::kNo: break;
      case Match::kYes: return &host;
      case Match::kPerhaps:
        if (host.recognise != nullptr && !head.empty() && host.recognise(head)) return &host;
        break;
    }
  }
  return nullptr;
}

bool needs_head(std::string_view path) {
  for (const Host& host : kHosts) {
    const Match match = host.match(path);
    if (match != Match::kNo) return match == Match::kPerhaps;
  }
  return false;
}

const Host* host_of(HostKind kind) {
  const auto found = std::find_if(kHosts.begin(), kHosts.end(),
                                  [&](const Host& host) { return host.kind == kind; });
  return found == kHosts.end() ? nullptr : &*found;
}

void parse_into(Block& block, const shell::ScriptText& text, HostFile& host) {
  Result<Script> script = shell::parse_script(text);
  if (!script) {
    host.troubles.push_back({script.failure().span, script.failure().message});
    return;
  }
  block.script = std::move(*script);
  for (const Span& lost : block.script.unparsed) {
    host.troubles.push_back({lost, "this part could not be read as shell and is not checked"});
  }
}

}  // namespace composelint::hosts
