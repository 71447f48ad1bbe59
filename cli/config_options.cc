#include "cli/config_options.h"

#include <string_view>
#include <utility>

namespace composelint::cli {

namespace {

Failure usage(std::string message) {
  return {FailureCode::kUsage, std::move(message), {}};
}

// One word after the other, and the values of options out of "--name=value" or the next word.
class Words {
 public:
  explicit Words(const std::vector<std::string>& words) : words_(words) {}

  // The name of the next option, or the word itself; false at the end.
  bool next() {
    attached_.reset();
    if (at_ >= words_.size()) return false;
    word_ = words_[at_++];
    if (word_.size() > 2 && word_.starts_with("--")) {
      const std::size_t equals = word_.find('=');
      if (equals != std::string::npos) {
        attached_ = word_.substr(equals + 1);
        word_.resize(equals);
      }
    } else if (word_.size() > 2 && word_.front() == '-') {
      attached_ = word_.substr(word_[2] == '=' ? 3 : 2);
      word_.resize(2);
    }
    return true;
  }
  [[nodiscard]] const std::string& word() const { return word_; }
  Result<std::string> value() {
    if (attached_) return *std::exchange(attached_, std::nullopt);
    if (at_ >= words_.size()) return usage("option " + word_ + " needs a value");
    return words_[at_++];
  }
  // False for a switch given as --name=false.
  [[nodiscard]] bool is_on() const {
    return !attached_ || (*attached_ != "false" && *attached_ != "0");
  }

 private:
  const std::vector<std::string>& words_;
  std::size_t at_ = 0;
  std::string word_;
  std::optional<std::string> attached_;
};

using Switch = bool ConfigOptions::*;
using List = std::vector<std::string> ConfigOptions::*;
using Text = std::string ConfigOptions::*;
using Optional = std::optional<std::string> ConfigOptions::*;

Switch switch_of(std::string_view name, bool global) {
  if (global) {
    if (name == "--compatibility") return &ConfigOptions::compatibility;
    return name == "--all-resources" ? &ConfigOptions::all_resources : nullptr;
  }
  if (name == "-q" || name == "--quiet") return &ConfigOptions::quiet;
  if (name == "--no-interpolate") return &ConfigOptions::no_interpolate;
  if (name == "--no-normalize") return &ConfigOptions::no_normalize;
  if (name == "--no-path-resolution") return &ConfigOptions::no_path_resolution;
  if (name == "--no-consistency") return &ConfigOptions::no_consistency;
  if (name == "--no-env-resolution") return &ConfigOptions::no_env_resolution;
  if (name == "--resolve-image-digests") return &ConfigOptions::resolve_image_digests;
  return name == "--lock-image-digests" ? &ConfigOptions::lock_image_digests : nullptr;
}

List list_of(std::string_view name) {
  if (name == "-f" || name == "--file") return &ConfigOptions::files;
  if (name == "--profile") return &ConfigOptions::profiles;
  return name == "--env-file" ? &ConfigOptions::env_files : nullptr;
}

Optional optional_of(std::string_view name) {
  if (name == "-p" || name == "--project-name") return &ConfigOptions::project_name;
  return name == "--project-directory" || name == "--workdir" ? &ConfigOptions::project_directory
                                                              : nullptr;
}

Text text_of(std::string_view name) {
  if (name == "--format") return &ConfigOptions::format;
  return name == "-o" || name == "--output" ? &ConfigOptions::output : nullptr;
}

std::optional<ConfigView> view_of(std::string_view name) {
  if (name == "--services") return ConfigView::kServices;
  if (name == "--images") return ConfigView::kImages;
  if (name == "--profiles") return ConfigView::kProfiles;
  if (name == "--volumes") return ConfigView::kVolumes;
  if (name == "--networks") return ConfigView::kNetworks;
  if (name == "--models") return ConfigView::kModels;
  if (name == "--variables") return ConfigView::kVariables;
  if (name == "--environment") return ConfigView::kEnvironment;
  return std::nullopt;
}

MaybeFailure global_option(Words& words, ConfigOptions& options) {
  if (const Switch on = switch_of(words.word(), true)) {
    options.*on = words.is_on();
    return std::nullopt;
  }
  const List list = list_of(words.word());
  const Optional optional = optional_of(words.word());
  if (list == nullptr && optional == nullptr) {
    return usage("unknown option " + words.word() + " in front of config");
  }
  Result<std::string> value = words.value();
  if (!value) return value.failure();
  if (list != nullptr) {
    (options.*list).push_back(std::move(*value));
  } else {
    options.*optional = std::move(*value);
  }
  return std::nullopt;
}

MaybeFailure config_option(Words& words, ConfigOptions& options) {
  if (const Switch on = switch_of(words.word(), false)) {
    options.*on = words.is_on();
    return std::nullopt;
  }
  if (const std::optional<ConfigView> view = view_of(words.word())) {
    options.view = *view;
    return std::nullopt;
  }
  const Text text = text_of(words.word());
  const bool hash = words.word() == "--hash";
  if (text == nullptr && !hash) return usage("unknown option " + words.word() + " of config");
  Result<std::string> value = words.value();
  if (!value) return value.failure();
  if (hash) options.view = ConfigView::kHash;
  options.*(hash ? &ConfigOptions::hash : text) = std::move(*value);
  return std::nullopt;
}

}  // namespace

Result<ConfigOptions> parse_config_options(const std::vector<std::string>& words) {
  ConfigOptions options;
  Words left(words);
  bool in_config = false;
  bool only_services = false;
  while (left.next()) {
    const std::string& word = left.word();
    if (in_config && (only_services || !word.starts_with('-'))) {
      options.services.push_back(word);
    } else if (!in_config && word == "config") {
      in_config = true;
    } else if (in_config && word == "--") {
      only_services = true;
    } else if (MaybeFailure failure =
                   in_config ? config_option(left, options) : global_option(left, options)) {
      return *failure;
    }
  }
  if (!in_config) return usage("the command config is missing");
  if (!options.format.empty() && options.format != "json" && options.format != "yaml") {
    return usage("unsupported format \"" + options.format + "\"");
  }
  return options;
}

}  // namespace composelint::cli
