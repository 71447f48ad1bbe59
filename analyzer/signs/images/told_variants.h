// Compose files that run the same images as another one: what is told of those is told once.
#pragma once

#include <composelint/finding.h>
#include <composelint/source.h>

#include <map>
#include <set>
#include <span>
#include <string>

namespace composelint {

// The images that the finding of a file tells of.
using ToldImages = std::map<const SourceFile*, std::set<std::string>>;

// `grafana.yml` beside `grafana-cloud.yml`: variants of one stack say the same of the same service,
// and `compose-inits.yml` runs what the stack beside it does. Of databases, where all of it is the
// same: `stacks/swarm.yml` is `compose.yml` in other words.
void tell_of_variants_once(std::span<Finding* const> findings, const ToldImages& images);

}  // namespace composelint
