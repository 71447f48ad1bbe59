#include "analyzer/signs/words/wording.h"

#include <composelint/path_name.h>
#include <composelint/quoted.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/words/word_as_written.h"

namespace composelint {

std::string line_of(const Span& place, const Span& here) {
  if (place.file == nullptr) return "line 0";
  const std::string line = "line " + std::to_string(place.file->line_of(place.begin));
  if (here.file == nullptr || here.file == place.file) return line;
  const std::string& path = place.file->path();
  return line + " of " + std::string(file_name(path));
}

std::string short_form(const ComposeInvocation& call) {
  const Argument* service = call.service();
  return service == nullptr ? call.verb : call.verb + " " + service->text;
}

std::string inner_program(const ComposeInvocation& call) {
  return call.inner.empty() || !call.inner.front().known() ? std::string()
                                                           : call.inner.front().text;
}

std::string task_text(const Step& step) {
  if (step.call && step.call->inner.empty() && !step.call->services.empty() &&
      step.call->services.front().known()) {
    return step.call->verb + " " + step.call->services.front().text;  // "up migrate"
  }
  const std::vector<Argument>& words =
      step.call && !step.call->inner.empty() ? step.call->inner : step.argv;
  constexpr std::size_t kMost = 60;
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0 && words[i].is("-c") && !words[i].written) break;  // what `bash <<END` is fed
    std::string text = word_as_written(words, i);
    const bool script = text.find('\n') != std::string::npos;
    if (script) text = "…";  // a script handed over as a word
    if (!out.empty() && out.size() + text.size() > kMost) return out + " …";
    out += (out.empty() ? "" : " ") + text;
  }
  return out;
}

bool applies_a_migration(const Step& step) {
  if (step.call) {
    const bool by_name = step.effect_name == "migration";
    for (const Argument& word : step.call->inner) {
      // A new database holds nothing yet.
      if (word.is("create_db") || word.is("create_tables")) return false;
      // `alembic "$@"`: what it is told may be to look.
      if (by_name && !word.known() && word.text.find("alembic") != std::string::npos) return false;
    }
  }
  return step.launcher != Launcher::kNone && step.effect == Effect::kMigrates &&
         step.role != Role::kMakesMigration;
}

std::vector<std::string> key_of(const ComposeInvocation& call) {
  const Argument* service = call.service();
  return {call.verb, service == nullptr ? std::string() : service->text, inner_program(call)};
}

std::string written_option(const OptionUse& use) {
  const std::string_view text = use.span.text();
  return std::string(text.starts_with('-') && text.find(' ') == std::string_view::npos
                         ? text
                         : std::string_view(use.name));
}

std::optional<Fix> add_option(const ComposeInvocation& call, std::string_view option) {
  const Span verb = call.verb_span;
  if (!call.verb_editable || verb.text() != call.verb) return std::nullopt;
  const Span behind{verb.file, verb.end, verb.end};
  return Fix{"Add " + std::string(option), FixSafety::kSafe, {{behind, " " + std::string(option)}}};
}

std::optional<Fix> add_option(const DockerInvocation& call, std::string_view option) {
  const Span verb = call.verb_span;
  if (!call.verb_editable || !call.verb.ends_with(verb.text())) return std::nullopt;
  const Span behind{verb.file, verb.end, verb.end};
  return Fix{"Add " + std::string(option), FixSafety::kSafe, {{behind, " " + std::string(option)}}};
}

std::string listed(const std::vector<std::string>& names, std::size_t most) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < most; ++i) {
    const bool last = i > 0 && i + 1 == names.size();
    out += (i == 0 ? "" : last ? " and " : ", ") + quoted(names[i]);
  }
  if (names.size() > most) out += " and " + std::to_string(names.size() - most) + " more";
  return out;
}

const Step* next_stage(const Timeline& timeline, const Step& step) {
  if (step.pipeline == 0 || step.last_in_pipeline) return nullptr;
  bool behind = false;
  for (const Step& other : timeline.steps) {
    if (behind && other.pipeline == step.pipeline) return &other;
    behind |= &other == &step;
  }
  return nullptr;
}

std::string_view program_name(const Step& step) {
  if (step.argv.empty() || !step.argv.front().known()) return {};
  const std::string_view text = step.argv.front().text;
  return file_name(text);
}

}  // namespace composelint
