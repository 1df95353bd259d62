#include <encoder/image_spec.hpp>
#include <hashloom/errors.hpp>

namespace hashloom::encoder {

nlohmann::json to_json(const ImageSpec& spec) {
  return {{"channels", spec.channels}, {"height", spec.height}, {"width", spec.width}, {"fit", spec.fit}};
}

ImageSpec image_spec_from(const nlohmann::json& written) {
  constexpr int64_t kLongest = 65535;
  const auto is_side = [](int64_t side) { return side >= 1 && side <= kLongest; };
  const ImageSpec spec{written.at("channels"), written.at("height"), written.at("width"), written.at("fit")};
  const bool has_channels = spec.channels == 1 || spec.channels == 3;
  if (!has_channels || !is_side(spec.height) || !is_side(spec.width) || (spec.fit != "stretch" && spec.fit != "crop"))
    throw DataError("no pictures can be like " + written.dump());
  return spec;
}

}  // namespace hashloom::encoder
