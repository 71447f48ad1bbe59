#include "analyzer/signs/data/image_data.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace composelint {

const ImageData* image_data(std::string_view image) {
  image = file_name(image);
  const std::size_t colon = image.find(':');
  const bool second = colon != std::string_view::npos && image.substr(colon + 1).starts_with('2');
  image = image.substr(0, image.find_first_of(":@"));
  static constexpr ImageData kSecondInflux = {"influxdb", "/var/lib/influxdb2", "/var/lib"};
  if (image == "influxdb" && second) return &kSecondInflux;
  const auto found = std::find_if(kImageData.begin(), kImageData.end(),
                                  [&](const ImageData& row) { return row.image == image; });
  return found == kImageData.end() ? nullptr : &*found;
}

int postgres_major(std::string_view image, const ImageData& row) {
  if (row.path != "/var/lib/postgresql") return 0;
  image = file_name(image);
  const std::size_t colon = image.find(':');
  if (colon == std::string_view::npos) return 0;
  std::string_view tag = image.substr(colon + 1);
  tag = tag.substr(0, tag.find('@'));
  const bool own_numbers = row.image == "pgvector" || row.image == "timescaledb";
  const std::size_t pg = tag.find("pg");
  if (pg != std::string_view::npos) tag.remove_prefix(pg + 2);
  if (pg == std::string_view::npos && own_numbers) return 0;
  int major = 0;
  for (std::size_t i = 0; i < tag.size() && i < 2 && tag[i] >= '0' && tag[i] <= '9'; ++i) {
    major = major * 10 + (tag[i] - '0');
  }
  return major;
}

}  // namespace composelint
