#include "guard/endpoint.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "analyzer/text/disk_file_system.h"
#include "analyzer/text/path.h"
#include "guard/parse.h"
#include "guard/snapshot.h"

namespace composelint::guard {

namespace {

constexpr std::string_view kUnix = "unix://";
constexpr const char* kDefaultEndpoint = "unix:///var/run/docker.sock";

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string plain_host(std::string_view scheme, std::string_view rest) {
  std::string_view authority = rest.substr(0, rest.find('/'));
  std::string_view path = rest.substr(authority.size());
  if (path == "/") path = {};
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    authority.remove_prefix(at + 1);
  }
  std::string host = lower(authority);
  std::string port;
  const std::size_t colon = host.rfind(':');
  if (colon != std::string::npos && host.find(']', colon) == std::string::npos) {
    port = host.substr(colon + 1);
    host.resize(colon);
  }
  if (host == "localhost" || host == "[::1]" || host.empty()) host = "127.0.0.1";
  if (port.empty()) port = scheme == "ssh" ? "22" : scheme == "https" ? "2376" : "2375";
  const std::string_view kind = scheme == "ssh" ? "ssh" : "tcp";
  return std::string(kind) + "://" + host + ":" + port + std::string(path);
}

}  // namespace

std::string plain_path(std::string_view path) {
  const std::string clean = text::normalise(path);
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(clean.c_str(), nullptr),
                                                         &std::free);
  if (real) return real.get();
  const std::string above = text::directory_of(clean);
  if (above == clean || above == ".") return clean;
  return text::join_path(plain_path(above), text::name_of(clean));
}

std::string plain_endpoint(std::string_view endpoint) {
  if (endpoint.starts_with(kUnix)) {
    return std::string(kUnix) + plain_path(endpoint.substr(kUnix.size()));
  }
  const std::size_t end = endpoint.find("://");
  if (end == std::string_view::npos) return std::string(endpoint);
  const std::string scheme = lower(endpoint.substr(0, end));
  const bool host = scheme == "ssh" || scheme == "tcp" || scheme == "http" || scheme == "https";
  return host ? plain_host(scheme, endpoint.substr(end + 3)) : std::string(endpoint);
}

bool same_engine(std::string_view endpoint, std::string_view other) {
  return endpoint == other || plain_endpoint(endpoint) == plain_endpoint(other);
}

std::string plain_glob(std::string_view glob) {
  const std::string_view scheme = glob.starts_with(kUnix) ? kUnix : std::string_view();
  const std::string_view path = glob.substr(scheme.size());
  const std::size_t wild = glob.find_first_of("*?");
  if (wild == std::string_view::npos) {
    return path.starts_with('/') ? std::string(scheme) + plain_path(path) : plain_endpoint(glob);
  }
  if (!path.starts_with('/')) return std::string(glob);
  const std::size_t slash = glob.substr(0, wild).rfind('/');
  const std::size_t root = scheme.size();
  if (slash == std::string_view::npos || slash <= root) return std::string(glob);
  return std::string(scheme) + plain_path(glob.substr(root, slash - root)) +
         std::string(glob.substr(slash));
}

std::vector<std::string> contexts_of(std::string_view endpoint, const std::string& directory) {
  std::vector<std::string> names;
  if (endpoint.empty()) return names;
  if (same_engine(endpoint, kDefaultEndpoint)) names.emplace_back("default");
  namespace fs = std::filesystem;
  std::error_code error;
  const text::DiskFileSystem files;
  const fs::path store = fs::path(directory) / "contexts" / "meta";
  for (fs::directory_iterator each(store, error), end; !error && each != end;
       each.increment(error)) {
    const Result<std::string> text = files.read((each->path() / "meta.json").string());
    if (!text) continue;
    EngineFacts one;
    parse_context(*text, one);
    if (!one.context.empty() && same_engine(endpoint, one.endpoint)) names.push_back(one.context);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace composelint::guard
