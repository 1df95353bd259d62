#pragma once
#include <engine/machine.hpp>

namespace hashloom::sweep {

/// What a cell is reckoned to need where nobody has said how many run at once.
inline constexpr int64_t kBytesPerCell = int64_t{2} << 30;

/// As many cells as this machine bears, at least one: as cores allow for their threads and free memory for
/// kBytesPerCell each; one where they compute on a GPU.
int64_t cells_at_once(const engine::Machine& machine, int64_t cells);

/// Threads of a cell whose workflow says none: the cores shared by as many cells as run at once. `at_once` 0: as many
/// as there are cells, at most one a core.
int64_t threads_of_a_cell(int64_t cells, int64_t at_once);

}  // namespace hashloom::sweep
