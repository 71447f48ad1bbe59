#include "analyzer/yaml/document.h"

#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <utility>

#include "analyzer/yaml/builder.h"
#include "analyzer/yaml/byte_check.h"
#include "analyzer/yaml/error_text.h"
#include "analyzer/yaml/storage.h"

namespace composelint::yaml {

namespace {

// The file's bytes as a stream, without a copy.
class ByteBuffer final : public std::streambuf {
 public:
  explicit ByteBuffer(std::string_view bytes) {
    char* const begin = const_cast<char*>(bytes.data());  // never written to
    setg(begin, begin, begin + bytes.size());
  }
};

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

Failure refusal(const SourceFile& file, const std::string& reason, std::size_t at) {
  const std::string_view piece = piece_at(file, at);
  const auto begin = static_cast<std::uint32_t>(std::min<std::size_t>(at, file.size()));
  return {FailureCode::kSyntax, explain(reason, piece),
          Span{&file, begin, begin + static_cast<std::uint32_t>(piece.size())}};
}

MaybeFailure read_documents(const SourceFile& file, const Limits& limits, Builder& builder) {
  ByteBuffer buffer(file.bytes());
  std::istream input(&buffer);
  try {
    YAML::Parser parser(input);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop& stop) {
    return stop.failure;
  } catch (const YAML::DeepRecursion& error) {
    Failure failure = refusal(file, error.msg, builder.offset(error.mark));
    failure.code = FailureCode::kLimit;
    failure.message = fmt::format("nested deeper than {} levels", limits.depth);
    return failure;
  } catch (const YAML::Exception& error) {
    return refusal(file, error.msg, builder.offset(error.mark));
  }
  return std::nullopt;
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
  Builder builder(file, limits, *storage, std::move(breaks->offsets));
  if (auto failure = read_documents(file, limits, builder)) return *std::move(failure);
  if (!builder.odd_breaks().empty()) {
    const std::uint32_t at = builder.odd_breaks().front();
    return Failure{FailureCode::kUnsupported,
                   "a line ends in CR, NEL or a Unicode separator here: use LF or CRLF",
                   Span{&file, at, at + 1}};
  }
  return Stream(std::move(storage));
}

}  // namespace composelint::yaml
