// A docker command line that is not compose, understood: `docker exec -i db psql`, `docker volume
// rm x`, `docker system prune`.
#pragma once

#include <composelint/argument.h>
#include <composelint/option_use.h>
#include <composelint/source.h>

#include <string>
#include <string_view>
#include <vector>

namespace composelint {

struct DockerInvocation {
  std::string verb;  // in full, whatever short form is written: "container exec", "volume rm"
  Span verb_span;    // of `exec` or `container exec`
  // Words may be put in behind the verb where it is written.
  bool verb_editable = false;
  std::vector<OptionUse> options;  // of the verb
  std::vector<Argument> operands;  // container, image, names; of cp SOURCE and DEST
  std::vector<Argument> inner;     // exec, run, create: the command inside
  bool opaque_options = false;     // a word whose text is not known stands where an option may

  [[nodiscard]] const OptionUse* option(std::string_view name) const {
    for (const OptionUse& use : options) {
      if (use.name == name) return &use;
    }
    return nullptr;
  }
  // `name` stands on the line, and was not turned off by `--name=false`.
  [[nodiscard]] bool has(std::string_view name) const {
    const OptionUse* use = option(name);
    return use != nullptr && !(use->value && use->value->is("false"));
  }
  [[nodiscard]] bool is(std::string_view wanted) const { return verb == wanted; }
};

}  // namespace composelint
