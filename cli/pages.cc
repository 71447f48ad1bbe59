#include "cli/pages.h"

#include <malloc.h>
#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>

// Set by the linker.
extern "C" char edata[];
extern "C" char end[];

namespace composelint::cli {

namespace {

constexpr std::uintptr_t kPage = 4096;
constexpr std::size_t kHeap = std::size_t{512} << 10U;  // what a small project takes
constexpr std::size_t kHeapStep = std::size_t{1} << 20U;
constexpr std::size_t kOwnMapping = std::size_t{32} << 20U;

void populate(std::uintptr_t begin, std::uintptr_t end) {
  begin &= ~(kPage - 1);
  const std::uintptr_t size = (end - begin + kPage - 1) & ~(kPage - 1);
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the linker's symbols are plain addresses
  static_cast<void>(::madvise(reinterpret_cast<void*>(begin), size, MADV_POPULATE_WRITE));
}

std::uintptr_t address(const void* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer);
}

}  // namespace

void take_pages_at_once() {
#ifdef MADV_POPULATE_WRITE
  populate(address(edata), address(end));
  ::mallopt(M_TOP_PAD, static_cast<int>(kHeapStep));
  // Nothing is given back before the end: it would only be asked for again.
  ::mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
  ::mallopt(M_MMAP_THRESHOLD, static_cast<int>(kOwnMapping));
  void* first = std::malloc(kPage);
  const std::uintptr_t heap = address(first);
  std::free(first);
  populate(heap, heap + kHeap);
#endif
}

}  // namespace composelint::cli
