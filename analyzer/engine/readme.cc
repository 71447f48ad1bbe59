#include "analyzer/engine/readme.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "analyzer/engine/context_words.h"

namespace composelint::engine {

namespace {

struct Head {
  std::string title;
  std::string paragraph;
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);  // npos + 1 is 0
}

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return trimmed(line);
}

// `====` below a title; `~~~~` below a chapter of AsciiDoc.
bool is_underline(std::string_view line) {
  return line.size() > 1 && std::string_view("=-~").find(line.front()) != std::string_view::npos &&
         line.find_first_not_of(line.front()) == std::string_view::npos;
}

// `## Start` of Markdown, `== Start` of AsciiDoc.
bool is_heading(std::string_view line) {
  if (line.starts_with('#')) return true;
  const std::size_t end = line.find_first_not_of('=');
  return end != line.npos && end > 0 && line[end] == ' ';
}

// Badges, pictures, HTML, tables of contents, rows of links.
bool is_decoration(std::string_view line) {
  constexpr std::string_view kSigns = "<![|";
  if (line.find("<a href") != line.npos) return true;
  return kSigns.find(line.front()) != std::string_view::npos || line.starts_with("- [") ||
         line.starts_with("* [");
}

Head head_of(std::string_view text) {
  Head head;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) {
      if (!head.paragraph.empty()) break;
      continue;
    }
    std::string_view rest = text;
    const bool underlined = head.title.empty() && is_underline(take_line(rest));
    if (is_heading(line) || underlined) {
      if (!head.paragraph.empty()) break;
      const std::size_t text_at = std::min(line.find_first_not_of("#="), line.size());
      if (head.title.empty()) head.title = trimmed(line.substr(text_at));
    } else if (is_decoration(line)) {
      if (!head.paragraph.empty()) break;
    } else if (!is_underline(line)) {
      head.paragraph.append(line).append(" ");
    }
  }
  return {lower_case(head.title), lower_case(head.paragraph)};
}

bool speaks_of_production(std::string_view text) {
  const std::vector<std::string> words = words_of(text);
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) {
                       return word == "production" || word == "prod" || word == "deploy" ||
                              word == "deployed" || word == "selfhosted" || word == "selfhost";
                     }) ||
         text.find("self-host") != std::string_view::npos;
}

std::optional<std::string_view> said_in_title(std::string_view title) {
  static constexpr std::array<std::string_view, 16> kWords = {
      "demo",       "demos",      "developers", "developing", "development", "examples",
      "playground", "quickstart", "sample",     "samples",    "sandbox",     "sandboxes",
      "showcase",   "tutorial",   "tutorials",  "workshop"};
  const std::vector<std::string> words = words_of(title.substr(0, title.find("](")));
  // "Quickstart" alone heads a chapter.
  if (words.size() < 2) return std::nullopt;
  for (const std::string_view word : kWords) {
    if (std::find(words.begin(), words.end(), word) != words.end()) return word;
  }
  return std::nullopt;
}

// "Set up your development environment first" says nothing of what is here.
std::optional<std::string_view> said_in_paragraph(std::string_view text) {
  static constexpr std::array<std::string_view, 25> kSays = {"locally using docker",
                                                             "locally with docker",
                                                             "demo purposes",
                                                             "demonstration purposes",
                                                             "demo/teaching",
                                                             "dev environment",
                                                             "development environment",
                                                             "development level",
                                                             "development stack",
                                                             "development tool that",
                                                             "local debugging",
                                                             "local development",
                                                             "local environment",
                                                             "local testing",
                                                             "sandbox for",
                                                             "this demo",
                                                             "this example",
                                                             "this tutorial",
                                                             "testing purposes",
                                                             "server for testing",
                                                             "stack for testing",
                                                             "environment for testing",
                                                             "ローカル開発",
                                                             "ローカル環境",
                                                             "本地开发"};
  for (const std::string_view said : kSays) {
    const std::size_t at = text.find(said);
    if (at == std::string_view::npos || text.substr(0, at).ends_with("your ")) continue;
    const char behind = at + said.size() < text.size() ? text[at + said.size()] : ' ';
    if (behind < 'a' || behind > 'z') return said;
  }
  return std::nullopt;
}

