#include "analyzer/signs/images/image_name.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

ImageName image_name(std::string_view image) {
  ImageName out;
  if (const std::size_t at = image.find('@'); at != std::string_view::npos) {
    out.digest = image.substr(at + 1);
    image = image.substr(0, at);
  }
  const std::size_t slash = image.rfind('/');
  const std::size_t colon = image.rfind(':');
  if (colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash)) {
    out.tag = image.substr(colon + 1);
    image = image.substr(0, colon);
  }
  for (const std::string_view prefix : {"docker.io/", "index.docker.io/", "library/"}) {
    if (image.starts_with(prefix)) image.remove_prefix(prefix.size());
  }
  out.name = image;
  return out;
}

bool same_image(std::string_view left, std::string_view right) {
  const auto tag = [](const ImageName& image) {
    return image.tag.empty() && image.digest.empty() ? std::string("latest") : image.tag;
  };
  const ImageName a = image_name(left);
  const ImageName b = image_name(right);
  return a.name == b.name && tag(a) == tag(b) && a.digest == b.digest;
}

}  // namespace composelint
