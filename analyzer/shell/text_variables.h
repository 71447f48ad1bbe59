// The variables of an inner text while it is read.
#pragma once

#include <composelint/script_text.h>
#include <composelint/word.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace composelint {

// What the variables of the text hold that the text itself sets, on every way to where it reads.
class TextVariables {
 public:
  bool defaults = false;  // are read

  [[nodiscard]] const TextWord* value(const ParameterExpansion& parameter) const {
    // `${1:-/tmp}` of what is set
    if (defaults && (parameter.op == ":-" || parameter.op == "-")) {
      ParameterExpansion plain_one;
      plain_one.name = parameter.name;
      const TextWord* set = value(plain_one);
      return set != nullptr && set->known && !set->text.empty() ? set : nullptr;
    }
    // Each of `"${x[@]}"` is set in turn.
    const bool one = parameter.subscript.empty() || (defaults && parameter.subscript == "@");
    const bool plain = parameter.op.empty() && one && !parameter.length && !parameter.indirect;
    const auto found = plain ? values_.find(parameter.name) : values_.end();
    return found == values_.end() ? nullptr : &found->second;
  }
  // What it may hold where that depends on the way, or on the turn of a loop.
  [[nodiscard]] const std::vector<TextWord>* others(const std::string& name) const {
    const auto found = values_.contains(name) ? others_.end() : others_.find(name);
    return found == others_.end() ? nullptr : &found->second;
  }
  void set_others(const std::string& name, std::vector<TextWord> values) {
    constexpr std::size_t kMost = 16;
    forget(name);
    if (values.size() > kMost) values.resize(kMost);
    if (!values.empty()) others_.insert_or_assign(name, std::move(values));
  }
  void set(const std::string& name, TextWord value) {
    change(name);
    others_.erase(name);
    values_.insert_or_assign(name, std::move(value));
  }
  void forget(const std::string& name) {
    others_.erase(name);
    if (values_.find(name) == values_.end()) return;
    change(name);
    values_.erase(name);
  }
  void forget_all() {
    while (!values_.empty()) forget(std::string(values_.begin()->first));
  }
  // How many changes there were, for the two below.
  [[nodiscard]] std::size_t changes() const { return changes_.size(); }
  // What is set on some ways only.
  void forget_since(std::size_t changes) {
    const std::size_t end = changes_.size();
    std::map<std::string, std::vector<TextWord>, std::less<>> all;
    const auto add = [](std::vector<TextWord>& to, const TextWord& value) {
      if (value.text.empty()) return;
      for (const TextWord& each : to) {
        if (each.text == value.text) return;
      }
      to.push_back(value);
    };
    for (std::size_t i = changes; i < end; ++i) {
      const Change& made = changes_[i];
      // Those of a function are its own.
      if (made.name.size() == 1 && made.name[0] <= '9') continue;
      std::vector<TextWord>& of = all[made.name];
      if (made.before) add(of, *made.before);
      const auto now = values_.find(made.name);
      if (now != values_.end()) add(of, now->second);
      if (const auto* more = others(made.name)) {
        for (const TextWord& each : *more) add(of, each);
      }
    }
    for (std::size_t i = changes; i < end; ++i) forget(std::string(changes_[i].name));
    for (auto& [name, values] : all) set_others(name, std::move(values));
  }
  // What another shell did is nothing to this one. Nothing is copied for it: a text may have many
  // variables and as many pipelines.
  void undo_since(std::size_t changes) {
    for (; changes_.size() > changes; changes_.pop_back()) {
      Change& last = changes_.back();
      if (last.before) {
        values_.insert_or_assign(std::move(last.name), std::move(*last.before));
      } else {
        values_.erase(last.name);
      }
    }
  }

 private:
  struct Change {
    std::string name;
    std::optional<TextWord> before;
  };
  void change(const std::string& name) {
    Change& made = changes_.emplace_back();
    made.name = name;
    const auto found = values_.find(name);
    if (found != values_.end()) made.before = std::move(found->second);
  }

  std::map<std::string, TextWord, std::less<>> values_;
  std::map<std::string, std::vector<TextWord>, std::less<>> others_;
  std::vector<Change> changes_;
};

}  // namespace composelint
