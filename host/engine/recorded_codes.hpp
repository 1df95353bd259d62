#pragma once
#include <engine/recorder.hpp>
#include <hashloom/codes.hpp>
#include <hashloom/split.hpp>

namespace hashloom::engine {

/// Writes each split's codes as a blob and the event {kind: codes} with `place` added; a database that is the training
/// split has none of its own.
void record_codes(Recorder& recorder, const nlohmann::json& place, const std::string& port,
                  const Splits<Codes>& splits);

}  // namespace hashloom::engine
