#include <cli/command.hpp>
#include <cli/run_to_end.hpp>
#include <engine/engine.hpp>
#include <engine/interrupt.hpp>
#include <events/reader.hpp>
#include <report/summary.hpp>
#include <view/view.hpp>

#include <fmt/format.h>

namespace hashloom::cli {
namespace {

void tell(const engine::RunFailed& failure, const std::filesystem::path& run) {
  fmt::print(stderr, "error: {}\n", failure.what());
  if (!failure.details().empty()) fmt::print(stderr, "  {}\n", failure.details());
  const std::string then = fmt::format("hashloom resume {}", run.string());
  if (failure.remedy().empty())
    fmt::print(stderr, "  what is recorded is kept; go on with: {}\n", then);
  else
    fmt::print(stderr, "  {}, then: {}\n", failure.remedy(), then);
}

engine::Ending run_shown(const std::filesystem::path& run, plugins::Components& components) {
  const engine::SignalGuard signals;
  const auto view = view::make_view(stderr);
  return engine::run(run, components, *view);
}

}  // namespace

int run_to_end(const std::filesystem::path& run, plugins::Components& components) {
  try {
    const auto ending = run_shown(run, components);
    fmt::print("{}", report::summary(run, events::read(run)));
    if (ending == engine::Ending::finished) return kSuccess;
    fmt::print(stderr, "stopped; go on with: hashloom resume {}\n", run.string());
    return kInterrupted;
  } catch (const engine::RunFailed& failure) {
    tell(failure, run);
    return failure.users_mistake() ? kUsersMistake : kFailure;
  }
}

}  // namespace hashloom::cli
