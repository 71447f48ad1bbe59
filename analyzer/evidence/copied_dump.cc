#include "analyzer/evidence/copied_dump.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/text/path.h"

namespace composelint::evidence {

namespace {

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// "pg_dump-2024" has the word "dump"; "dumpling" has not.
bool has_word_of_dumps(std::string_view part) {
  static constexpr std::array<std::string_view, 8> kWords = {
      "backup", "backups", "bak", "bkp", "dump", "dumps", "snapshot", "snapshots"};
  std::string word;
  for (std::size_t at = 0; at <= part.size(); ++at) {
    const auto c = static_cast<unsigned char>(at < part.size() ? part[at] : ' ');
    if (std::isalpha(c) != 0) {
      word += static_cast<char>(std::tolower(c));
      continue;
    }
    if (one_of(word, kWords)) return true;
    word.clear();
  }
  return false;
}

// In a folder of dumps, or a dump by its own name: `vault:/srv/dumps/`, `app.sql.gz`.
bool is_a_dump(const Argument& source) {
  static constexpr std::array<std::string_view, 4> kEndings = {".sql", ".sql.gz", ".dump",
                                                               ".pgdump"};
  std::string_view path = source.text;
  if (std::any_of(kEndings.begin(), kEndings.end(),
                  [&](std::string_view ending) { return path.ends_with(ending); })) {
    return true;
  }
  while (!path.empty()) {
    const std::size_t end = path.find_first_of("/:");
    if (has_word_of_dumps(path.substr(0, end))) return true;
    if (end == std::string_view::npos) return false;
    path.remove_prefix(end + 1);
  }
  return false;
}

// What is copied, and last where to.
std::vector<const Argument*> operands_of(const Step& step) {
  static constexpr std::array<std::string_view, 6> kValues = {
      "-e", "--rsh", "--exclude", "--include", "--link-dest", "--backup-dir"};
  std::vector<const Argument*> out;
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const Argument& word = step.argv[i];
    if (word.text.starts_with('-')) {
      i += one_of(word.text, kValues) ? 1 : 0;
    } else {
      out.push_back(&word);
    }
  }
  return out;
}

// `psql < /tmp/backup.sql` on the way behind it: it is there to be loaded.
bool is_loaded(const Argument& copy, const Step& step, const Timeline& timeline) {
  const auto here = static_cast<std::size_t>(&step - timeline.steps.data());
  if (copy.text.empty() || here >= timeline.steps.size()) return false;
  for (std::size_t i = here + 1; i < timeline.steps.size(); ++i) {
    const Step& other = timeline.steps[i];
    if (other.launcher == Launcher::kNone || other.in.kind != StreamKind::kFile) continue;
    const bool same = other.in.target.text == copy.text && other.in.target.holes == copy.holes;
    // On the same way: `migrate || psql < backup.sql` is what the copy is for.
    const bool always =
        std::all_of(other.conditions.begin(), other.conditions.end(), [&](const Condition& each) {
          return std::find(step.conditions.begin(), step.conditions.end(), each) !=
                 step.conditions.end();
        });
    if (same && always) return true;
  }
  return false;
}

}  // namespace

bool copies_no_data(const Step& step) {
  static constexpr std::array<std::string_view, 8> kData = {".db",  ".sqlite", ".sql", ".rdb",
                                                            "data", "dump",    "-a",   "-r"};
  if (step.argv.empty() || !step.argv.front().is("cp")) return false;
  return std::none_of(step.argv.begin(), step.argv.end(), [](const Argument& word) {
    return std::any_of(kData.begin(), kData.end(), [&](std::string_view part) {
      return word.text.find(part) != std::string::npos;
    });
  });
}

bool copies_a_dump(const Step& step, const Timeline& timeline) {
  if (step.argv.empty() || !step.argv.front().known()) return false;
  const std::string_view program = text::name_of(step.argv.front().text);
  if (program != "cp" && program != "rsync") return false;
  std::vector<const Argument*> operands = operands_of(step);
  if (operands.size() < 2) return false;
  const Argument& copy = *operands.back();
  operands.pop_back();
  return std::all_of(operands.begin(), operands.end(),
                     [](const Argument* source) { return is_a_dump(*source); }) ||
         is_loaded(copy, step, timeline);
}

}  // namespace composelint::evidence
