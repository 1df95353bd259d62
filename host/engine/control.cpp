#include <fmt/format.h>

#include <algorithm>
#include <engine/control.hpp>
#include <engine/interrupt.hpp>
#include <events/sha256.hpp>
#include <functional>
#include <hashloom/errors.hpp>
#include <limits>
#include <thread>
#include <workflow/scalar.hpp>

namespace hashloom::engine {
namespace {

using namespace std::chrono_literals;

constexpr int64_t kNextRound = std::numeric_limits<int64_t>::max();

/// A request that can't be followed; the reason is told to whoever asked.
class Refused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

ParamValue checked(const ParamSpec& spec, const std::string& text) {
  workflow::Node node;
  node.kind = workflow::Node::Kind::scalar;
  node.text = text;
  const auto value = workflow::as_type_of(spec.fallback, node);
  if (!value) throw Refused(fmt::format("{} takes {}, not '{}'", spec.name, workflow::wanted(spec.fallback), text));
  if (const auto why = spec.objection(*value)) throw Refused(fmt::format("{}: {}", spec.name, *why));
  return *value;
}

std::string tunable_names(const Schema& schema) {
  std::string names;
  for (const auto& spec : schema.params())
    if (spec.tunable) names += (names.empty() ? "" : ", ") + spec.name;
  return names.empty() ? "none of its parameters may be" : "these may: " + names;
}

const ParamSpec& tunable(const plugins::ComponentInfo& info, const std::string& name) {
  const auto* spec = info.schema.find_param(name);
  if (!spec) throw Refused(fmt::format("{} has no parameter '{}'", info.id, name));
  if (!spec->tunable)
    throw Refused(
        fmt::format("'{}' of {} may not be changed while running; {}", name, info.id, tunable_names(info.schema)));
  return *spec;
}

void each_stage(const workflow::Workflow& workflow, const std::function<void(const workflow::Stage&)>& visit) {
  for (const auto& stage : workflow.stages) visit(stage);
  for (const auto& loop : workflow.loops)
    for (const auto* part : {&loop.stages, &loop.observers})
      for (const auto& stage : *part) visit(stage);
}

const workflow::Stage* stage_named(const workflow::Workflow& workflow, const std::string& name) {
  const workflow::Stage* found = nullptr;
  each_stage(workflow, [&](const workflow::Stage& stage) {
    if (stage.name == name) found = &stage;
  });
  return found;
}

const workflow::Stage* stage_using(const workflow::Workflow& workflow, const std::string& id) {
  const workflow::Stage* found = nullptr;
  each_stage(workflow, [&](const workflow::Stage& stage) {
    if (stage.uses == id && !stage.loop.empty()) found = &stage;
  });
  return found;
}

/// A file that is there already stays: it may be open, and its folder is named after its content.
void copy_whole(const std::filesystem::path& file, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const auto copy = folder / file.filename(), draft = folder / (file.filename().string() + ".tmp");
  if (std::filesystem::exists(copy)) return;
  std::filesystem::copy_file(file, draft, std::filesystem::copy_options::overwrite_existing);
  std::filesystem::rename(draft, copy);
}

/// A rebuilt component has to take the parameters and ports that the workflow was checked against.
bool is_compatible(const Schema& before, const Schema& now) {
  const auto same_ports = [](const std::vector<PortSpec>& a, const std::vector<PortSpec>& b) {
    return std::ranges::equal(a, b, [](const PortSpec& x, const PortSpec& y) {
      return std::tie(x.name, x.type, x.need) == std::tie(y.name, y.type, y.need);
    });
  };
  const bool same_params =
      std::ranges::equal(before.params(), now.params(), [](const ParamSpec& a, const ParamSpec& b) {
        return a.name == b.name && a.fallback.index() == b.fallback.index();
      });
  return same_params && same_ports(before.inputs(), now.inputs()) && same_ports(before.outputs(), now.outputs());
}

}  // namespace

Control::Control(const std::filesystem::path& run, const workflow::Workflow& workflow, plugins::Components& components,
                 Recorder& recorder)
    : run_(run), workflow_(workflow), components_(components), recorder_(recorder), record_(read_control(run)) {}

void Control::look() {
  std::unique_lock lock(mutex_);
  while (true) {
    looked_ = std::chrono::steady_clock::now();
    for (const auto& request : control::requests_after(run_, record_.requests_read)) take(request);
    if (!paused_) return;
    lock.unlock();
    if (stop_asked() != Stop::no) throw Stopped("stopped by the user");
    std::this_thread::sleep_for(100ms);
    lock.lock();
  }
}

void Control::look_now_and_then() {
  {
    const std::lock_guard lock(mutex_);
    if (!paused_ && std::chrono::steady_clock::now() - looked_ < 200ms) return;
  }
  look();
}

bool Control::stop_after_round() const {
  const std::lock_guard lock(mutex_);
  return stop_after_round_;
}

void Control::take(const control::Request& request) {
  nlohmann::json event{{"kind", "control"}, {"request", request.what}, {"id", request.id}};
  for (const auto& [key, text] : {std::pair{"stage", request.stage},
                                  {"parameter", request.parameter},
                                  {"value", request.value},
                                  {"plugin", request.plugin}})
    if (!text.empty()) event[key] = text;
  ++record_.requests_read;
  try {
    std::string effect;
    if (request.what == "pause")
      paused_ = true, effect = "paused";
    else if (request.what == "continue")
      paused_ = false, effect = "goes on";
    else if (request.what == "stop-after-round")
      stop_after_round_ = true, effect = "stops after this round";
    else if (request.what == "set")
      effect = take_setting(request);
    else if (request.what == "reload")
      effect = take_reload(request);
    else
      throw Refused("there is no such request");
    event["state"] = "accepted";
    event["effect"] = effect;
  } catch (const Refused& refused) {
    event["state"] = "refused";
    event["effect"] = refused.what();
  }
  write(run_, record_);
  recorder_.record(event);
}

std::string Control::take_setting(const control::Request& request) {
  const auto* stage = stage_named(workflow_, request.stage);
  if (!stage) throw Refused(fmt::format("the workflow has no stage '{}'", request.stage));
  const auto& spec = tunable(components_.get(stage->uses), request.parameter);
  record_.tunings.push_back({request.stage, request.parameter, checked(spec, request.value)});
  return fmt::format("{}.{} = {} from the next epoch of '{}' on", request.stage, request.parameter, request.value,
                     request.stage);
}

/// What waited for this stage holds from here.
void Control::settle_waiting(const std::string& stage, int64_t round, int64_t epoch) {
  bool any = false;
  for (auto& tuning : record_.tunings) {
    if (tuning.stage != stage || tuning.round >= 0) continue;
    tuning.round = round;
    tuning.epoch = epoch;
    any = true;
  }
  if (any) write(run_, record_);
}

void Control::stage_begins(const std::string& stage, int64_t round) {
  const std::lock_guard lock(mutex_);
  settle_waiting(stage, round, 0);
}

workflow::Values Control::params_at_start(const workflow::Stage& stage, int64_t round) const {
  const std::lock_guard lock(mutex_);
  auto params = stage.params_in(round);
  for (const auto& tuning : record_.tunings) {
    const bool holds = tuning.round >= 0 && (tuning.round < round || (tuning.round == round && tuning.epoch == 0));
    if (tuning.stage == stage.name && holds) params[tuning.parameter] = tuning.value;
  }
  return params;
}

std::vector<Tuning> Control::tuned_within(const std::string& stage, int64_t round) const {
  const std::lock_guard lock(mutex_);
  std::vector<Tuning> within;
  for (const auto& tuning : record_.tunings)
    if (tuning.stage == stage && tuning.round == round && tuning.epoch > 0) within.push_back(tuning);
  return within;
}

std::vector<Tuning> Control::tuned_up_to(const std::string& stage, int64_t round, int64_t epoch) {
  const std::lock_guard lock(mutex_);
  settle_waiting(stage, round, epoch);
  auto within = tuned_within(stage, round);
  std::erase_if(within, [&](const Tuning& tuning) { return tuning.epoch > epoch; });
  return within;
}

// ---- rebuilt plugins

std::set<std::string> Control::ids_of(const std::string& plugin) {
  std::set<std::string> ids;
  each_stage(workflow_, [&](const workflow::Stage& stage) {
    if (!stage.loop.empty() && components_.get(stage.uses).plugin == plugin) ids.insert(stage.uses);
  });
  return ids;
}

plugins::Catalogue& Control::rebuilt(const Swap& swap) {
  auto& catalogue = rebuilt_[swap.folder];
  if (!catalogue) catalogue = std::make_unique<plugins::Catalogue>(std::vector{run_ / swap.folder});
  return *catalogue;
}

/// The library is copied before it is opened: it may be rebuilt once more, and a run that goes on needs these bytes.
std::string Control::take_reload(const control::Request& request) {
  const auto ids = ids_of(request.plugin);
  if (ids.empty()) throw Refused(fmt::format("no stage in a loop uses a plugin '{}'", request.plugin));
  const auto& before = components_.get(*ids.begin());
  auto manifest = before.library;
  manifest.replace_extension(".json");
  try {
    const auto build = events::sha256_of_file(before.library);
    const Swap swap{request.plugin, "plugins/" + build.substr(0, 16)};
    for (const auto& file : {before.library, manifest}) copy_whole(file, run_ / swap.folder);
    for (const auto& id : ids) {
      if (component(*stage_using(workflow_, id), kNextRound).build_id == build)
        throw Refused(fmt::format("{} has not changed", before.library.string()));
      if (!is_compatible(components_.get(id).schema, rebuilt(swap).get(id).schema))
        throw Refused(fmt::format("{} has other parameters or ports now; begin anew with: hashloom run", id));
    }
    record_.swaps.push_back(swap);
  } catch (const plugins::PluginError& error) {
    throw Refused(error.what());
  } catch (const std::system_error& error) {
    throw Refused(error.what());
  }
  return fmt::format("the rebuilt '{}' from the next round on", request.plugin);
}

void Control::round_begins(int64_t round) {
  const std::lock_guard lock(mutex_);
  bool any = false;
  for (auto& swap : record_.swaps)
    if (swap.round < 0) swap.round = round, any = true;
  if (any) write(run_, record_);
}

const plugins::ComponentInfo& Control::component(const workflow::Stage& stage, int64_t round) {
  const std::lock_guard lock(mutex_);
  const auto& first = components_.get(stage.uses);
  if (stage.loop.empty()) return first;
  for (auto swap = record_.swaps.rbegin(); swap != record_.swaps.rend(); ++swap) {
    const int64_t from = swap->round < 0 ? kNextRound : swap->round;
    if (swap->plugin == first.plugin && from <= round) return rebuilt(*swap).get(stage.uses);
  }
  return first;
}

std::set<std::string> Control::rebuilt_builds() {
  const std::lock_guard lock(mutex_);
  std::set<std::string> builds;
  for (const auto& swap : record_.swaps)
    for (const auto& id : ids_of(swap.plugin)) builds.insert(rebuilt(swap).get(id).build_id);
  return builds;
}

}  // namespace hashloom::engine
