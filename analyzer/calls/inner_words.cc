#include "analyzer/calls/inner_words.h"

#include "analyzer/knowledge/option_words.h"
#include "analyzer/shell/command_words.h"

namespace composelint::calls {

std::vector<Argument> as_arguments(const std::vector<std::string>& words, Span place) {
  std::vector<Argument> out;
  for (const std::string& word : words) {
    Argument argument;
    argument.span = place;
    argument.text = word;
    out.push_back(std::move(argument));
  }
  return out;
}

std::vector<Argument> as_arguments(const Located<std::vector<std::string>>& words,
                                   const Service& service) {
  return as_arguments(words.value, words.from.span ? words.from.span : service.span);
}

std::optional<std::vector<Argument>> own_entrypoint(const ComposeInvocation& call) {
  const OptionUse* use = call.is("run") ? call.option("--entrypoint") : nullptr;
  if (use == nullptr || !use->value) return std::nullopt;
  if (!use->value->known()) return std::vector<Argument>{*use->value};
  if (use->value->text.empty()) return std::vector<Argument>();
  const Span place = use->value->span;
  if (const auto words = shell::command_words(use->value->text)) return as_arguments(*words, place);
  return std::vector<Argument>{*use->value};
}

std::optional<Argument> own_entrypoint(std::span<const Argument> argv,
                                       const knowledge::DockerCall& call) {
  if (call.verb != "container run" && call.verb != "container create") return std::nullopt;
  if (call.opaque) return std::nullopt;
  const knowledge::OptionWords words = knowledge::read_options(call.specs, argv, call.rest);
  const knowledge::OptionHit* hit = words.find("--entrypoint");
  if (hit == nullptr || hit->value_word == 0 || hit->value_word >= argv.size()) return std::nullopt;
  if (hit->value_word != hit->word) return argv[hit->value_word];
  Argument value = argv[hit->word];
  value.text = hit->attached;
  return value;
}

}  // namespace composelint::calls
