#include "analyzer/signs/reports/half_services.h"

#include <span>
#include <string>
#include <vector>

#include "analyzer/signs/reports/refusal_words.h"
#include "analyzer/signs/reports/told_by_name.h"

namespace composelint {

void tell_half_services_once(std::span<Finding* const> findings) {
  std::vector<NamedFinding> halves;
  for (Finding* finding : findings) {
    const bool of_the_file = finding->message.starts_with("Compose refuses the project: ");
    const std::string name = half_service(finding->message);
    if (of_the_file && !name.empty()) halves.push_back({finding, "", name});
  }
  tell_by_name(halves);
}

}  // namespace composelint
