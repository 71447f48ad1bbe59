// Variables of a CI system: for its own expressions, and for the shells it starts.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/hosts/environment.h"
#include "analyzer/hosts/shared_map.h"
#include "analyzer/hosts/yaml_text.h"
#include "analyzer/yaml/document.h"

namespace composelint::hosts {

class Variables {
 public:
  void set(std::string_view name, HostText value);
  [[nodiscard]] const HostText* find(std::string_view name) const { return texts_.find(name); }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }
  template <typename See>
  void for_each(const See& see) const {
    texts_.for_each(see);
  }
  // For a shell.
  [[nodiscard]] const Environment& environment() const { return environment_; }

 private:
  SharedMap<HostText> texts_;
  Environment environment_;
};

// As they are written, before they are taken over.
using WrittenVariables = std::map<std::string, HostText, std::less<>>;

// Adds the variables of a mapping, or of a list of "NAME=value" or of {name:, value:}. A value that
// is a mapping itself is `value:` of it (GitLab) or not known (a secret).
void add_variables(const yaml::Node* node, const ExpressionSyntax& syntax,
                   const Substitute& substitute, WrittenVariables& variables);
void add_variables(const yaml::Node* node, const ExpressionSyntax& syntax,
                   const Substitute& substitute, Variables& variables);

// The value of a variable of which the host fills nothing in.
[[nodiscard]] std::optional<std::string> known_value(const Variables& variables,
                                                     std::string_view name);

// `$NAME`, `${NAME}` and `$$` in the value of a variable, as GitLab and Woodpecker expand them
// before a shell sees it: what is not known becomes foreign.
[[nodiscard]] HostText expand_variables(const HostText& text, const Variables& known);

}  // namespace composelint::hosts
