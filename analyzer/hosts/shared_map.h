// A map by name that is cheap to copy and then to change a little.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace composelint::hosts {

// By a hash of the name: copies share the parts that neither has changed.
template <typename Value>
class SharedMap {
 public:
  [[nodiscard]] const Value* find(std::string_view name) const {
    const std::shared_ptr<Part>& part = parts_[index_of(name)];
    if (part == nullptr) return nullptr;
    const auto found = part->find(name);
    return found == part->end() ? nullptr : &found->second;
  }

  void set(std::string_view name, Value value) {
    const auto [place, added] =
        writable(index_of(name)).insert_or_assign(std::string(name), std::move(value));
    if (added) ++size_;
  }

  void erase(std::string_view name) {
    if (find(name) == nullptr) return;
    Part& part = writable(index_of(name));
    part.erase(part.find(name));
    --size_;
  }

  [[nodiscard]] std::size_t size() const { return size_; }

  // In no order that means anything, but always in the same.
  template <typename See>
  void for_each(const See& see) const {
    for (const auto& part : parts_) {
      if (part == nullptr) continue;
      for (const auto& [name, value] : *part) see(name, value);
    }
  }

 private:
  using Part = std::map<std::string, Value, std::less<>>;
  static constexpr std::size_t kParts = 64;

  static std::size_t index_of(std::string_view name) {
    return std::hash<std::string_view>()(name) % kParts;
  }

  Part& writable(std::size_t index) {
    std::shared_ptr<Part>& part = parts_[index];
    if (part == nullptr) part = std::make_shared<Part>();
    if (part.use_count() != 1) part = std::make_shared<Part>(*part);
    return *part;
  }

  std::array<std::shared_ptr<Part>, kParts> parts_;
  std::size_t size_ = 0;
};

}  // namespace composelint::hosts
