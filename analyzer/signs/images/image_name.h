// The name of an image in its parts.
#pragma once

#include <string>
#include <string_view>

namespace composelint {

// "ghcr.io/acme/app:1.4@sha256:…" in its parts.
struct ImageName {
  std::string name;    // "ghcr.io/acme/app"; official ones without "docker.io/library/"
  std::string tag;     // "1.4"; empty: none is written
  std::string digest;  // "sha256:…"; empty: none
};

[[nodiscard]] ImageName image_name(std::string_view image);

// `app` and `app:latest` are one.
[[nodiscard]] bool same_image(std::string_view left, std::string_view right);

}  // namespace composelint
