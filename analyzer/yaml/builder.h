// Nodes out of the library's events. The events say what was read and where it starts; the builder
// finds in the bytes how it was written and where it ends.
#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/yaml/document.h"
#include "analyzer/yaml/source_text.h"

namespace composelint::yaml {

// Thrown through the library to end its parse; caught by parse().
struct Stop {
  Failure failure;
};

class Builder final : public YAML::EventHandler {
 public:
  // `bytes` are those of the file, or as many others that mean the same; `odd_breaks` the offsets
  // of check_bytes(). All of it outlives the builder.
  Builder(const SourceFile& file, std::string_view bytes, const Limits& limits,
          Stream::Storage& storage, std::vector<std::uint32_t> odd_breaks);

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override;
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override;
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;
  void OnAnchor(const YAML::Mark& mark, const std::string& name) override;

  // After the last document: looks at what follows it.
  void finish();
  // Offset of a mark, the byte order mark included.
  [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const;
  // Those of the odd breaks that stood outside of quotes, of what was read so far.
  [[nodiscard]] const std::vector<std::uint32_t>& odd_breaks() const { return odd_breaks_; }
  // Offset of the bracket that is open innermost.
  [[nodiscard]] std::optional<std::size_t> open_bracket() const;

 private:
  // A collection whose end has not come yet.
  struct Open {
    Node* node = nullptr;
    std::size_t first_child = 0;  // in pending_
    int column = -1;              // of a block collection
  };
  struct Properties {
    std::size_t begin = 0;
    std::size_t end = 0;    // of the last property
    std::size_t value = 0;  // where the value starts, if there is one
  };

  Node* add(NodeKind kind, YAML::anchor_t anchor);
  [[nodiscard]] Properties read_properties(std::size_t at, bool tag, bool anchor) const;
  void start_collection(NodeKind kind, const YAML::Mark& mark, const std::string& tag,
                        YAML::anchor_t anchor, YAML::EmitterStyle::value style);
  void set_properties(Node& node, const Properties& properties, std::string_view tag);
  void close_collection(char bracket);
  void set_scalar(Node& node, std::size_t at, const std::string& value);
  // Each gives the end of the scalar at `at`, and what of the source stands for its text.
  std::size_t set_quoted(Node& node, std::size_t at, std::string_view& inner);
  std::size_t set_block(Node& node, std::size_t at);
  std::size_t set_plain(Node& node, std::size_t at, const std::string& value,
                        std::string_view& inner);
  void forgive_odd_breaks(std::size_t begin, std::size_t end);
  void demand_colon() const;
  void take_colon_into_key();
  void refuse_tabs(std::size_t end) const;
  void move_to(std::size_t at);
  void end_plain(std::size_t end);
  [[nodiscard]] bool in_flow() const;
  void set_empty(Node& node, const Properties& properties);
  [[nodiscard]] bool belongs_to_value(std::size_t at) const;
  [[nodiscard]] std::size_t empty_place() const;
  [[nodiscard]] bool awaits_value() const;
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;
  [[noreturn]] void stop(FailureCode code, std::string message, std::size_t begin,
                         std::size_t end) const;

  const SourceFile& file_;
  const Limits limits_;
  SourceText source_;
  Stream::Storage& storage_;
  std::vector<std::uint32_t> odd_breaks_;
  std::vector<Open> open_;
  std::vector<Node*> pending_;  // children of the open collections, outermost first
  std::vector<Node*> anchors_;  // by the library's number, 1-based, of this document
  std::string_view anchor_name_;
  std::size_t cursor_ = 0;  // end of what was read last
  std::size_t nodes_ = 0;
  std::size_t mark_length_ = 0;  // of the byte order mark
  int plain_column_ = -1;        // see GapStart
  bool has_tabs_ = false;
};

}  // namespace composelint::yaml
