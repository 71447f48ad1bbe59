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
  [[nodiscard]] const TextWord* value(const ParameterExpansion& parameter) const {
    const bool plain = parameter.op.empty() && parameter.subscript.empty() && !parameter.length &&
                       !parameter.indirect;
    const auto found = plain ? values_.find(parameter.name) : values_.end();
    return found == values_.end() ? nullptr : &found->second;
  }
  void set(const std::string& name, TextWord value) {
    change(name);
    values_.insert_or_assign(name, std::move(value));
  }
  void forget(const std::string& name) {
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
    for (std::size_t i = changes; i < end; ++i) forget(std::string(changes_[i].name));
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
  std::vector<Change> changes_;
};

}  // namespace composelint
