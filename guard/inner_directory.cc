#include "guard/inner_directory.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "analyzer/signs/stacks/mounts.h"
#include "analyzer/text/path.h"
#include "guard/kept_data.h"

namespace composelint::guard {

namespace {

// `/proc/1/root` is where all of the container is seen once more.
std::string without_proc(std::string path) {
  constexpr std::string_view kProc = "/proc/";
  while (path.starts_with(kProc)) {
    const std::size_t end = path.find('/', kProc.size());
    if (end == std::string::npos || !lies_below(path.substr(end), "/root")) break;
    path.erase(0, end + std::string_view("/root").size());
    if (path.empty()) path = "/";
  }
  return path;
}

}  // namespace

bool InnerDirectory::marks(const TextCommand& command) {
  const std::string_view name = program_name(command);
  if (name == "(") {
    outside_.push_back(now_);
  } else if (name == ")" && !outside_.empty()) {
    now_ = std::move(outside_.back());
    outside_.pop_back();
  } else if (name == "||") {
    ++ways_;
  } else if (name == "fi") {
    --ways_;
  } else if (name == "chroot" && command.words.size() == 2) {
    now_.root = resolved(command.words[1].text, 0);
    now_.may_be = {now_.root};
  } else {
    return false;
  }
  return true;
}

void InnerDirectory::go(const std::string& path) {
  constexpr std::size_t kMost = 8;
  std::vector<std::string> to;
  for (std::size_t i = 0; i < now_.may_be.size(); ++i) {
    std::string one = resolved(path, i);
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(std::move(one));
  }
  for (std::size_t i = 0; ways_ > 0 && i < now_.may_be.size() && to.size() < kMost; ++i) {
    const std::string& before = now_.may_be[i];
    const bool is_new = std::find(to.begin(), to.end(), before) == to.end();
    if (is_new && !before.empty()) to.push_back(before);
  }
  now_.may_be = std::move(to);
}

std::string InnerDirectory::resolved(const std::string& path, std::size_t which) const {
  std::string out = path;
  if (out.starts_with('/')) {
    out = now_.root + out;
  } else if (now_.may_be[which].empty()) {
    return "";
  } else {
    out = now_.may_be[which] + "/" + out;
  }
  return without_proc(text::normalise(without_slash(out)));
}

}  // namespace composelint::guard
