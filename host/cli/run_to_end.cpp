#include <fmt/format.h>
#include <unistd.h>

#include <cache/prune.hpp>
#include <cli/command.hpp>
#include <cli/run_to_end.hpp>
#include <ctime>
#include <engine/engine.hpp>
#include <engine/interrupt.hpp>
#include <memory>
#include <report/summary.hpp>
#include <report/text.hpp>
#include <system_error>
#include <view/view.hpp>

namespace hashloom::cli {
namespace {

void tell(const engine::RunFailed& failure) {
  fmt::print(stderr, "error: {}\n", failure.what());
  for (const auto& line : {failure.details(), failure.remedy()})
    if (!line.empty()) fmt::print(stderr, "  {}\n", line);
}

/// Standard error, also while plugins have another one.
std::unique_ptr<FILE, int (*)(FILE*)> own_stderr() { return {fdopen(dup(STDERR_FILENO), "w"), &fclose}; }

/// The exit status. The view is gone when this returns, so that nothing is drawn over what is printed next.
int run_shown(const std::filesystem::path& run, plugins::Components& components) {
  const engine::SignalGuard signals;
  const auto terminal = own_stderr();
  const auto view = view::make_view(terminal.get());
  try {
    return engine::run(run, components, *view, engine::Process::own) == engine::Ending::finished ? kSuccess
                                                                                                 : kInterrupted;
  } catch (const engine::RunFailed& failure) {
    if (!view->has_shown_error()) tell(failure);
    return failure.users_mistake() ? kUsersMistake : kFailure;
  }
}

void tell_how_to_go_on(const std::filesystem::path& run, int status) {
  const auto resume = fmt::format("hashloom resume {}", run.string());
  if (status == kInterrupted)
    fmt::print(stderr, "what was recorded is kept; go on with: {}\n", resume);
  else if (status != kSuccess)
    fmt::print(stderr,
               "what was recorded is kept; with a file, the disk or a plugin mended go on with: {}\n"
               "another parameter needs another run\n",
               resume);
}

/// Of use to later runs, not to this one: what goes wrong here is no reason to fail.
void prune_results() {
  try {
    const auto limit = cache::results_limit();
    const auto removed = cache::prune(cache::Cache(cache::results_folder()), limit, std::time(nullptr));
    if (!removed.empty())
      fmt::print(stderr, "cache: removed {} results, so that it stays within {} (HASHLOOM_CACHE_LIMIT)\n",
                 removed.size(), report::bytes(limit));
  } catch (const std::exception& error) {
    fmt::print(stderr, "warning: the cache was not pruned: {}\n", error.what());
  }
}

}  // namespace

int run_to_end(const std::filesystem::path& run, plugins::Components& components) {
  try {
    const int status = run_shown(run, components);
    if (status == kSuccess || status == kInterrupted) fmt::print("{}", report::summary(run));
    tell_how_to_go_on(run, status);
    prune_results();
    return status;
  } catch (const std::system_error& error) {
    throw DataError(error.what(), fmt::format("make {} writable, or make room", run.string()));
  }
}

}  // namespace hashloom::cli
