#include "cli/config_hash.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "analyzer/compose/presentation.h"
#include "analyzer/compose/print_json.h"
#include "analyzer/compose/shape.h"
#include "analyzer/text/sha256.h"

namespace composelint::cli {

namespace {

using compose::Member;
using compose::Value;

std::vector<std::string> wanted_services(const Value& services, const std::string& names) {
  std::vector<std::string> out;
  if (names == "*") {
    for (const Member& service : services.members) out.push_back(service.key);
  }
  for (std::size_t at = 0; names != "*" && at <= names.size();) {
    const std::size_t end = std::min(names.find(',', at), names.size());
    out.push_back(names.substr(at, end - at));
    at = end + 1;
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<std::string> service_hash(Value service, const std::string& default_platform) {
  const bool built = service.find("build") != nullptr;
  if (built && service.find("platform") == nullptr && !default_platform.empty()) {
    compose::set_field(service, compose::kServiceShape, "platform", Value::of(default_platform));
  }
  for (const char* key : {"build", "pull_policy", "scale", "depends_on", "profiles"}) {
    service.erase(key);
  }
  if (Value* deploy = service.find("deploy")) deploy->erase("replicas");
  Result<Value> shown = compose::as_json_service(std::move(service));
  if (!shown) return shown.failure();
  const Result<std::string> text = compose::print_compact_json(*shown);
  return text ? text::sha256(*text) : text;
}

}  // namespace

Result<std::string> service_hashes(const compose::LoadedProject& loaded, const std::string& names) {
  const Value* services = loaded.model.find("services");
  std::string out;
  if (services == nullptr) return out;
  const std::string platform(loaded.environment.value_of("DOCKER_DEFAULT_PLATFORM"));
  for (const std::string& name : wanted_services(*services, names)) {
    const Value* service = services->find(name);
    if (service == nullptr) {
      return Failure{FailureCode::kInvalid, "no such service: " + name, {}};
    }
    Result<std::string> hash = service_hash(*service, platform);
    if (!hash) return hash;
    out += name + " " + *hash + "\n";
  }
  return out;
}

}  // namespace composelint::cli
