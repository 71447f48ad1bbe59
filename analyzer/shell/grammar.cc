#include "analyzer/shell/grammar.h"

#include <algorithm>
#include <utility>

#include "analyzer/shell/grammar_nodes.h"

namespace composelint::shell {

struct Grammar::Library {
  TSParser* parser = nullptr;
};

namespace {

struct Budget {
  std::uint64_t left = 0;
  bool spent = false;
};

// The library asks every hundred operations whether to go on.
bool stop_parsing(TSParseState* state) {
  auto& budget = *static_cast<Budget*>(state->payload);
  budget.spent = budget.left < 100;
  if (!budget.spent) budget.left -= 100;
  return budget.spent;
}

const char* read_text(void* payload, std::uint32_t offset, TSPoint, std::uint32_t* size) {
  const auto& text = *static_cast<const std::string*>(payload);
  const std::uint32_t from = std::min(offset, static_cast<std::uint32_t>(text.size()));
  *size = static_cast<std::uint32_t>(text.size()) - from;
  return text.data() + from;
}

}  // namespace

Grammar::Grammar(std::uint64_t steps, std::uint32_t depth)
    : library_(std::make_unique<Library>()), steps_left_(steps), depth_(depth) {}

Grammar::~Grammar() {
  ts_parser_delete(library_->parser);
}

GrammarResult Grammar::group(Outline& outline, const text::SpanMap& map) {
  GrammarResult result;
  if (library_->parser == nullptr) {
    library_->parser = ts_parser_new();
    ts_parser_set_language(library_->parser, tree_sitter_bash());
  }
  Budget budget{steps_left_, false};
  const TSInput input{&outline.text, read_text, TSInputEncodingUTF8, nullptr};
  const TSParseOptions options{&budget, stop_parsing};
  TSTree* tree = ts_parser_parse_with_options(library_->parser, nullptr, input, options);
  steps_left_ = budget.left;
  ts_parser_reset(library_->parser);
  if (tree == nullptr) {
    result.exhausted = true;
    return result;
  }
  Grouping grouping(outline, map, depth_, result);
  grouping.group(ts_tree_root_node(tree));
  ts_tree_delete(tree);
  return result;
}

}  // namespace composelint::shell
