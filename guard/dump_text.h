// What the text of a dump tells of itself: how it begins, and how it ends when it is whole.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace composelint::guard {

enum class DumpFamily { kNone, kPgDump, kPgDumpAll, kMySql };

// By the name of an effect: "pg_dump of some tables", "mysqldump".
[[nodiscard]] DumpFamily family_of_name(std::string_view name);
// By the first lines.
[[nodiscard]] DumpFamily family_of_text(std::string_view head);
[[nodiscard]] std::string_view program_of(DumpFamily family);

enum class Ending {
  kWhole,     // the trailer, and nothing behind it but what its program writes there
  kFollowed,  // the trailer, and other text behind it
  kMissing,
};
[[nodiscard]] Ending ending_of(DumpFamily family, std::string_view tail);

// How a kind of file is read to its end.
enum class Archive { kNone, kPgCustom, kTar, kMongo };

// A kind of file that is told by its first bytes and holds no plain text.
struct FileKind {
  std::string_view name;   // "a zstd stream"; empty: none that is known
  std::string_view check;  // a command that tells more, "{}" in the place of the file
  std::string_view piped;  // the same of its standard input; empty: there is none
  Archive archive = Archive::kNone;
  std::string_view unpack{};  // a command that unpacks its standard input; empty: none
};
[[nodiscard]] FileKind kind_of(std::string_view head);

// The first and the last bytes of a stream of any length, and how many there were.
class Ends {
 public:
  static constexpr std::size_t kHead = 4096;
  static constexpr std::size_t kTail = 8192;

  void take(std::string_view bytes);
  [[nodiscard]] const std::string& head() const { return head_; }
  [[nodiscard]] const std::string& tail() const { return tail_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  // Zeros among the bytes, which no text has.
  [[nodiscard]] bool zeros() const { return zeros_; }

 private:
  std::string head_;
  std::string tail_;
  std::uint64_t size_ = 0;
  bool zeros_ = false;
};

}  // namespace composelint::guard
