#include <fmt/format.h>

#include <engine/bindings.hpp>
#include <engine/keys.hpp>
#include <engine/plan.hpp>
#include <engine/reasons.hpp>
#include <engine/seeds.hpp>
#include <engine/stored.hpp>
#include <engine/task.hpp>
#include <graph/graph.hpp>
#include <optional>

namespace hashloom::engine {
namespace {

/// Goes through the workflow as a run does, with keys in place of values; an empty key is of something made anew.
class Planner {
 public:
  Planner(const workflow::Workflow& workflow, const Machine& machine, plugins::Components& components,
          const cache::Cache& cache, const std::set<std::string>& forced)
      : workflow_(workflow),
        machine_(machine),
        components_(components),
        cache_(cache),
        forced_(forced),
        records_(cache.list()) {}

  Plan all() {
    for (const auto& step : graph::order(workflow_))
      if (step.is_loop)
        plan_loop(workflow_.loops[step.index]);
      else
        plan_stage(workflow_.stages[step.index], 0);
    return std::move(plan_);
  }

 private:
  // ---- one task

  void plan_stage(const workflow::Stage& stage, int64_t round) {
    const Task task{&stage, round, bindings_.inputs_of(stage)};
    const auto worker = Worker::make(components_.get(stage.uses), Params(stage.params_in(round)));
    PlannedTask planned;
    planned.stage = stage.name;
    planned.uses = stage.uses;
    planned.loop = stage.loop;
    planned.round = round;
    const auto key = planned_key(task, worker, planned);
    planned.is_cached = !key.empty();
    keys_[task.unit()] = key;
    Ports ports;
    for (const auto& output : worker.info->schema.outputs()) {
      ports[output.name].type = output.type;
      if (planned.is_cached) ports[output.name].key = key + "." + output.name;
    }
    if (!stage.observer) bindings_.set(stage.name, ports);
    plan_.tasks.push_back(std::move(planned));
  }

  /// The key that the cache has; empty where the task would run, with the reason in `planned`.
  std::string planned_key(const Task& task, const Worker& worker, PlannedTask& planned) {
    const auto& why_not = worker.info->schema.why_not_deterministic();
    if (!why_not.empty()) return planned.why = "it says that it is not deterministic: " + why_not, "";
    const auto previous = task.previous();
    const auto parts = key_parts(worker, task.inputs, machine_, task.round, previous.empty() ? "" : keys_.at(previous));
    if (forced_.contains(task.stage->name)) return planned.why = "forced", "";
    if (const auto anew = made_anew(task); !anew.empty())
      return planned.why = joined(anew, own_difference(task, parts)), "";
    return cached_key(task, parts, planned);
  }

  std::string made_anew(const Task& task) const {
    std::string text;
    for (const auto& [port, value] : task.inputs)
      if (value.key.empty()) text = joined(text, fmt::format("input '{}' is computed", port));
    const auto previous = task.previous();
    if (!previous.empty() && keys_.at(previous).empty())
      text = joined(text, "its weights of the round before are computed");
    return text;
  }

  static std::string joined(const std::string& a, const std::string& b) {
    return a.empty() ? b : b.empty() ? a : a + "; " + b;
  }

  /// What else is different; that it never ran needs no saying then.
  std::string own_difference(const Task& task, const nlohmann::json& parts) const {
    auto why = why_to_run({workflow_.name, task.path(), workflow_.seed, parts}, records_);
    return why == "never run" ? "" : why;
  }

  std::string cached_key(const Task& task, const nlohmann::json& parts, PlannedTask& planned) {
    const uint64_t seed = seed_for(workflow_.seed, task.path(), task.round, 0);
    for (const auto& key : {key_from(parts, std::nullopt), key_from(parts, seed)}) {
      try {
        if (const auto entry = cache_.find(key)) {
          planned.seconds = entry->record.seconds;
          planned.bytes = entry->record.bytes;
          return key;
        }
      } catch (const store::CorruptFile&) {
        planned.why = "its cache entry was altered";
        return "";
      }
    }
    planned.why = why_to_run({workflow_.name, task.path(), workflow_.seed, parts}, records_);
    return "";
  }

  // ---- loops

  void plan_loop(const workflow::Loop& loop) {
    auto carried = bindings_.all(loop.carry);
    bindings_.set(loop.name, carried);
    observe(loop, 0);
    for (int64_t round = 1; round <= loop.rounds; ++round) {
      for (const size_t index : graph::order(loop.stages)) plan_stage(loop.stages[index], round);
      const auto before = std::exchange(carried, bindings_.all(loop.next));
      bindings_.set_previous(loop.name, before);
      bindings_.set(loop.name, carried);
      observe(loop, round);
      const auto settled = is_settled(loop, before, carried);
      if (!settled && round < loop.rounds) plan_.open_loops.push_back({loop.name, round + 1, loop.rounds});
      if (settled.value_or(true)) return;
    }
  }

  void observe(const workflow::Loop& loop, int64_t round) {
    for (const auto& observer : loop.observers)
      if (round > 0 || observer.starts_at_zero) plan_stage(observer, round);
  }

  /// Nothing where that is known only when the codes have been computed.
  std::optional<bool> is_settled(const workflow::Loop& loop, const Ports& before, const Ports& after) const {
    for (const auto& [name, value] : after) {
      if (value.key.empty()) return std::nullopt;
      if (value.type != port::kCodes || !loop.until_changed_bits) continue;
      const auto then = codes(before.at(name)), now = codes(value);
      if (!then || !now) return std::nullopt;
      return now->changed_since(*then) < *loop.until_changed_bits;
    }
    return false;
  }

  /// The training split of codes in the cache; value.key is KEY.PORT.
  std::optional<Codes> codes(const Value& value) const {
    const auto dot = value.key.find('.');
    if (dot == std::string::npos) return {};
    try {
      const auto stored = stored_from(cache_.tensors(value.key.substr(0, dot)));
      return stored.outputs.at(value.key.substr(dot + 1)).as<Splits<Codes>>().train;
    } catch (const std::exception&) {
      return {};  // altered or just removed: the run will compute it
    }
  }

  const workflow::Workflow& workflow_;
  const Machine& machine_;
  plugins::Components& components_;
  const cache::Cache& cache_;
  const std::set<std::string>& forced_;
  const std::vector<cache::Record> records_;
  Bindings bindings_;
  std::map<std::string, std::string> keys_;  ///< by unit
  Plan plan_;
};

}  // namespace

Plan plan(const workflow::Workflow& workflow, const Machine& machine, plugins::Components& components,
          const cache::Cache& cache, const std::set<std::string>& forced) {
  return Planner(workflow, machine, components, cache, forced).all();
}

}  // namespace hashloom::engine
