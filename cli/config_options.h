// The words of `composelint [compose's global options] config [options] [SERVICE...]`.
#pragma once

#include <composelint/result.h>

#include <optional>
#include <string>
#include <vector>

namespace composelint::cli {

// What to print; one of them.
enum class ConfigView {
  kModel,
  kServices,
  kImages,
  kProfiles,
  kVolumes,
  kNetworks,
  kModels,
  kVariables,
  kEnvironment,
  kHash,
};

struct ConfigOptions {
  std::vector<std::string> files;
  std::vector<std::string> profiles;
  std::vector<std::string> env_files;
  std::optional<std::string> project_name;
  std::optional<std::string> project_directory;
  bool compatibility = false;
  bool all_resources = false;

  std::vector<std::string> services;
  std::string format;  // "yaml", "json", or empty for the view's own
  std::string output;  // a file instead of standard output
  ConfigView view = ConfigView::kModel;
  std::string hash;  // services of kHash, "*" for all
  bool quiet = false;
  bool no_interpolate = false;
  bool no_normalize = false;
  bool no_path_resolution = false;
  bool no_consistency = false;
  bool no_env_resolution = false;
  bool resolve_image_digests = false;
  bool lock_image_digests = false;
};

// `words` are those behind the program's name, "config" among them. Fails with kUsage.
[[nodiscard]] Result<ConfigOptions> parse_config_options(const std::vector<std::string>& words);

}  // namespace composelint::cli
