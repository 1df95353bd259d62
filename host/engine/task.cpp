#include <engine/task.hpp>

namespace hashloom::engine {
namespace {

std::string unit_in(const workflow::Stage& stage, int64_t round) {
  return stage.loop.empty() ? stage.name : stage.loop + "/" + std::to_string(round) + "/" + stage.name;
}

}  // namespace

std::string Task::unit() const { return unit_in(*stage, round); }

std::string Task::path() const { return stage->loop.empty() ? stage->name : stage->loop + "/" + stage->name; }

std::string Task::previous() const {
  const bool goes_on = round > 1 && !stage->fresh && !stage->observer;
  return goes_on ? unit_in(*stage, round - 1) : "";
}

}  // namespace hashloom::engine
