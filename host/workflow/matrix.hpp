#pragma once
#include <workflow/set_option.hpp>
#include <workflow/vars.hpp>

namespace hashloom::workflow {

/// A cell whose values have their places.
using PlacedCell = std::vector<Entry>;

/// The cells of what stands under `matrix`: every combination of the axes without those of `exclude`, then `include`.
/// Axes are vars or `seed`; what a --set names has its value and no other.
std::vector<PlacedCell> cells_of(const Node& matrix, const Vars& vars, const std::vector<SetOption>& sets,
                                 Diagnostics& mistakes);

/// The same without places.
Cell cell_of(const PlacedCell& placed);

}  // namespace hashloom::workflow
