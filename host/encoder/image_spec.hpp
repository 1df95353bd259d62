#pragma once
#include <hashloom/images.hpp>
#include <nlohmann/json.hpp>

namespace hashloom::encoder {

nlohmann::json to_json(const ImageSpec& spec);

/// Throws DataError for anything but a spec of 1 or 3 channels with sides of 1 to 65,535 pixels.
ImageSpec image_spec_from(const nlohmann::json& written);

}  // namespace hashloom::encoder
