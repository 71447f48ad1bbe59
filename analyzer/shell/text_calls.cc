// Functions of an inner text, commands for each value that a variable may hold, and those that are
// substituted.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/shell/text_reading.h"

namespace composelint {

void InnerTextReader::call(const FunctionDefinition& function, std::vector<TextWord> words) {
  constexpr std::size_t kDeepest = 24;
  constexpr std::size_t kMostCommands = 20'000;
  called_.insert(&function);
  // What calls itself does the same once more.
  const bool again = std::find(open_.begin(), open_.end(), &function) != open_.end();
  if (again || !function.body) return;
  if (open_.size() == kDeepest || calls_ == kMostCalls || commands.size() > kMostCommands) {
    cut = true;
    return;
  }
  ++calls_;
  open_.push_back(&function);
  std::swap(given_, words);
  set_positional();
  const int outside = std::exchange(ways_outside_, ways_);
  const std::size_t before = variables_.changes();
  read(*function.body);
  ways_outside_ = outside;
  if (function.subshell) variables_.undo_since(before);
  std::swap(given_, words);
  set_positional();
  open_.pop_back();
}

void InnerTextReader::define(const FunctionDefinition& function) {
  Definitions& all = functions_[function.name];
  if (std::find(all.begin(), all.end(), &function) != all.end()) return;
  if (ways_ == 0) all.clear();
  all.push_back(&function);
}

const InnerTextReader::Definitions* InnerTextReader::called_by(std::vector<TextWord>& words) const {
  std::size_t at = 0;
  while (at + 1 < words.size() && (words[at].text == "eval" || words[at].text == "time")) ++at;
  if (at == words.size() || !words[at].known) return nullptr;
  const auto found = functions_.find(words[at].text);
  if (found == functions_.end()) return nullptr;
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(at) + 1);
  return &found->second;
}

void InnerTextReader::read_uncalled() {
  std::set<std::string, std::less<>> named;
  bool any = false;  // may be called, by a word that is not known
  const auto look = [&](const TextWord& word) {
    constexpr std::string_view kBetween = " \t\n;&|(){}'\"";
    for (std::size_t at = word.text.find_first_not_of(kBetween); at < word.text.size();) {
      const std::size_t end = std::min(word.text.find_first_of(kBetween, at), word.text.size());
      named.insert(word.text.substr(at, end - at));
      at = word.text.find_first_not_of(kBetween, end);
    }
  };
  std::size_t seen = 0;
  std::size_t handed = 0;
  for (bool more = !functions_.empty(); more;) {
    for (; handed < handed_.size(); ++handed) look(handed_[handed]);
    for (; seen < commands.size(); ++seen) {
      const std::vector<TextWord>& words = commands[seen].words;
      for (const TextWord& word : words) look(word);
      if (words.empty()) continue;
      const bool told = words[0].text == "eval" && words.size() > 1 && !words[1].known;
      any = any || told || (!words[0].known && words[0].text.find('/') == std::string::npos);
    }
    more = false;
    for (const auto& [name, all] : functions_) {
      if (!any && !named.contains(name)) continue;
      for (const FunctionDefinition* each : Definitions(all)) {
        if (called_.contains(each)) continue;
        call(*each, {});
        more = true;
      }
    }
  }
}

bool InnerTextReader::read_each(const SimpleCommand& simple, Span span) {
  for (const Word& word : simple.words) {
    for (const WordPart& part : word.parts) {
      const std::string& name = part.parameter.name;
      const auto* others =
          part.kind == WordPartKind::kParameter ? variables_.others(name) : nullptr;
      if (others == nullptr) continue;
      const std::vector<TextWord> all = *others;
      for (const TextWord& each : all) {
        if (calls_ == kMostCalls) {
          cut = true;
          break;
        }
        ++calls_;
        const std::size_t before = variables_.changes();
        variables_.set(name, each);
        read(simple, span);
        variables_.undo_since(before);
      }
      variables_.set_others(name, all);
      return true;
    }
  }
  return false;
}

void InnerTextReader::substituted(const Word& word) {
  for (const WordPart& part : word.parts) {
    if (part.parameter.argument) substituted(*part.parameter.argument);
    if (part.commands.empty()) continue;
    const std::size_t before = variables_.changes();
    ++ways_;
    mark("(", part.span);
    read(part.commands);
    mark(")", part.span);
    --ways_;
    variables_.undo_since(before);
  }
}

void InnerTextReader::substituted(const SimpleCommand& simple) {
  for (const Assignment& each : simple.assignments) {
    substituted(each.value);
    for (const Word& word : each.elements) substituted(word);
  }
  for (const Word& word : simple.words) substituted(word);
}

void InnerTextReader::substituted(const std::vector<IoRedirect>& redirects) {
  for (const IoRedirect& redirect : redirects) {
    substituted(redirect.target);
    if (redirect.here) substituted(redirect.here->body);
  }
}

}  // namespace composelint
