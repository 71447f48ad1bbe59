#include "analyzer/knowledge/runners.h"

#include <string_view>

#include "analyzer/knowledge/option_rows.h"
#include "analyzer/knowledge/option_words.h"

namespace composelint::knowledge {
namespace {

// https://github.com/open-cli-tools/concurrently, `concurrently --help`
constexpr OptionSpec kConcurrently[] = {value("--max-processes", 'm'),
                                        value("--names", 'n'),
                                        value("--name-separator"),
                                        value("--success", 's'),
                                        flag("--raw", 'r'),
                                        flag("--no-color"),
                                        value("--hide"),
                                        flag("--group", 'g'),
                                        flag("--timings"),
                                        flag("--passthrough-arguments", 'P'),
                                        value("--teardown"),
                                        flag("--kill-others", 'k'),
                                        flag("--kill-others-on-fail"),
                                        value("--kill-signal"),
                                        value("--prefix", 'p'),
                                        value("--prefix-colors", 'c'),
                                        value("--prefix-length", 'l'),
                                        flag("--pad-prefix"),
                                        value("--timestamp-format", 't'),
                                        value("--restart-tries"),
                                        value("--restart-after"),
                                        flag("--handle-input", 'i'),
                                        value("--default-input-target"),
                                        value("--cwd")};

}  // namespace

std::vector<std::size_t> command_words(std::span<const Argument> argv) {
  if (argv.empty()) return {};
  const std::string_view name = base_name(argv.front());
  if (name != "concurrently" && name != "conc") return {};
  std::vector<std::size_t> out;
  for (std::size_t at = 1; at < argv.size(); ++at) {
    const OptionWords words = read_options(kConcurrently, argv, at);
    if (!words.why_not.empty() || words.next >= argv.size()) return out;
    at = words.next;
    out.push_back(at);
    if (words.dashes) {  // what follows is put into the commands
      while (++at < argv.size()) out.push_back(at);
    }
  }
  return out;
}

}  // namespace composelint::knowledge