// "This is a development environment only. Do NOT use in production.": said at the beginning, it
// decides, whatever the README calls its chapters.
std::optional<std::string_view> said_for_good(std::string_view text) {
  static constexpr std::array<std::string_view, 11> kSays = {"development environment only",
                                                             "development only",
                                                             "development purposes only",
                                                             "not be used in production",
                                                             "not for production",
                                                             "not intended for production",
                                                             "not meant for production",
                                                             "not suitable for production",
                                                             "not use in production",
                                                             "not use this in production",
                                                             "meant for demo"};
  for (const std::string_view said : kSays) {
    if (text.find(said) != text.npos) return said;
  }
  return std::nullopt;
}

// "This setup is …": all of the repository, not a file of it or a folder.
bool is_about_it_all(std::string_view before) {
  static constexpr std::array<std::string_view, 7> kAll = {
      "configuration", "kit", "project", "repo", "repository", "setup", "stack"};
  before.remove_prefix(before.find_last_of(".:\n") + 1);  // npos + 1 is 0
  before.remove_prefix(std::min(before.find_first_not_of(' '), before.size()));
  if (before == "this is ") return true;
  return std::any_of(kAll.begin(), kAll.end(), [&](std::string_view what) {
    return before == "this " + std::string(what) + " is ";
  });
}

// A chapter tells how a release goes out.
bool has_a_chapter_of_deploying(std::string_view text) {
  for (std::size_t at = text.find("\n#"); at != text.npos; at = text.find("\n#", at + 1)) {
    const std::string_view line = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
    if (line.find("deploy") != line.npos || speaks_of_production(line)) return true;
  }
  return false;
}

// "This setup is intended to be used as a Docker-based development environment", in any chapter.
std::optional<std::string_view> said_of_its_use(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kUses = {"designed as", "designed to be used as",
                                                            "intended as", "intended to be used as",
                                                            "meant as",    "meant to be used as"};
  static constexpr std::array<std::string_view, 4> kWhat = {
      "dev environment", "development environment", "development stack", "local environment"};
  constexpr std::size_t kFar = 60;  // bytes of the same sentence
  if (has_a_chapter_of_deploying(text)) return std::nullopt;
  for (const std::string_view use : kUses) {
    for (std::size_t at = text.find(use); at != text.npos; at = text.find(use, at + 1)) {
      if (!is_about_it_all(text.substr(0, at))) continue;
      std::string_view rest = text.substr(at + use.size(), kFar);
      rest = rest.substr(0, rest.find_first_of(".\n"));
      if (speaks_of_production(rest)) continue;
      for (const std::string_view what : kWhat) {
        if (rest.find(what) != rest.npos) return what;
      }
    }
  }
  return std::nullopt;
}

// "Simulates a real production deployment": what speaks of production so is none.
std::optional<std::string_view> said_of_a_show(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kSays = {"production-like", "simulates a ",
                                                            "simulating a ", "simulation of a ",
                                                            "project demonstrating"};
  for (const std::string_view said : kSays) {
    if (text.find(said) != text.npos) return said;
  }
  return std::nullopt;
}

// "This tutorial shows how to deploy …": those who deploy by it do so elsewhere. A demo may be
// deployed itself.
std::optional<std::string_view> begins_as_a_lesson(std::string_view text) {
  static constexpr std::array<std::string_view, 3> kSays = {"this example", "this tutorial",
                                                            "this workshop"};
  for (const std::string_view said : kSays) {
    constexpr std::string_view kBehind = " ,";
    if (!text.starts_with(said) || text.size() == said.size()) continue;
    if (kBehind.find(text[said.size()]) != kBehind.npos) return said;
  }
  return std::nullopt;
}

// What somebody is to show that he can do it. First letters are left out where they may be capital
// ones of another alphabet.
std::optional<std::string_view> said_of_a_task(std::string_view title) {
  static constexpr std::array<std::string_view, 10> kSays = {
      "coding challenge",     "take-home",       "technical challenge",
      "technical test",       "test assignment", "test task",
      "university project",   "course project",  "естовое задание",
      "задание на стажировку"};
  for (const std::string_view said : kSays) {
    if (title.find(said) != title.npos) return said;
  }
  return std::nullopt;
}

// `server` is a word, and not that of "servername".
std::size_t count(std::string_view text, std::string_view part, bool whole) {
  const auto letter = [&](std::size_t at) {
    return at < text.size() && ((text[at] >= 'a' && text[at] <= 'z') || text[at] == '_' ||
                                (text[at] >= '0' && text[at] <= '9'));
  };
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) {
    const bool inside = (at > 0 && letter(at - 1)) || letter(at + part.size());
    if (!whole || !inside) ++found;
  }
  return found;
}

