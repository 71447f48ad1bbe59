#include "analyzer/compose/short_syntax.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "analyzer/compose/numbers.h"
#include "analyzer/compose/runes.h"
#include "analyzer/text/path.h"

namespace composelint::compose {

namespace {

Failure refused(const Value& text, std::string message) {
  return {FailureCode::kInvalid, std::move(message), text.span};
}

// One letter before a colon is a drive: `c:\data`, and so is the volume `v` in `v:/data`.
bool is_drive(std::string_view section) {
  if (section.empty()) return false;
  const Rune first = rune_at(section, 0);
  return first.size == section.size() && is_letter_or_number(first.code) &&
         !(first.code >= '0' && first.code <= '9');
}

// The sections between colons. A colon behind a drive letter or within `${...}` separates nothing.
std::vector<std::string_view> mount_sections(std::string_view spec) {
  std::vector<std::string_view> sections;
  std::size_t begin = 0;
  int open = 0;
  for (std::size_t i = 0; i < spec.size(); ++i) {
    if (spec[i] == '$' && i + 1 < spec.size() && spec[i + 1] == '{') {
      ++open;
    } else if (spec[i] == '}' && open > 0) {
      --open;
    } else if (spec[i] == ':' && open == 0 && !is_drive(spec.substr(begin, i - begin))) {
      sections.push_back(spec.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  sections.push_back(spec.substr(begin));
  return sections;
}

bool is_host_path(std::string_view source) {
  if (source.empty()) return false;
  if (source.front() == '.' || source.front() == '/' || source.front() == '~') return true;
  if (source.starts_with("\\\\")) return true;  // a named pipe of Windows
  const Rune first = rune_at(source, 0);
  return first.size < source.size() && source[first.size] == ':' &&
         is_drive(source.substr(0, first.size));
}

struct MountParts {
  std::string_view source;
  std::string_view target;
  bool read_only = false;
  bool no_copy = false;
  std::string_view propagation;
  std::string_view selinux;
};

void mount_options(std::string_view list, MountParts& parts) {
  constexpr std::array<std::string_view, 6> kPropagations = {"rprivate", "private", "rshared",
                                                             "shared",   "rslave",  "slave"};
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    const std::string_view option = list.substr(at, end - at);
    at = end + 1;
    if (option == "ro") parts.read_only = true;
    if (option == "rw") parts.read_only = false;
    if (option == "nocopy") parts.no_copy = true;
    if (option == "z" || option == "Z") parts.selinux = option;
    if (std::find(kPropagations.begin(), kPropagations.end(), option) != kPropagations.end()) {
      parts.propagation = option;
    }
  }
}

Value long_mount(const MountParts& parts, const Value& text) {
  const auto string = [&](std::string_view part) {
    return Value::of(std::string(part)).from(text);
  };
  const bool bind = is_host_path(parts.source);
  Value mount = Value::map().from(text);
  mount.set("type", string(bind ? "bind" : "volume"));
  if (!parts.source.empty()) mount.set("source", string(parts.source));
  mount.set("target", string(parts.target));
  if (parts.read_only) mount.set("read_only", Value::of(true).from(text));
  if (bind || !parts.selinux.empty() || !parts.propagation.empty()) {
    Value options = Value::map().from(text);
    if (!parts.selinux.empty()) options.set("selinux", string(parts.selinux));
    if (!parts.propagation.empty()) options.set("propagation", string(parts.propagation));
    if (bind) options.set("create_host_path", Value::of(true).from(text));
    mount.set("bind", std::move(options));
  }
  if (!bind || parts.no_copy) {
    Value options = Value::map().from(text);
    if (parts.no_copy) options.set("nocopy", Value::of(true).from(text));
    mount.set("volume", std::move(options));
  }
  return mount;
}

struct PortRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

std::optional<PortRange> parse_range(std::string_view text) {
  const auto port = [](std::string_view digits) -> std::optional<std::uint64_t> {
    const std::optional<std::uint64_t> number = parse_uint(digits);
    return number && *number <= 65535 ? number : std::nullopt;
  };
  const std::size_t dash = text.find('-');
  const std::optional<std::uint64_t> first = port(text.substr(0, dash));
  if (!first) return std::nullopt;
  if (dash == std::string_view::npos) return PortRange{*first, *first};
  const std::string_view rest = text.substr(dash + 1);
  const std::optional<std::uint64_t> last = port(rest.substr(0, rest.find('-')));
  if (!last || *last < *first) return std::nullopt;
  return PortRange{*first, *last};
}

struct PortParts {
  std::string host_ip;
  std::string_view host;
  std::string_view container;
  std::string protocol = "tcp";
};

Result<PortParts> port_parts(const Value& text) {
  const std::string_view spec = text.text;
  PortParts parts;
  const std::size_t last = spec.rfind(':');
  std::string_view container = last == std::string_view::npos ? spec : spec.substr(last + 1);
  if (last != std::string_view::npos) {
    const std::string_view front = spec.substr(0, last);
    const std::size_t colon = front.rfind(':');
    parts.host = colon == std::string_view::npos ? front : front.substr(colon + 1);
    if (colon != std::string_view::npos) parts.host_ip = front.substr(0, colon);
  }
  const std::size_t slash = container.find('/');
  parts.container = container.substr(0, slash);
  if (parts.container.empty()) return refused(text, "no port specified: " + text.text);
  if (slash != std::string_view::npos) {
    const std::string_view protocol = container.substr(slash + 1);
    parts.protocol = lower(protocol.substr(0, protocol.find('/')));
    if (parts.protocol.empty()) parts.protocol = "tcp";
  }
  if (parts.protocol != "tcp" && parts.protocol != "udp" && parts.protocol != "sctp") {
    return refused(text, "invalid proto: " + parts.protocol);
  }
  // An address with colons has to stand in brackets.
  std::string& ip = parts.host_ip;
  if (ip.size() > 1 && ip.front() == '[' && ip.back() == ']') {
    ip = ip.substr(1, ip.size() - 2);
  } else if (ip.find_first_of(":[]") != std::string::npos) {
    return refused(text, "invalid IP address " + ip);
  }
  if (!ip.empty() && !is_ip_address(ip)) return refused(text, "invalid IP address: " + ip);
  return parts;
}

// The state of a command line being split.
struct Words {
  std::vector<std::string> done;
  std::string word;
  bool any = false;  // `word` counts, even when empty
  bool escaped = false;
  bool double_quoted = false;
  bool single_quoted = false;
  bool back_quoted = false;
  bool in_dollar = false;  // within `$(`

  [[nodiscard]] bool quoted() const {
    return single_quoted || double_quoted || back_quoted || in_dollar;
  }
  void end_word() {
    if (any) done.push_back(std::move(word));
    word.clear();
    any = false;
  }
};

enum class Step { kGo, kStop, kRefuse };

// A character with a meaning of its own; kGo with `taken` false: it is text after all.
Step special(char c, Words& words, bool& taken) {
  taken = false;
  switch (c) {
    case '`':
      if (!words.single_quoted && !words.double_quoted && !words.in_dollar) {
        words.back_quoted = !words.back_quoted;
      }
      return Step::kGo;
    case ')':
      if (!words.single_quoted && !words.double_quoted && !words.back_quoted) {
        words.in_dollar = !words.in_dollar;
      }
      return Step::kGo;
    case '(':
      if (words.single_quoted || words.double_quoted || words.back_quoted) return Step::kGo;
      if (words.in_dollar || !words.word.ends_with('$')) return Step::kRefuse;
      words.in_dollar = true;
      words.word += c;
      taken = true;
      return Step::kGo;
    case '"':
      if (words.single_quoted || words.in_dollar) return Step::kGo;
      words.any = words.any || words.double_quoted;
      words.double_quoted = !words.double_quoted;
      taken = true;
      return Step::kGo;
    case '\'':
      if (words.double_quoted || words.in_dollar) return Step::kGo;
      words.any = words.any || words.single_quoted;
      words.single_quoted = !words.single_quoted;
      taken = true;
      return Step::kGo;
    default:
      if (words.quoted()) return Step::kGo;
      // `2>` is an operator as a whole.
      if (c == '>' && !words.word.empty() && is_digit(words.word.front())) words.any = false;
      return Step::kStop;
  }
}

}  // namespace

bool is_ip_address(std::string_view text) {
  const std::string terminated(text);
  std::array<unsigned char, sizeof(in6_addr)> address{};
  return inet_pton(AF_INET, terminated.c_str(), address.data()) == 1 ||
         inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1;
}

Result<Value> parse_mount(const Value& text) {
  const std::string_view spec = text.text;
  if (spec.empty()) return refused(text, "invalid empty volume spec");
  if (spec.size() <= 2) {
    Value mount = Value::map().from(text);
    mount.set("type", Value::of(std::string("volume")).from(text));
    mount.set("target", Value::of(std::string(spec)).from(text));
    return mount;
  }
  const std::vector<std::string_view> sections = mount_sections(spec);
  for (const std::string_view section : sections) {
    if (section.empty()) {
      return refused(text, "invalid spec: " + text.text + ": empty section between colons");
    }
  }
  if (sections.size() > 3) {
    return refused(text, "invalid spec: " + text.text + ": too many colons");
  }
  MountParts parts;
  parts.source = sections.size() > 1 ? sections[0] : std::string_view();
  parts.target = sections.size() > 1 ? sections[1] : sections[0];
  if (sections.size() > 2) mount_options(sections[2], parts);
  return long_mount(parts, text);
}

Result<std::vector<Value>> parse_ports(const Value& text) {
  const Result<PortParts> parts = port_parts(text);
  if (!parts) return parts.failure();
  const std::optional<PortRange> container = parse_range(parts->container);
  if (!container) {
    return refused(text, "invalid containerPort: " + std::string(parts->container));
  }
  std::optional<PortRange> host;
  if (!parts->host.empty()) {
    host = parse_range(parts->host);
    if (!host) return refused(text, "invalid hostPort: " + std::string(parts->host));
    if (host->last - host->first != container->last - container->first &&
        container->first != container->last) {
      return refused(text, "invalid ranges specified for container and host Ports: " +
                               std::string(parts->container) + " and " + std::string(parts->host));
    }
  }
  std::vector<Value> ports;
  for (std::uint64_t i = 0; i <= container->last - container->first; ++i) {
    Value port = Value::map().from(text);
    port.set("mode", Value::of(std::string("ingress")).from(text));
    if (!parts->host_ip.empty()) port.set("host_ip", Value::of(parts->host_ip).from(text));
    const std::uint64_t target = container->first + i;
    if (target != 0) {
      port.set("target", Value::of(static_cast<std::int64_t>(target)).from(text));
    }
    if (host) {
      std::string published = std::to_string(host->first + i);
      if (container->first == container->last && host->first != host->last) {
        published += "-" + std::to_string(host->last);
      }
      port.set("published", Value::of(std::move(published)).from(text));
    }
    port.set("protocol", Value::of(parts->protocol).from(text));
    ports.push_back(std::move(port));
  }
  // Compose orders the ports of a range by their names: 10 before 9.
  std::stable_sort(ports.begin(), ports.end(), [](const Value& a, const Value& b) {
    const auto name = [](const Value& port) {
      const Value* target = port.find("target");
      return target == nullptr ? "0/" : std::to_string(target->integer) + "/";
    };
    return name(a) < name(b);
  });
  return ports;
}

Result<Value> parse_device(const Value& text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.text.size();) {
    const std::size_t end = std::min(text.text.find(':', at), text.text.size());
    parts.push_back(text.text.substr(at, end - at));
    at = end + 1;
  }
  if (parts.size() > 3) {
    return refused(text, "confusing device mapping, please use long syntax: " + text.text);
  }
  Value device = Value::map().from(text);
  const std::string target = parts.size() > 1 && !parts[1].empty() ? parts[1] : parts[0];
  device.set("source", Value::of(parts[0]).from(text));
  device.set("target", Value::of(target).from(text));
  device.set("permissions", Value::of(parts.size() > 2 ? parts[2] : std::string("rwm")).from(text));
  return device;
}

Result<std::vector<std::string>> split_command(std::string_view line) {
  const Failure refusal{FailureCode::kInvalid, "invalid command line string", {}};
  Words words;
  for (const char c : line) {
    if (words.escaped) {
      words.word += c;
      words.escaped = false;
      words.any = true;
      continue;
    }
    if (c == '\\') {
      if (words.single_quoted) {
        words.word += c;
      } else {
        words.escaped = true;
      }
      continue;
    }
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      if (words.quoted()) {
        words.word += c;
      } else {
        words.end_word();
      }
      continue;
    }
    if (std::string_view("`)(\"';&|<>").find(c) != std::string_view::npos) {
      bool taken = false;
      const Step step = special(c, words, taken);
      if (step == Step::kRefuse) return refusal;
      if (step == Step::kStop) break;
      if (taken) continue;
    }
    words.any = true;
    words.word += c;
  }
  words.end_word();
  if (words.escaped || words.quoted()) return refusal;
  return std::move(words.done);
}

}  // namespace composelint::compose
