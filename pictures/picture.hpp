#pragma once
#include <filesystem>
#include <hashloom/images.hpp>

namespace hashloom::pictures {

/// A PNG or JPEG file as uint8 [C, H, W], C = 1 (grey) or 3 (red, green, blue); 16 bits become 8, what is transparent
/// lies on black. Throws DataError, without the file's name, for anything else.
Tensor read_picture(const std::filesystem::path& file);

/// A picture as `spec` says pictures look: colours become grey by their luminance (Rec. 601), grey becomes three equal
/// colours, and another size is cut (fit "crop": the largest part in the middle with the same proportions) and scaled
/// by an antialiased bilinear filter. A picture that fits already is given back as it is. uint8 [C, H, W].
Tensor fitted(const Tensor& picture, const ImageSpec& spec);

}  // namespace hashloom::pictures
