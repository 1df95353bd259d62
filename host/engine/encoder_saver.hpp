#pragma once
#include <engine/bindings.hpp>
#include <engine/job.hpp>

namespace hashloom::engine {

/// After all steps of a run: saves what encodes foreign pictures under its folder's encoder/, and records the codes of
/// its own images where no loop has. Reads neither images nor features that nothing computed with.
void save_encoder(Job& job, const Bindings& bindings);

}  // namespace hashloom::engine