// "### Set Up A Local Environment".
bool has_a_local_chapter(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (!is_heading(line)) continue;
    for (const std::string_view said :
         {"local environment", "local infrastructure", "local setup", "local stack"}) {
      if (line.find(said) != line.npos) return true;
    }
  }
  return false;
}

// "127.0.0.1 shop.example.org", for the file of names of whoever reads it.
bool names_a_host(std::string_view line) {
  constexpr std::string_view kHere = "127.0.0.1";
  constexpr std::string_view kMarks = " \t`>$*-";
  line.remove_prefix(std::min(line.find_first_not_of(kMarks), line.size()));
  if (!line.starts_with(kHere)) return false;
  line.remove_prefix(kHere.size());
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == 0 || begin == line.npos) return false;
  const std::string_view name = line.substr(begin, line.find_first_of(" \t`", begin) - begin);
  return name.find('.') != name.npos && name.back() != '.';
}

// "cp .env.local .env".
bool copies_local_settings(std::string_view line) {
  const std::size_t at = line.find("cp .env");
  if (at == line.npos) return false;
  std::string_view from = line.substr(at + 3);
  const std::size_t end = from.find(' ');
  if (end == from.npos || !from.substr(end + 1).starts_with(".env")) return false;
  return cue_in(from.substr(0, end), "").has_value();
}

}  // namespace

ReadmeWords words_in_readme(std::string_view readme) {
  static constexpr std::array<std::string_view, 11> kDevelopment = {"dev environment",
                                                                    "developer",
                                                                    "development environment",
                                                                    "docker desktop",
                                                                    "for development",
                                                                    "local development",
                                                                    "local environment",
                                                                    "local infrastructure",
                                                                    "local setup",
                                                                    "localhost",
                                                                    "locally"};
  static constexpr std::array<std::string_view, 5> kOperation = {"backup", "deploy", "domain",
                                                                 "production", "self-host"};
  static constexpr std::array<std::string_view, 2> kWhole = {"server", "vps"};
  const std::string text = lower_case(readme);
  ReadmeWords words;
  for (const std::string_view part : kDevelopment) words.development += count(text, part, false);
  for (const std::string_view part : kOperation) {
    const std::size_t times = count(text, part, false);
    words.operation += times;
    if (part != "backup") words.deployment += times;
  }
  words.local = has_a_local_chapter(text);
  bool host = false;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    host |= names_a_host(line);
    words.settings |= copies_local_settings(line);
  }
  words.hosts = host && text.find("hosts") != text.npos;
  for (const std::string_view part : kWhole) {
    const std::size_t times = count(text, part, true);
    words.operation += times;
    if (part == "vps") words.deployment += times;
  }
  return words;
}

// The bounds are those that lost least on some four hundred findings that people had judged.
std::optional<ContextCue> cue_in_words(const ReadmeWords& words) {
  constexpr std::size_t kFew = 6;
  const bool tells = words.development >= kFew && words.operation * 2 < words.development;
  if (!tells) return std::nullopt;
  return ContextCue{Context::kDev, "the README speaks of development " +
                                       std::to_string(words.development) + " times, of operation " +
                                       std::to_string(words.operation)};
}

std::optional<ContextCue> cue_in_readme(std::string_view text) {
  constexpr std::size_t kFirstScreen = 1500;  // bytes
  std::string first = lower_case(text.substr(0, kFirstScreen));
  std::erase(first, '*');  // "do **not** use"
  auto for_good = said_for_good(first);
  if (!for_good) for_good = said_of_its_use(lower_case(text));
  if (for_good) {
    ContextCue cue{Context::kDev, "the README says " + std::string(*for_good)};
    cue.for_all = true;
    return cue;
  }
  const Head head = head_of(text);
  auto said = said_of_a_show(head.paragraph);
  if (!said) said = begins_as_a_lesson(head.paragraph);
  if (!said && (speaks_of_production(head.title) || speaks_of_production(head.paragraph))) {
    return std::nullopt;
  }
  if (!said) said = said_in_title(head.title);
  if (!said) said = said_of_a_task(head.title);
  if (!said) said = said_in_paragraph(head.paragraph);
  if (!said) return std::nullopt;
  return ContextCue{Context::kDev, "the README says " + std::string(*said)};
}

}  // namespace composelint::engine
