#include "analyzer/yaml/document.h"

#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "analyzer/yaml/builder.h"
#include "analyzer/yaml/byte_check.h"
#include "analyzer/yaml/error_text.h"
#include "analyzer/yaml/library.h"
#include "analyzer/yaml/storage.h"

namespace composelint::yaml {

namespace {

// The rest of the line at `at`, short enough for a message.
std::string_view piece_at(const SourceFile& file, std::size_t at) {
  constexpr std::size_t kLongest = 40;
  std::string_view rest = file.bytes().substr(std::min<std::size_t>(at, file.size()));
  rest = rest.substr(0, std::min(rest.find_first_of("\r\n"), rest.size()));
  if (rest.size() > kLongest) {
    std::size_t cut = kLongest;
    while (cut > 0 && (static_cast<unsigned char>(rest[cut]) & 0xC0U) == 0x80U) --cut;
    rest = rest.substr(0, cut);
  }
  while (!rest.empty() && (rest.back() == ' ' || rest.back() == '\t')) rest.remove_suffix(1);
  return rest;
}

Failure syntax_failure(const SourceFile& file, std::string message, std::size_t at,
                       std::size_t size) {
  const auto begin = static_cast<std::uint32_t>(std::min<std::size_t>(at, file.size()));
  return {FailureCode::kSyntax, std::move(message),
          Span{&file, begin, begin + static_cast<std::uint32_t>(size)}};
}

// The first tab of the white space that the line of `at` starts with.
std::optional<std::size_t> indenting_tab(const SourceFile& file, std::size_t at) {
  const std::uint32_t line = file.line_of(static_cast<std::uint32_t>(at));
  const std::string_view text = file.line_text(line);
  const std::size_t tab = text.find_first_not_of(' ');
  if (tab == std::string_view::npos || text[tab] != '\t') return std::nullopt;
  return file.line_begin(line) + tab;
}

Failure refusal(const SourceFile& file, const Builder& builder,
                const YAML::ParserException& error) {
  const std::string_view reason = error.msg;
  std::size_t at = builder.offset(error.mark);
  if (const auto tab = indenting_tab(file, at)) {
    return syntax_failure(file, "a tab stands in the indentation: use spaces", *tab, 1);
  }
  // The mark is behind the escape, a backslash and a character.
  if (reason.starts_with(YAML::ErrorMsg::INVALID_ESCAPE)) at -= std::min<std::size_t>(at, 2);
  const std::string_view piece = piece_at(file, at);
  std::string message = explain(reason, piece);
  const bool flow =
      reason == YAML::ErrorMsg::END_OF_MAP_FLOW || reason == YAML::ErrorMsg::END_OF_SEQ_FLOW;
  if (const auto bracket = flow ? builder.open_bracket() : std::nullopt) {
    message = fmt::format("'{}' of line {} is not closed: {}", file.bytes()[*bracket],
                          file.line_of(static_cast<std::uint32_t>(*bracket)), message);
  }
  return syntax_failure(file, std::move(message), at, piece.size());
}

MaybeFailure read_documents(const SourceFile& file, std::string_view bytes, const Limits& limits,
                            Builder& builder) {
  try {
    read_events(bytes, builder);
    builder.finish();
  } catch (const Stop& stop) {
    return stop.failure;
  } catch (const YAML::DeepRecursion& error) {
    Failure failure =
        syntax_failure(file, fmt::format("nested deeper than {} levels", limits.depth),
                       builder.offset(error.mark), 0);
    failure.code = FailureCode::kLimit;
    return failure;
  } catch (const YAML::ParserException& error) {
    return refusal(file, builder, error);
  }
  return std::nullopt;
}

// A line end that the library took for a character, in what was read before `end`.
MaybeFailure odd_break(const SourceFile& file, const Builder& builder, std::size_t end) {
  if (builder.odd_breaks().empty() || builder.odd_breaks().front() >= end) return std::nullopt;
  Failure failure =
      syntax_failure(file, "a line ends in NEL or a Unicode separator here: use LF or CRLF",
                     builder.odd_breaks().front(), 1);
  failure.code = FailureCode::kUnsupported;
  return failure;
}

// Each CR that no LF follows as an LF, so that offsets stay.
std::string with_line_feeds(std::string_view bytes) {
  std::string out(bytes);
  for (std::size_t at = out.find('\r'); at != std::string::npos; at = out.find('\r', at + 1)) {
    if (at + 1 == out.size() || out[at + 1] != '\n') out[at] = '\n';
  }
  return out;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) {
    const Node& named = entry.key->resolved();
    return named.kind == NodeKind::kScalar && named.text == key;
  });
  return found == entries.end() ? nullptr : found->value;
}

Stream::Stream(std::unique_ptr<Storage> storage) : storage_(std::move(storage)) {}
Stream::Stream(Stream&&) noexcept = default;
Stream& Stream::operator=(Stream&&) noexcept = default;
Stream::~Stream() = default;

const std::vector<const Node*>& Stream::documents() const {
  return storage_->documents;
}

Result<Stream> parse(const SourceFile& file, const Limits& limits) {
  auto breaks = check_bytes(file);
  if (!breaks) return breaks.failure();
  auto storage = std::make_unique<Stream::Storage>();
  std::string_view bytes = file.bytes();
  if (breaks->lone_cr) {
    storage->normalised = with_line_feeds(bytes);
    bytes = storage->normalised;
  }
  Builder builder(file, bytes, limits, *storage, std::move(breaks->offsets));
  if (auto failure = read_documents(file, bytes, limits, builder)) {
    if (auto cause = odd_break(file, builder, failure->span.begin)) return *std::move(cause);
    return *std::move(failure);
  }
  if (auto failure = odd_break(file, builder, file.size())) return *std::move(failure);
  return Stream(std::move(storage));
}

}  // namespace composelint::yaml
