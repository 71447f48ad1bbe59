#include "guard/snapshot.h"

#include <algorithm>

namespace composelint::guard {

namespace {

std::vector<const Container*> of_service(const std::vector<Container>& containers,
                                         std::string_view service, bool one_off) {
  std::vector<const Container*> out;
  for (const Container& one : containers) {
    if (one.service == service && one.one_off == one_off) out.push_back(&one);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Container* a, const Container* b) { return a->number < b->number; });
  return out;
}

}  // namespace

std::vector<const Container*> Snapshot::live(std::string_view service) const {
  return of_service(containers, service, false);
}

std::vector<const Container*> Snapshot::one_offs(std::string_view service) const {
  return of_service(containers, service, true);
}

}  // namespace composelint::guard
