#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

namespace composelint::rules {
namespace {

// `backups/` of `"backups/$DATE:/backup"`: as far as it is known, with a slash, and begun as
// neither a path nor a variable. Empty: none.
std::string relative_source(const Argument& word) {
  const std::string_view text = word.text;
  const std::size_t colon = text.find(':');
  if (word.splits || colon == text.npos || colon < 2) return {};
  if (!word.holes.empty() && word.holes.front().at == 0) return {};
  const std::string_view source = text.substr(0, colon);
  if (std::isalnum(static_cast<unsigned char>(source.front())) == 0) return {};
  if (source.find('/') == source.npos || !text.substr(colon + 1).starts_with('/')) return {};
  const bool whole = word.holes.empty() || word.holes.front().at > colon;
  return whole ? std::string(source) : std::string(source.substr(0, word.holes.front().at)) + "…";
}

// `$(DATA)/x`, where lines of the Makefile set DATA to one thing and to another: which of them
// holds is for its conditions to say.
bool has_several_values(const Span& place) {
  const std::string_view word = place.text();
  const std::size_t begin = word.find_first_not_of("\"'");
  if (begin == word.npos || !word.substr(begin).starts_with("$(")) return false;
  const std::string_view rest = word.substr(begin + 2);
  const std::string_view name = rest.substr(0, rest.find(')'));
  std::size_t set = 0;
  for (std::string_view text = place.file->bytes(); !text.empty();) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (!line.starts_with(name)) continue;
    line.remove_prefix(name.size());
    line.remove_prefix(std::min(line.find_first_not_of(" \t?:"), line.size()));
    if (line.starts_with('=')) ++set;
  }
  return set > 1;
}

// `type=bind,source=backups/daily,target=/backup`: the source, as far as it is known, and whether
// it is to be a path. Empty: none that is refused.
struct MountSource {
  std::string text;
  bool bind = false;
};

MountSource refused_mount(const Argument& word) {
  if (word.splits) return {};
  MountSource out;
  const std::string_view text = word.text;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string_view field = text.substr(at, end - at);
    const std::size_t equals = std::min(field.find('='), field.size());
    const std::string_view key = field.substr(0, equals);
    const std::size_t begin = std::min(at + equals + 1, end);
    const auto hole = std::find_if(word.holes.begin(), word.holes.end(), [&](const Hole& each) {
      return at <= each.at && each.at <= end;
    });
    const bool open = hole != word.holes.end();
    if (key == "volume-driver" || (key == "type" && open)) return {};
    if (key == "type") {
      const std::string_view type = text.substr(begin, end - begin);
      if (type != "bind" && type != "volume") return {};  // `type=image` has the name of an image
      out.bind = type == "bind";
    }
    if (key == "source" || key == "src") {
      if (open && hole->at <= begin) return {};
      out.text = open ? std::string(text.substr(begin, hole->at - begin)) + "…"
                      : std::string(text.substr(begin, end - begin));
    }
    at = end + 1;
  }
  const bool begun =
      !out.text.empty() && std::isalnum(static_cast<unsigned char>(out.text[0])) != 0;
  const bool drive = out.text.size() > 1 && out.text[1] == ':';
  return begun && !drive && (out.bind || out.text.find('/') != out.text.npos) ? out : MountSource{};
}

void look_at_mount(const Argument& word, RuleContext& context) {
  const MountSource source = refused_mount(word);
  if (source.text.empty()) return;
  context.report(word.place(),
                 source.bind ? quoted(source.text) +
                                   " begins with neither `/` nor `./`: no container is made, "
                                   "\"mount path must be absolute\""
                             : quoted(source.text) +
                                   " is the name of a volume here, in which no slash may be: no "
                                   "container is made, \"includes invalid characters for a local "
                                   "volume name\"",
                 {"--mount", source.text});
}

void on_step(const Step& step, RuleContext& context) {
  if (!step.docker) return;
  const bool makes = step.docker->is("container run") || step.docker->is("container create");
  if (!makes || step.docker->has("--volume-driver")) return;
  for (const OptionUse& use : step.docker->options) {
    if (use.name == "--mount" && use.value) look_at_mount(*use.value, context);
    if (use.name != "--volume" || !use.value) continue;
    const std::string source = relative_source(*use.value);
    if (source.empty() || has_several_values(use.value->place())) continue;
    context.report(use.value->place(),
                   quoted(source) +
                       " begins with neither `/` nor `./`, so it is the name of a volume, in which "
                       "no slash may be: no container is made, \"includes invalid characters for a "
                       "local volume name\"",
                   {"--volume", source});
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker run --rm -v app_data:/data -v backups/daily:/backup alpine:3.20 tar czf "
              "/backup/data.tgz -C /data .\n",
    .safe = "docker run --rm -v app_data:/data -v \"$PWD/backups/daily:/backup\" alpine:3.20 tar "
            "czf /backup/data.tgz -C /data .\n",
}};

}  // namespace

COMPOSELINT_RULE(invalid_volume_source) = {
    .slug = "invalid-volume-source",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kError},
    .summary = "docker run mounts a relative path that the engine refuses",
    .rationale =
        "What `docker run -v` and `docker create -v` mount is a path of the host where it begins "
        "with `/`, `./` or `../`, else the name of a volume. A slash in it is refused, exit code "
        "125, \"includes invalid characters for a local volume name\" (measured with 20.10.24); "
        "nothing of the command runs, and a script that does not look has no archive. So it is "
        "with "
        "`--mount type=bind,source=backups/daily`: \"mount path must be absolute\" (measured with "
        "the client of 28.2 as well, which completes `./` alone).",
    .silent_on =
        "Sources that begin with a variable that is not known, or that a Makefile sets "
        "more than once: it may be an absolute path. "
        "Calls with `--volume-driver`, whose volumes have names of another kind. In a compose file "
        "such a path is refused by Compose itself.",
    .examples = kExamples,
    .on_step = on_step,
};

}  // namespace composelint::rules
