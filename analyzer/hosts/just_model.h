// A justfile, read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/hosts/host.h"
#include "analyzer/hosts/just_expression.h"

namespace composelint::hosts {

struct JustParameter {
  std::string name;
  bool exported = false;
  std::optional<JustPlace> otherwise;  // its default
};

struct JustDependency {
  std::string name;
  std::vector<JustPlace> arguments;
};

struct JustRecipe {
  std::string name;
  Span span;
  std::vector<JustParameter> parameters;
  std::vector<JustDependency> before;
  std::vector<JustDependency> after;
  std::vector<Span> lines;  // of the body, without line ends
  bool no_cd = false;
  bool script = false;  // [script]
  std::optional<JustPlace> working_directory;
};

struct JustModel {
  std::vector<JustRecipe> recipes;
  std::vector<std::pair<std::string, std::string>> aliases;
  std::vector<std::string> exported;
  bool export_all = false;
  std::vector<std::string> shell;  // `set shell`
  std::optional<JustPlace> working_directory;
};

void parse_justfile(const ReadRequest& request, JustModel& model, JustExpressions& expressions,
                    HostFile& host);

}  // namespace composelint::hosts
