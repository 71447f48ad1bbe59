// Variables of a Taskfile and the templates that use them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/hosts/shared_map.h"
#include "analyzer/hosts/yaml_text.h"

namespace composelint::hosts {

// A text with holes.
struct TemplatePiece {
  std::string text;  // of a hole its name
  bool hole = false;
};
using TemplateText = std::vector<TemplatePiece>;

class TaskfileValues {
 public:
  void set(const std::string& name, TemplateText value) { known_.set(name, std::move(value)); }
  // A template with what is known put in.
  [[nodiscard]] TemplateText fill(std::string_view text) const;
  // The same of a text whose places are to be kept.
  [[nodiscard]] HostText fill(const HostText& text) const;
  // What an expression, without its braces, stands for.
  [[nodiscard]] TemplateText value_of(std::string_view expression) const;

 private:
  SharedMap<TemplateText> known_;
};

[[nodiscard]] std::string known_text(const TemplateText& text);
[[nodiscard]] bool is_known(const TemplateText& text);
[[nodiscard]] shell::Value as_value(const TemplateText& text, Span place);

}  // namespace composelint::hosts
