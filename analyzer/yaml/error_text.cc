#include "analyzer/yaml/error_text.h"

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>

namespace composelint::yaml {

namespace {

struct Row {
  const char* reason;  // how the library's text starts
  const char* advice;  // {} is the piece
};

namespace msg = YAML::ErrorMsg;

const Row rows[] = {
    {msg::END_OF_MAP_FLOW, "expected ',' or '}}' before {}"},
    {msg::END_OF_MAP, "{} does not fit into the mapping above: check its indentation"},
    {msg::END_OF_SEQ_FLOW, "expected ',' or ']' before {}"},
    {msg::END_OF_SEQ, "{} does not fit into the list above: check its indentation and its '-'"},
    {msg::MAP_VALUE, "this ':' can start no value: quote the text or check the indentation, at {}"},
    {msg::MAP_KEY, "a key cannot start here, at {}"},
    {msg::BLOCK_ENTRY, "a list item cannot start here, at {}"},
    {msg::FLOW_END, "nothing is open that {} could close"},
    {msg::UNKNOWN_TOKEN, "a value cannot start with this character: put it in quotes, at {}"},
    {msg::TAB_IN_INDENTATION, "a tab stands in the indentation: use spaces, before {}"},
    {msg::INVALID_ESCAPE,
     "unknown escape in double quotes: use single quotes, or '\\\\' for a "
     "backslash, at {}"},
    {msg::INVALID_HEX, "not a hexadecimal digit: {}"},
    {msg::INVALID_UNICODE, "this escape names no Unicode character, at {}"},
    {msg::UNKNOWN_ANCHOR, "no anchor of this name stands before {}"},
    {msg::ALIAS_NOT_FOUND,
     "a name has to follow '*': put text that starts with '*' in quotes, "
     "at {}"},
    {msg::ANCHOR_NOT_FOUND,
     "a name has to follow '&': put text that starts with '&' in quotes, "
     "at {}"},
    {msg::CHAR_IN_ALIAS, "an alias name cannot hold this, at {}"},
    {msg::CHAR_IN_ANCHOR, "an anchor name cannot hold this, at {}"},
    {msg::ALIAS_CONTENT, "an alias takes neither tag nor anchor, at {}"},
    {msg::MULTIPLE_TAGS, "a second tag for one value, at {}"},
    {msg::MULTIPLE_ANCHORS, "a second anchor for one value, at {}"},
    {msg::ZERO_INDENT_IN_BLOCK, "a block scalar cannot be indented by 0, at {}"},
    {msg::CHAR_IN_BLOCK, "only '+', '-' or a digit may follow '|' and '>', at {}"},
    {msg::DOC_IN_SCALAR, "a quoted text runs into a document marker, at {}"},
    {msg::EOF_IN_SCALAR, "a quoted text is never closed, at {}"},
    {msg::YAML_DIRECTIVE_ARGS, "%YAML takes one version, at {}"},
    {msg::YAML_VERSION, "%YAML names no version, at {}"},
    {msg::YAML_MAJOR_VERSION, "%YAML names a version above 1, at {}"},
    {msg::REPEATED_YAML_DIRECTIVE, "a second %YAML, at {}"},
    {msg::TAG_DIRECTIVE_ARGS, "%TAG takes a handle and a prefix, at {}"},
    {msg::REPEATED_TAG_DIRECTIVE, "this %TAG handle is declared twice, at {}"},
    {msg::CHAR_IN_TAG_HANDLE, "a tag cannot hold this, at {}"},
    {msg::TAG_WITH_NO_SUFFIX, "a tag name is missing, at {}"},
    {msg::END_OF_VERBATIM_TAG, "'>' is missing at the end of a tag, at {}"},
};

}  // namespace

std::string explain(std::string_view reason, std::string_view piece) {
  const std::string quoted =
      piece.empty() ? std::string("the end of the file") : fmt::format("`{}`", piece);
  for (const Row& row : rows) {
    if (reason.starts_with(row.reason)) return fmt::format(fmt::runtime(row.advice), quoted);
  }
  return fmt::format("not YAML ({}), at {}", reason, quoted);
}

}  // namespace composelint::yaml
