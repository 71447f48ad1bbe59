#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "guard/archive_reader.h"

namespace composelint::guard {

namespace {

constexpr std::uint32_t kTerminator = 0xffffffff;
constexpr std::uint32_t kSmallest = 5;          // of a BSON document
constexpr std::uint32_t kLargest = 48U << 20U;  // the server takes 16 MB
constexpr std::uint32_t kLargestRead = 1U << 20U;

enum BsonType : unsigned char {
  kDouble = 1,
  kText = 2,
  kObject = 3,
  kArray = 4,
  kBinary = 5,
  kObjectId = 7,
  kBool = 8,
  kDate = 9,
  kNull = 10,
  kInt32 = 16,
  kTimestamp = 17,
  kInt64 = 18,
};

std::uint32_t number(const char* bytes) {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < 4; ++i) {
    value |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return value;
}

// What an archive's own documents say: texts and booleans of the outermost level.
using Fields = std::map<std::string, std::string, std::less<>>;

std::optional<Fields> fields_of(const std::string& document) {
  Fields out;
  std::size_t at = 4;
  while (at + 1 < document.size()) {
    const auto type = static_cast<unsigned char>(document[at++]);
    const std::size_t end = document.find('\0', at);
    if (end == std::string::npos) return std::nullopt;
    const std::string name = document.substr(at, end - at);
    at = end + 1;
    const auto four = [&]() -> std::size_t {
      return at + 4 <= document.size() ? number(document.data() + at) : document.size();
    };
    std::size_t size = 0;
    switch (type) {
      case kText: {
        const std::size_t length = four();
        if (length == 0 || length > document.size()) return std::nullopt;
        size = 4 + length;
        if (at + size <= document.size()) out[name] = document.substr(at + 4, length - 1);
        break;
      }
      case kObject:
      case kArray: size = four(); break;
      case kBinary: size = 5 + four(); break;
      case kObjectId: size = 12; break;
      case kBool:
        size = 1;
        if (at < document.size()) out[name] = document[at] == 0 ? "" : "true";
        break;
      case kDouble:
      case kDate:
      case kTimestamp:
      case kInt64: size = 8; break;
      case kInt32: size = 4; break;
      case kNull: break;
      default: return std::nullopt;
    }
    if (size >= document.size() || at + size >= document.size()) return std::nullopt;
    at += size;
  }
  return out;
}

class MongoArchive : private ArchiveReader {
 public:
  explicit MongoArchive(ByteSource& source) : ArchiveReader(source) {}

  ArchiveEnd read() {
    constexpr std::int64_t kMagic = 4;
    if (!in_.skip(kMagic) || !prelude() || !blocks()) return end();
    return {};
  }

 private:
  struct Collection {
    bool begun = false;
    bool ended = false;
    std::string type;  // a view has no data; older ones do not tell
  };

  // The size of the next document; the terminator: there is none any more.
  bool size(std::uint32_t& value) {
    std::array<unsigned char, 4> bytes{};
    if (!in_.get(bytes.data(), bytes.size())) return false;
    value = number(reinterpret_cast<const char*>(bytes.data()));
    if (value != kTerminator && (value < kSmallest || value > kLargest)) {
      return stop(Reading::kDamaged, "a document in " + where_ + " is none");
    }
    return true;
  }

  bool skip_document(std::uint32_t size) {
    unsigned char last = 0;
    if (!in_.skip(static_cast<std::int64_t>(size) - 5) || !in_.get(&last, 1)) return false;
    return last == 0 || stop(Reading::kDamaged, "a document in " + where_ + " has no end");
  }

  bool document(std::uint32_t size, Fields& fields) {
    if (size > kLargestRead) return stop(Reading::kOther, where_ + " is too large");
    std::string bytes(size, '\0');
    for (unsigned i = 0; i < 4; ++i) bytes[i] = static_cast<char>(size >> (8 * i) & 0xffU);
    if (!in_.get(reinterpret_cast<unsigned char*>(bytes.data()) + 4, size - 4)) return false;
    auto found = fields_of(bytes);
    if (!found) return stop(Reading::kDamaged, "a document in " + where_ + " is none");
    fields = std::move(*found);
    return true;
  }

  static std::string name_of(const Fields& fields) {
    const auto text = [&](std::string_view name) {
      const auto found = fields.find(name);
      return found == fields.end() ? std::string() : found->second;
    };
    return text("db") + "." + text("collection");
  }

  // Which version it is, and the collections that it announces.
  bool prelude() {
    where_ = "its header";
    std::uint32_t bytes = 0;
    Fields fields;
    if (!size(bytes) || bytes == kTerminator || !document(bytes, fields)) {
      return end_                   ? false
             : bytes == kTerminator ? stop(Reading::kDamaged, "it has no header")
                                    : false;
    }
    where_ = "its list of collections";
    for (;;) {
      if (!size(bytes)) return false;
      if (bytes == kTerminator) return true;
      if (!document(bytes, fields)) return false;
      collections_[name_of(fields)].type = fields["type"];
    }
  }

  // Each begins with the name of its collection; the last one of a collection says so.
  bool blocks() {
    while (!in_.at_end()) {
      if (in_.error() != 0) return false;
      where_ = "the name of a collection";
      std::uint32_t bytes = 0;
      Fields fields;
      if (!size(bytes)) return false;
      if (bytes == kTerminator) return stop(Reading::kDamaged, "a block of its data is none");
      if (!document(bytes, fields)) return false;
      Collection& one = collections_[name_of(fields)];
      where_ = "the data of " + name_of(fields);
      one.begun = true;
      if (!fields["EOF"].empty()) one.ended = true;
      for (;;) {
        if (!size(bytes)) return false;
        if (bytes == kTerminator) break;
        if (!skip_document(bytes)) return false;
      }
    }
    bool sure = true;
    for (const auto& [name, one] : collections_) {
      if (one.ended || one.type == "view") continue;
      if (one.begun || one.type == "collection") {
        return stop(Reading::kCut, "the data of " + name + " has no end");
      }
      sure = false;
    }
    return sure || stop(Reading::kOther, "it has no data of a collection that may be a view");
  }

  std::map<std::string, Collection> collections_;
};

}  // namespace

ArchiveEnd read_mongo_archive(ByteSource& source) {
  return MongoArchive(source).read();
}

}  // namespace composelint::guard
