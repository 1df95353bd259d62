#pragma once
#include <hashloom/images.hpp>

namespace hashloom {

/// The named images, at most 32 pixels a side (larger ones averaged), row by row in ceil(sqrt(n)) columns without gaps;
/// cells past the end are black. uint8 [H, W], or [H, W, 3] in colour. Throws ShapeError for other numbers of channels.
Tensor thumbnail_sheet(const Images& images, const Tensor& items);

}  // namespace hashloom
