#include "guard/sqlite_file.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <string>

#include "analyzer/text/path.h"
#include "guard/lost_statements.h"

namespace composelint::guard {

namespace {

// The place of the first operand, and of the one behind it.
std::size_t operand_from(const TextCommand& command, std::size_t at) {
  static constexpr std::array<std::string_view, 9> kTaking = {
      "-A", "-cmd", "-init", "-maxsize", "-newline", "-nullvalue", "-separator", "-vfs", "-mmap"};
  for (; at < command.words.size(); ++at) {
    const std::string& word = command.words[at].text;
    if (!word.starts_with('-')) return at;
    if (std::find(kTaking.begin(), kTaking.end(), word) != kTaking.end()) ++at;
  }
  return at;
}

}  // namespace

bool is_file_of_sqlite(std::string_view path) {
  static constexpr std::array<std::string_view, 5> kEnds = {".db", ".db3", ".s3db", ".sqlite",
                                                            ".sqlite3"};
  for (const std::string_view beside : {"-journal", "-shm", "-wal", "*"}) {
    if (path.ends_with(beside)) path.remove_suffix(beside.size());
  }
  const std::string low = lower_case(text::name_of(path));
  return std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view end) { return low.ends_with(end); });
}

bool is_scratch_file(std::string_view path) {
  if (path.starts_with(":memory:") || text::normalise(path).starts_with("/tmp/")) return true;
  const std::string name = lower_case(text::name_of(path));
  const std::string stem = name.substr(0, name.find('.'));
  return stem == "thumbs" || stem.find("cache") != std::string::npos || names_what_is_scratch(stem);
}

std::string_view file_of_client(const TextCommand& command) {
  const std::size_t at = operand_from(command, 1);
  if (at >= command.words.size()) return ":memory:";
  return command.words[at].known ? std::string_view(command.words[at].text) : std::string_view();
}

bool sqlite_is_replaced(const TextCommand& command) {
  if (!is_client_of_sqlite(program_name(command)) || is_scratch_file(file_of_client(command))) {
    return false;
  }
  return std::any_of(command.words.begin(), command.words.end(),
                     [](const TextWord& word) { return word.text.starts_with(".restore "); });
}

bool sqlite_is_told(const TextCommand& command) {
  return operand_from(command, operand_from(command, 1) + 1) < command.words.size();
}

}  // namespace composelint::guard
