#pragma once
#include <report/table.hpp>

namespace hashloom::report {

/// The run in figures, a row a round (from 0, before round 1) of each loop: round, every headline metric, changed bits,
/// distinct codes, seconds. What was measured outside of loops is the last row, the only one of a run without a loop.
/// `events` are those that count (events::read).
Table rounds_table(const std::vector<nlohmann::json>& events);

}  // namespace hashloom::report
