#include "analyzer/yaml/timestamp.h"

#include <array>
#include <cstddef>
#include <optional>

namespace composelint::yaml {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Reads from the front of a text; every step says whether it could.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

  bool take(char c) {
    if (peek() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<int> number(std::size_t shortest, std::size_t longest) {
    std::size_t length = 0;
    int value = 0;
    while (length < longest && length < rest_.size() && is_digit(rest_[length])) {
      value = value * 10 + (rest_[length++] - '0');
    }
    if (length < shortest) return std::nullopt;
    rest_.remove_prefix(length);
    return value;
  }

  bool within(std::size_t shortest, int highest) {
    const auto value = number(shortest, 2);
    return value && *value <= highest;
  }

  void skip_digits() {
    while (is_digit(peek())) rest_.remove_prefix(1);
  }

  // A dot or comma is a fraction only with a digit after it.
  [[nodiscard]] bool starts_fraction() const {
    return rest_.size() > 1 && (rest_[0] == '.' || rest_[0] == ',') && is_digit(rest_[1]);
  }

 private:
  std::string_view rest_;
};

bool is_leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool is_day(int year, int month, int day) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  const int last = month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
  return day <= last;
}

bool read_date(Reader& reader) {
  const auto year = reader.number(4, 4);
  if (!year || !reader.take('-')) return false;
  const auto month = reader.number(1, 2);
  if (!month || !reader.take('-')) return false;
  const auto day = reader.number(1, 2);
  return day && is_day(*year, *month, *day);
}

bool read_time(Reader& reader) {
  if (!reader.within(1, 23) || !reader.take(':')) return false;
  if (!reader.within(1, 59) || !reader.take(':')) return false;
  if (!reader.within(1, 59)) return false;
  if (reader.starts_fraction()) {
    if (!reader.take('.')) reader.take(',');
    reader.skip_digits();
  }
  return true;
}

bool read_zone(Reader& reader) {
  if (reader.take('Z')) return true;
  if (!reader.take('+') && !reader.take('-')) return false;
  return reader.within(2, 24) && reader.take(':') && reader.within(2, 60);
}

}  // namespace

bool is_timestamp(std::string_view text) {
  Reader reader(text);
  if (!read_date(reader)) return false;
  if (reader.done()) return true;
  if (reader.take('T') || reader.take('t')) {
    return read_time(reader) && read_zone(reader) && reader.done();
  }
  if (reader.peek() != ' ') return false;
  while (reader.take(' ')) {
  }
  return read_time(reader) && reader.done();
}

}  // namespace composelint::yaml
