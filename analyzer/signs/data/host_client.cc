#include "analyzer/signs/data/host_client.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/data/client_program.h"
#include "analyzer/signs/stacks/published_port.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

// The value of `-h db`, `-hdb`, `--host db`, `--host=db`; nothing where the option is not given,
// null text where the value is not known.
struct GivenValue {
  bool given = false;
  bool known = false;
  std::string text;
};

GivenValue given_value(const Step& step, std::string_view letter, std::string_view option) {
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const Argument& word = step.argv[i];
    const std::string_view text = word.text;
    if (text == letter || text == option) {
      if (!word.holes.empty()) return {true, false, {}};
      if (i + 1 == step.argv.size()) return {};
      return {true, step.argv[i + 1].known(), step.argv[i + 1].text};
    }
    for (const std::string& head : {std::string(letter), std::string(option) + "="}) {
      const bool glued = text.starts_with(head) && (head != letter || !text.starts_with("--"));
      if (glued) return {true, word.known(), std::string(text.substr(head.size()))};
    }
  }
  return {};
}

// Host and port of `postgres://user@127.0.0.1:5433/app`.
std::optional<std::pair<std::string, std::string>> address_in(const Step& step) {
  for (const Argument& word : step.argv) {
    const std::string_view text = word.text;
    const std::size_t scheme = text.find("://");
    if (scheme == std::string_view::npos) continue;
    const std::size_t end = std::min(text.find_first_of("/?", scheme + 3), text.size());
    const std::size_t at = text.rfind('@', end);
    const std::size_t begin = at == std::string_view::npos || at < scheme ? scheme + 3 : at + 1;
    for (const Hole& hole : word.holes) {
      if (hole.at >= begin && hole.at <= end) return std::pair<std::string, std::string>{};
    }
    const std::string_view place = text.substr(begin, end - begin);
    const std::size_t colon = place.rfind(':');
    return std::pair{
        std::string(place.substr(0, colon)),
        colon == std::string_view::npos ? std::string() : std::string(place.substr(colon + 1))};
  }
  return std::nullopt;
}

}  // namespace

std::optional<ReachedService> reached_on_host(const Timeline& timeline, const Step& step) {
  if (step.launcher != Launcher::kNone || step.place == Place::kContainer) return std::nullopt;
  const std::string_view program = program_name(step);
  const bool mysql = is_mysql(program);
  const bool mongo = is_mongo(program);
  if (!mysql && !mongo && !is_postgres(program)) return std::nullopt;
  const std::int64_t usual = mysql ? 3306 : mongo ? 27017 : 5432;
  std::string host;
  std::string port;
  if (auto address = address_in(step)) {
    host = std::move(address->first);
    port = std::move(address->second);
  } else {
    const auto given = given_value(step, "-h", "--host");
    if (given.given && !given.known) return std::nullopt;
    // Without one, and with `localhost`, clients of MySQL take a socket.
    host = given.given ? given.text : (mongo ? "localhost" : "");
    if (mysql && host == "localhost") return std::nullopt;
    const auto number = given_value(step, mysql ? "-P" : "-p", "--port");
    if (number.given && !mongo && !number.known) return std::nullopt;
    if (number.given &&
        (!mongo || number.text.find_first_not_of("0123456789") == std::string::npos))
      port = number.text;
  }
  if (host != "localhost" && host != "127.0.0.1" && host != "::1") return std::nullopt;
  const std::int64_t wanted = port.empty() ? usual : port_number(port);
  for (const Step& other : timeline.steps) {
    const Project* project = other.call ? other.call->target.project : nullptr;
    if (project == nullptr || !same_place(other, step)) continue;
    for (const Service& service : project->services) {
      for (const PublishedPort& open : published_ports(service)) {
        const bool here = open.on_loopback() || open.on_all_addresses();
        if (open.known && here && open.target == usual && open.first <= wanted &&
            wanted <= open.last && open.protocol == "tcp") {
          return ReachedService{&service, open.span, project};
        }
      }
    }
  }
  return std::nullopt;
}

}  // namespace composelint
