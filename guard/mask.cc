#include "guard/mask.h"

#include <composelint/secret_name.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "analyzer/compose/dotenv.h"
#include "analyzer/report/display.h"
#include "analyzer/text/path.h"
#include "guard/mask_words.h"

namespace composelint::guard {

namespace {

// What no secret is made of: settings that would be missed in a message.
bool is_plainly_no_secret(std::string_view value) {
  const auto all = [&](auto test) { return std::all_of(value.begin(), value.end(), test); };
  if (all([](unsigned char c) { return std::isdigit(c) != 0 || c == '.' || c == ':'; }))
    return true;
  // "production", "postgres", "en_US"
  constexpr std::size_t kLongestWord = 14;
  return value.size() <= kLongestWord &&
         all([](unsigned char c) { return std::isalpha(c) != 0 || c == '_'; });
}

bool is_place(std::string_view value) {
  if (value.starts_with('/') || value.starts_with("./")) return true;
  return value.find("://") != std::string_view::npos && value.find('?') == std::string_view::npos &&
         value.find('@') == std::string_view::npos;
}

}  // namespace

void Mask::hide_values(const std::vector<std::pair<std::string, std::string>>& environment,
                       const Project* project) {
  std::set<std::string, std::less<>> names;  // of the project itself, which everybody may read
  if (project != nullptr) {
    names.insert(project->name.value);
    for (const Service& service : project->services) {
      names.insert(service.name);
      if (service.image) names.insert(service.image->value);
    }
  }
  const auto hide = [&](std::string_view name, std::string_view value, bool named_only) {
    constexpr std::size_t kShortestNamed = 3;
    constexpr std::size_t kShortest = 6;
    const bool secret = names_a_secret(name);
    if (const std::string_view password = password_in_url(value);
        password.size() >= kShortestNamed) {
      values_.emplace(password);
    }
    if (value.size() < (secret ? kShortestNamed : kShortest)) return;
    if (!secret && (named_only || is_plainly_no_secret(value) || is_place(value))) return;
    if (names.contains(value) || value == "true" || value == "false") return;
    values_.emplace(value);
    // What is printed is printed by the line.
    for (std::size_t at = 0; value.find('\n') != std::string_view::npos && at < value.size();) {
      const std::size_t end = std::min(value.find('\n', at), value.size());
      if (end - at >= kShortest) values_.emplace(value.substr(at, end - at));
      at = end + 1;
    }
  };
  for (const auto& [name, value] : environment) hide(name, value, true);
  if (project == nullptr) return;
  for (const Service& service : project->services) {
    for (const auto& [name, value] : service.environment) {
      if (value.value) hide(name, *value.value, false);
    }
  }
  for (const SourceFile* file : project->env_files) {
    const auto read = compose::parse_dotenv(
        *file, [](std::string_view) -> const compose::Variable* { return nullptr; }, {});
    if (!read) continue;
    for (const compose::DotenvEntry& entry : read->entries) hide(entry.name, entry.value, false);
  }
}

std::vector<std::string> Mask::argv(const std::vector<std::string>& words) const {
  std::vector<std::string> out;
  bool secret_next = false;      // the word behind `--password`
  bool assignment_next = false;  // the word behind `-e`
  bool joined_password = false;  // `mysql -pSECRET`
  for (const std::string& word : words) {
    if (secret_next) {
      out.emplace_back(kMasked);
      secret_next = false;
      continue;
    }
    const std::size_t equals = word.find('=');
    // `PASSWORD=x`, `--password=x`; not the text of a shell that holds one.
    const bool assigns =
        equals != std::string::npos && equals > 0 && word.find_first_of(" \t\n;|&'\"") >= equals;
    const std::string_view name = std::string_view(word).substr(0, equals);
    const bool attached = name == "--env" || (word.starts_with("-e") && !word.starts_with("--"));
    if ((assignment_next && assigns) || (assigns && attached)) {
      const std::size_t from = name == "--env" ? word.find('=', equals + 1) : equals;
      out.push_back(from == std::string::npos ? word
                                              : word.substr(0, from + 1) + std::string(kMasked));
      assignment_next = false;
      continue;
    }
    assignment_next = word == "-e" || word == "--env";
    const std::string_view program = text::name_of(word);
    if (takes_joined_password(program)) joined_password = true;
    if (joined_password && word.size() > 2 && word.starts_with("-p")) {
      out.push_back("-p" + std::string(kMasked));
      continue;
    }
    const bool option = word.starts_with('-') && names_a_secret(word.substr(0, equals));
    secret_next = option && !assigns;
    if (assigns && names_a_secret(name)) {
      out.push_back(std::string(name) + "=" + std::string(kMasked));
      continue;
    }
    out.push_back(without_values(without_told_secrets(word)));
  }
  return out;
}

std::string Mask::without_values(std::string text) const {
  // The longest first: one value may hold another.
  std::vector<std::string_view> values(values_.begin(), values_.end());
  std::stable_sort(values.begin(), values.end(),
                   [](auto a, auto b) { return a.size() > b.size(); });
  for (const std::string_view value : values) {
    for (std::size_t at = text.find(value); at != std::string::npos;
         at = text.find(value, at + kMasked.size())) {
      text.replace(at, value.size(), kMasked);
    }
  }
  return text;
}

std::string Mask::text(std::string_view text) const {
  return report::printable(without_told_secrets(without_values(std::string(text))));
}

}  // namespace composelint::guard
