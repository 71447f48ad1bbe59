#include "guard/secret_input.h"

#include <algorithm>
#include <cctype>

#include "analyzer/text/path.h"
#include "guard/secret_programs.h"
#include "guard/secret_words.h"

namespace composelint::guard {

namespace {

// The body of the here-document whose `<<` or `<<-` is word `at`, up to the line that ends it.
TextRange body_of(std::string_view text, const std::vector<TextRange>& command, std::size_t at) {
  const auto [begin, end] = command[at];
  std::string_view mark = text.substr(begin + 2, end - begin - 2);
  if (mark.starts_with('-')) mark.remove_prefix(1);
  if (mark.empty() && at + 1 < command.size()) {
    mark = text.substr(command[at + 1].first, command[at + 1].second - command[at + 1].first);
  }
  while (!mark.empty() && std::string_view("'\"\\").find(mark.front()) != mark.npos) {
    mark.remove_prefix(1);
  }
  while (!mark.empty() && std::string_view("'\"").find(mark.back()) != mark.npos) {
    mark.remove_suffix(1);
  }
  std::size_t line = text.find('\n', end);
  if (line == std::string_view::npos) return {text.size(), text.size()};
  const std::size_t body = ++line;
  while (line < text.size()) {
    const std::size_t stop = std::min(text.find('\n', line), text.size());
    std::string_view one = text.substr(line, stop - line);
    while (one.starts_with('\t')) one.remove_prefix(1);
    if (one == mark) return {body, line};
    line = stop + 1;
  }
  return {body, text.size()};
}

// `$P` or `${P}`, and not `$PATH`.
bool uses(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    std::string_view rest = text.substr(at + 1);
    if (rest.starts_with('{')) rest.remove_prefix(1);
    if (!rest.starts_with(name)) continue;
    rest.remove_prefix(name.size());
    if (rest.empty() ||
        (std::isalnum(static_cast<unsigned char>(rest.front())) == 0 && rest.front() != '_')) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool writes_passwords(const std::vector<std::string_view>& words) {
  const bool tee = !words.empty() && text::name_of(words[0]) == "tee";
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t mark = words[i].rfind('>');
    if (mark == std::string_view::npos) {
      if (tee && holds_secrets(words[i])) return true;
      continue;
    }
    const std::string_view glued = words[i].substr(mark + 1);
    if (holds_secrets(glued.empty() && i + 1 < words.size() ? words[i + 1] : glued)) return true;
  }
  return false;
}

bool takes_by_input(const std::vector<std::string_view>& words) {
  const auto has = [&](std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  const std::string_view program = words.empty() ? "" : text::name_of(words[0]);
  if (program == "passwd" || program == "read" || (program == "tee" && writes_passwords(words)))
    return true;
  return std::any_of(words.begin(), words.end(),
                     [](std::string_view word) {
                       return takes_secret_by_input(text::name_of(word)) || word.ends_with("=-");
                     }) ||
         (has("sudo") && has("-S")) || ((has("secret") || has("vault")) && has("-"));
}

std::vector<TextRange> input_ranges(std::string_view text, const ShellCommands& commands) {
  std::vector<TextRange> out;
  for (const std::vector<TextRange>& command : commands) {
    const auto word = [&](std::size_t i) {
      return text.substr(command[i].first, command[i].second - command[i].first);
    };
    const bool prints = !command.empty() && (word(0) == "echo" || word(0) == "printf");
    for (std::size_t i = 1; i < command.size(); ++i) {
      const std::string_view one = word(i);
      const auto [begin, end] = command[i];
      if (one.starts_with("<<<")) {
        const bool alone = one.size() == 3;
        if (!alone) out.emplace_back(begin + 3, end);
        if (alone && i + 1 < command.size()) out.push_back(command[i + 1]);
      } else if (one.starts_with("<<")) {
        const TextRange body = body_of(text, command, i);
        if (body.second > body.first) out.push_back(body);
      } else if (prints && one.starts_with('>')) {
        if (one.find_first_not_of('>') == std::string_view::npos) ++i;
      } else if (prints && !one.starts_with('-')) {
        // `x>file`, and not within quotes.
        const bool quotes = one.find_first_of("'\"") != std::string_view::npos ||
                            (begin > 0 && (text[begin - 1] == '\'' || text[begin - 1] == '"'));
        const std::size_t mark = quotes ? std::string_view::npos : one.find('>');
        out.emplace_back(begin, mark == std::string_view::npos ? end : begin + mark);
      }
    }
  }
  return out;
}

std::vector<TextRange> assigned_ranges(std::string_view text, const ShellCommands& commands,
                                       const std::vector<TextRange>& hidden) {
  std::vector<TextRange> out;
  for (const std::vector<TextRange>& command : commands) {
    for (const auto& [begin, end] : command) {
      const std::size_t equals = text.substr(begin, end - begin).find('=');
      if (equals == std::string_view::npos || equals == 0) continue;
      const std::string_view name = text.substr(begin, equals);
      const bool used = std::any_of(hidden.begin(), hidden.end(), [&](const TextRange& range) {
        return uses(text.substr(range.first, range.second - range.first), name);
      });
      if (used && begin + equals + 1 < end) out.emplace_back(begin + equals + 1, end);
    }
  }
  return out;
}

}  // namespace composelint::guard
