#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <map>
#include <optional>

#include "guard/archive_reader.h"

namespace composelint::guard {

namespace {

constexpr int kOldest = 0x107;
constexpr int kNewest = 0x110;

class PgCustom : private ArchiveReader {
 public:
  explicit PgCustom(ByteSource& source) : ArchiveReader(source) {}

  ArchiveEnd read() {
    if (!header() || !contents() || !blocks()) return end();
    return {};
  }

 private:
  bool byte(int& value) {
    unsigned char one = 0;
    if (!in_.get(&one, 1)) return false;
    value = one;
    return true;
  }

  // A byte for its sign, then its bytes, the least one first.
  bool integer(std::int64_t& value) {
    int sign = 0;
    std::array<unsigned char, 8> bytes{};
    if (!byte(sign) || !in_.get(bytes.data(), int_size_)) return false;
    if (sign > 1) return stop(Reading::kDamaged, "a number in " + where_ + " is none");
    std::uint64_t found = 0;
    for (std::size_t i = 0; i < int_size_; ++i) found |= std::uint64_t{bytes[i]} << (8 * i);
    if (found > INT32_MAX) return stop(Reading::kDamaged, "a number in " + where_ + " is none");
    value = sign == 1 ? -static_cast<std::int64_t>(found) : static_cast<std::int64_t>(found);
    return true;
  }

  // A large object's number goes up to the last of 32 bits, and has a sign then.
  bool object(bool& last) {
    int sign = 0;
    std::array<unsigned char, 8> bytes{};
    if (!byte(sign) || !in_.get(bytes.data(), int_size_)) return false;
    if (sign > 1) return stop(Reading::kDamaged, "a number in " + where_ + " is none");
    last = true;
    for (const unsigned char each : bytes) last = last && each == 0;
    return true;
  }

  bool text(bool& there) {
    std::int64_t length = 0;
    if (!integer(length)) return false;
    there = length >= 0;
    return length <= 0 || in_.skip(length);
  }
  bool texts(int count) {
    bool there = false;
    for (int i = 0; i < count; ++i) {
      if (!text(there)) return false;
    }
    return true;
  }
  bool integers(int count) {
    std::int64_t value = 0;
    for (int i = 0; i < count; ++i) {
      if (!integer(value)) return false;
    }
    return true;
  }

  bool header() {
    where_ = "its header";
    constexpr std::int64_t kMagic = 5;
    int major = 0;
    int minor = 0;
    int revision = 0;
    int int_size = 0;
    int offset_size = 0;
    int format = 0;
    if (!in_.skip(kMagic) || !byte(major) || !byte(minor) || !byte(revision)) return false;
    version_ = major * 0x100 + minor;
    if (version_ < kOldest || version_ > kNewest) {
      return stop(Reading::kOther,
                  fmt::format("version {}.{} of its format is not known", major, minor));
    }
    if (!byte(int_size) || !byte(offset_size) || !byte(format)) return false;
    constexpr int kLargest = 8;
    if (int_size < 1 || int_size > kLargest || offset_size < 1 || offset_size > kLargest) {
      return stop(Reading::kDamaged, "its header is none");
    }
    int_size_ = static_cast<std::size_t>(int_size);
    offset_size_ = static_cast<std::size_t>(offset_size);
    if (format != 1) {
      return stop(Reading::kOther, "it is the table of contents of a dump in several files");
    }
    int algorithm = 0;
    constexpr int kDateFields = 7;
    if (version_ >= 0x10f ? !byte(algorithm) : !integers(1)) return false;
    if (!integers(kDateFields) || !texts(1)) return false;
    return version_ < 0x10a || texts(2);  // of the server, of pg_dump
  }

  bool contents() {
    where_ = "its table of contents";
    std::int64_t count = 0;
    if (!integer(count)) return false;
    if (count < 0) return stop(Reading::kDamaged, "its table of contents is none");
    for (std::int64_t i = 0; i < count; ++i) {
      if (!entry()) return false;
    }
    return true;
  }

  bool entry() {
    std::int64_t id = 0;
    if (!integer(id) || !integers(1)) return false;
    if (version_ >= 0x108 && !texts(1)) return false;     // the object's catalog
    if (!texts(3)) return false;                          // its number, tag and kind
    if (version_ >= 0x10b && !integers(1)) return false;  // section
    if (!texts(4)) return false;                          // definition, drop, copy, schema
    if (version_ >= 0x10a && !texts(1)) return false;     // tablespace
    if (version_ >= 0x10e && !texts(1)) return false;     // access method
    if (version_ >= 0x110 && !integers(1)) return false;  // kind of relation
    if (!texts(1)) return false;                          // owner
    if (version_ >= 0x109 && !texts(1)) return false;     // with OIDs
    for (bool there = true; there;) {                     // what it depends on
      if (!text(there)) return false;
    }
    return data_of(id);
  }

  bool data_of(std::int64_t id) {
    constexpr int kNotSet = 1;  // the file could not be gone back in: a pipe
    constexpr int kSet = 2;
    constexpr int kNone = 3;
    int state = 0;
    std::array<unsigned char, 8> bytes{};
    if (!byte(state) || !in_.get(bytes.data(), offset_size_)) return false;
    if (state == kNone) return true;
    if (state != kNotSet && state != kSet) {
      return stop(Reading::kDamaged, "an entry of its table of contents is none");
    }
    std::uint64_t offset = 0;
    for (std::size_t i = 0; i < offset_size_; ++i) offset |= std::uint64_t{bytes[i]} << (8 * i);
    Data data;
    if (state == kSet) data.offset = static_cast<std::int64_t>(offset);
    if (!data_.emplace(id, data).second) {
      return stop(Reading::kDamaged, "an entry stands twice in its table of contents");
    }
    return true;
  }

  bool blocks() {
    constexpr int kTable = 1;
    constexpr int kObjects = 3;
    where_ = "its data";
    std::size_t missing = data_.size();
    while (!in_.at_end()) {
      if (in_.error() != 0) return false;
      if (missing == 0) return stop(Reading::kFollowed, "other bytes stand behind its end");
      const std::int64_t at = in_.position();
      int type = 0;
      std::int64_t id = 0;
      if (!byte(type) || !integer(id)) return false;
      const auto data = data_.find(id);
      const bool known = data != data_.end() && !data->second.found &&
                         (!data->second.offset || *data->second.offset == at);
      if ((type != kTable && type != kObjects) || !known) {
        return stop(Reading::kDamaged, "its data is not what its table of contents says");
      }
      data->second.found = true;
      --missing;
      if (type == kTable ? !chunks() : !objects()) return false;
    }
    if (missing > 0) {
      return stop(Reading::kCut,
                  fmt::format("the data of {} of {} entries is missing", missing, data_.size()));
    }
    return true;
  }

  bool chunks() {
    for (;;) {
      std::int64_t length = 0;
      if (!integer(length)) return false;
      if (length == 0) return true;
      if (length < 0) return stop(Reading::kDamaged, "a piece of its data has no length");
      if (!in_.skip(length)) return false;
    }
  }

  bool objects() {
    for (;;) {
      bool last = false;
      if (!object(last)) return false;
      if (last) return true;
      if (!chunks()) return false;
    }
  }

  struct Data {
    std::optional<std::int64_t> offset;  // where its block begins
    bool found = false;
  };

  int version_ = 0;
  std::size_t int_size_ = 0;
  std::size_t offset_size_ = 0;
  std::map<std::int64_t, Data> data_;
};

}  // namespace

ArchiveEnd read_pg_custom(ByteSource& source) {
  return PgCustom(source).read();
}

}  // namespace composelint::guard
