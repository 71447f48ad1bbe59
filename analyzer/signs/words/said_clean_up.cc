#include "analyzer/signs/words/said_clean_up.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace composelint {

namespace {

constexpr std::array<std::string_view, 7> kGoes = {"clean", "clear", "delet", "free",
                                                   "prun",  "purg",  "remov"};

}  // namespace

bool says_what_goes(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kWhat = {"unused", "not used", "not in use",
                                                            " all ",  "every",    "entire"};
  const auto has = [&](std::string_view word) { return text.find(word) != std::string::npos; };
  return !has("dangling") && std::any_of(kGoes.begin(), kGoes.end(), has) &&
         std::any_of(kWhat.begin(), kWhat.end(), has);
}

bool says_that_all_stop(std::string_view told) {
  static constexpr std::array<std::string_view, 3> kStops = {"kill", "shut", "stop"};
  static constexpr std::array<std::string_view, 6> kWhich = {" all ", " any ",     "entire",
                                                             "every", "remaining", "running"};
  const auto has = [&](std::string_view word) { return told.find(word) != std::string_view::npos; };
  return has("container") && std::any_of(kStops.begin(), kStops.end(), has) &&
         std::any_of(kWhich.begin(), kWhich.end(), has);
}

bool says_that_volumes_go(std::string_view told) {
  static constexpr std::array<std::string_view, 6> kStay = {"keep",  "kept",   "n't",
                                                            "never", "except", "stay"};
  while (!told.empty()) {
    const std::string sentence(told.substr(0, told.find_first_of(".;!?\n")));
    told.remove_prefix(std::min(sentence.size() + 1, told.size()));
    const auto has = [&](std::string_view word) {
      return sentence.find(word) != std::string::npos;
    };
    const bool stay = std::any_of(kStay.begin(), kStay.end(), has) ||
                      (has(" not ") && !has("not used") && !has("not in use"));
    if (stay || !std::any_of(kGoes.begin(), kGoes.end(), has)) continue;
    if (has("volume") || has("everything")) return true;
  }
  return false;
}

}  // namespace composelint
