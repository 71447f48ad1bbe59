// Whether the name, the help text or the option by which a step is reached says that data goes.
#pragma once

#include <composelint/source.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <string_view>

namespace composelint {

// A recipe, by its name or its help.
[[nodiscard]] bool is_destruction_by_name(const Timeline& timeline, const Step& step);

// Another task runs such a recipe: whoever reads that one sees it. A deployment is no reset.
[[nodiscard]] bool is_destruction_on_the_way(const Timeline& timeline, const Step& step);

// `remove-volumes.sh`: whoever calls it has been told.
[[nodiscard]] bool is_named_for_destruction(const SourceFile* file);

// `[ "$REMOVE_VOLUMES" = true ]`: what the caller has chosen, no look at the machine.
[[nodiscard]] bool is_chosen(std::string_view test);

// `CLEAN=1` at the head of the script: nobody has to choose it.
[[nodiscard]] bool is_on_by_default(std::string_view text, std::string_view test);

// `-v|--volumes) args+=" -v" ;;`: where an option is written that stands in a variable.
[[nodiscard]] bool is_handed_through(Span option, Span call);

// A function says it: one that is called on the way here, or that others are to call.
[[nodiscard]] bool is_in_destroying_function(const Timeline& timeline, const Step& step);

// An option, a `case` arm or a test on the way here says it: the caller has asked for it.
// `option`: where the word that does it is written; may be nowhere.
[[nodiscard]] bool is_destruction_by_choice(const Timeline& timeline, const Step& step,
                                            Span option);

}  // namespace composelint
