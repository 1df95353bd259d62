#pragma once
#include <workflow/ports.hpp>

namespace hashloom::workflow {

/// Resolves every input, checks that its type fits and that labels go to evaluators only; sets is_loop and
/// starts_at_zero.
void check_types(Bound& bound, Diagnostics& mistakes);

/// What a loop carries, and what replaces it: same names, same types, no labels; `until` needs codes.
void check_loops(Bound& bound, Diagnostics& mistakes);

/// Resolves the encoder: as named, else the last loop's carried codes, else the codes of the last stage that gives
/// some.
void choose_encoder(Bound& bound, Diagnostics& mistakes);

/// Of a workflow without other mistakes: an encoder that is named leads back to images.
void check_encoder(const Bound& bound, plugins::Components& components, Diagnostics& mistakes);

/// Only carry and next may go back.
void check_cycles(const Workflow& workflow, Diagnostics& mistakes);

}  // namespace hashloom::workflow
