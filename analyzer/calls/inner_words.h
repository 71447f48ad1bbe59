// The words that a call runs in a container, the entrypoint in front.
#pragma once

#include <composelint/invocation.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analyzer/knowledge/docker_cli.h"

namespace composelint::calls {

// What `--entrypoint` of `compose run` puts in the place of every other: the words of its value, as
// Compose splits it. Nothing without the option; no word where the value is empty.
[[nodiscard]] std::optional<std::vector<Argument>> own_entrypoint(const ComposeInvocation& call);
// The same of `docker run` and `docker create`, where the value is one word.
[[nodiscard]] std::optional<Argument> own_entrypoint(std::span<const Argument> argv,
                                                     const knowledge::DockerCall& call);

// Words that a file holds somewhere at `place`: a shell text among them cannot be read without.
[[nodiscard]] std::vector<Argument> as_arguments(const std::vector<std::string>& words, Span place);
// Those of `entrypoint` or `command` of the service.
[[nodiscard]] std::vector<Argument> as_arguments(const Located<std::vector<std::string>>& words,
                                                 const Service& service);

}  // namespace composelint::calls
