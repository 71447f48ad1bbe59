// As much of TOML as task files need: tables, keys and strings, each with its place.
#pragma once

#include <composelint/shell.h>

#include <string>
#include <vector>

#include "analyzer/hosts/yaml_text.h"

namespace composelint::hosts {

struct TomlEntry;

struct TomlValue {
  bool is_string = false;
  HostText text;                   // of a string; of numbers and their like as written
  std::vector<TomlValue> items;    // of an array
  std::vector<TomlEntry> entries;  // of an inline table
};

struct TomlEntry {
  std::vector<std::string> path;  // of the table and the key: {"tasks", "deploy", "run"}
  Span key;                       // the key as written
  TomlValue value;
};

struct TomlTable {
  std::vector<std::string> path;
  Span header;
};

struct TomlFile {
  std::vector<TomlEntry> entries;  // in order; inline tables stay values
  std::vector<TomlTable> tables;
  std::vector<Comment> comments;
};

// Never fails: a line that is no TOML is passed over.
[[nodiscard]] TomlFile read_toml(const SourceFile& file);

}  // namespace composelint::hosts
