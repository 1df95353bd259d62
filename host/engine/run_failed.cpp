#include <c10/util/Exception.h>
#include <fmt/format.h>

#include <engine/run_failed.hpp>
#include <faults/at_work.hpp>
#include <new>
#include <system_error>

namespace hashloom::engine {
namespace {

std::string place_of(const Position& position, const plugins::ComponentInfo& info) {
  std::string place = fmt::format("stage '{}'", position.stage);
  if (!position.loop.empty()) place += fmt::format(", round {}", position.round);
  if (position.epoch > 0) place += fmt::format(", epoch {}", position.epoch);
  return place + fmt::format(" ({} {})", info.id, info.plugin_version);
}

/// For the last words of a process that `work` ends.
faults::AtWork at_work(const Position& position, const plugins::ComponentInfo& info) {
  const auto text = place_of(position, info);
  nlohmann::json fields{{"text", text}, {"plugin", info.plugin}, {"version", info.plugin_version}};
  fields["uses"] = info.id;
  fields["library"] = info.library.string();
  return {text, placed(position, fields).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace)};
}

struct Trouble {
  std::string what, remedy;
  bool users_mistake = false;
};

/// Names what is being handled. Rethrows Stopped.
Trouble current_trouble() {
  try {
    throw;
  } catch (const Stopped&) {
    throw;
  } catch (const ParameterError& error) {
    return {error.what(), error.remedy(), true};
  } catch (const DataError& error) {
    return {error.what(), error.remedy(), true};
  } catch (const ShapeError& error) {
    return {error.what(),
            error.remedy().empty() ? "mend the component; its role's header says what it must give" : error.remedy()};
  } catch (const Error& error) {
    return {error.what(), error.remedy()};
  } catch (const c10::Error& error) {
    return {error.what_without_backtrace(), "a tensor operation failed in the component; see the shapes above"};
  } catch (const std::bad_alloc&) {
    return {"there is not enough memory", "use fewer images, shorter codes or smaller batches"};
  } catch (const std::system_error& error) {
    return {error.what(), "make room or make the place writable"};
  } catch (const std::exception& error) {
    return {error.what(), "see the component's documentation"};
  } catch (...) {
    return {"something was thrown that is no std::exception", "mend the component"};
  }
}

}  // namespace

void guarded(const Position& position, const plugins::ComponentInfo& info, const Ports& inputs,
             const std::function<void()>& work) {
  const auto registered = at_work(position, info);
  try {
    work();
  } catch (...) {
    const auto trouble = current_trouble();
    throw RunFailed(place_of(position, info) + ": " + trouble.what, inputs.empty() ? "" : "inputs: " + describe(inputs),
                    trouble.remedy, trouble.users_mistake);
  }
}

}  // namespace hashloom::engine
