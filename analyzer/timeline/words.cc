#include "analyzer/timeline/words.h"

#include <composelint/variable_name.h>

#include <algorithm>

#include "analyzer/shell/expand.h"

namespace composelint::timeline {

Argument joined(std::span<const Argument> words) {
  Argument out;
  for (const Argument& word : words) {
    if (&word != words.data()) out.text += ' ';
    const auto at = static_cast<std::uint32_t>(out.text.size());
    out.span = out.span ? join(out.span, word.span) : word.span;
    for (const Hole& hole : word.holes) out.holes.push_back({hole.at + at, hole.name});
    for (const WrittenRun& run : word.runs) out.runs.push_back({run.at + at, run.size, run.span});
    out.text += word.text;
    out.quoted = out.quoted || word.quoted;
  }
  return out;
}

shell::Positional positional_of(std::span<const Argument> words) {
  shell::Positional out;
  out.known = true;
  if (!words.empty()) {
    const Argument& last = words.back();
    const bool any = last.splits && last.text.empty() && last.holes.size() == 1;
    out.known = !any || (last.holes.front().name != "@" && last.holes.front().name != "*");
    if (!out.known) words = words.first(words.size() - 1);
  }
  for (const Argument& word : words) out.arguments.push_back(shell::to_text(word));
  return out;
}

std::optional<std::vector<std::string>> known_words(const shell::Positional& given) {
  if (!given.known) return std::nullopt;
  std::vector<std::string> words;
  for (const shell::Text& argument : given.arguments) {
    if (!shell::is_known(argument)) return std::nullopt;
    words.push_back(shell::known_text(argument));
  }
  return words;
}

void shift_words(std::span<const Argument> argv, shell::Scope& scope) {
  if (argv.size() < 2) return scope.shift();
  const std::string& by = argv[1].text;
  const shell::Positional& given = scope.positional();
  if (argv[1].known() && !by.empty() && by.size() < 4 &&
      by.find_first_not_of("0123456789") == std::string::npos) {
    const auto count = static_cast<std::size_t>(std::stoi(by));
    // More than there are: nothing goes.
    if (!given.known || count <= given.arguments.size()) scope.shift(count);
    return;
  }
  const bool plain = !given.arguments.empty() && shell::is_known(given.arguments.front()) &&
                     !shell::known_text(given.arguments.front()).starts_with('-');
  const bool behind_options =
      std::any_of(argv[1].holes.begin(), argv[1].holes.end(),
                  [](const Hole& hole) { return hole.name.find("OPTIND") != std::string::npos; });
  if (!plain || !behind_options) scope.set_positional({});
}

std::string shown(const Argument& word) {
  std::string out = word.text;
  for (auto hole = word.holes.rbegin(); hole != word.holes.rend(); ++hole) {
    out.insert(hole->at,
               has_letters_of_a_name(hole->name) ? "$" + hole->name : "<" + hole->name + ">");
  }
  return out;
}

std::string where(Place place, const std::string& name) {
  const std::string what =
      place == Place::kRemote ? "it runs on another host" : "it runs in a container";
  return name.empty() ? what : what + " (" + name + ")";
}

bool mentions(std::span<const Argument> words, const char* text) {
  return std::any_of(words.begin(), words.end(), [&](const Argument& word) {
    return word.text.find(text) != std::string::npos;
  });
}

}  // namespace composelint::timeline
