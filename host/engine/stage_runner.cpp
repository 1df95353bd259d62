#include <algorithm>
#include <engine/keys.hpp>
#include <engine/run_failed.hpp>
#include <engine/run_folder.hpp>
#include <engine/stage_runner.hpp>
#include <store/tensor_file.hpp>
#include <system_error>

namespace hashloom::engine {
namespace {

StageSetting setting_for(Job& job, const workflow::Stage& stage, int64_t round, Worker& worker) {
  StageSetting setting;
  setting.position = {stage.name, stage.uses, stage.loop, round, 0};
  setting.path = stage.loop.empty() ? stage.name : stage.loop + "/" + stage.name;
  setting.run_seed = job.workflow.seed;
  setting.machine = job.machine;
  setting.component = worker.instance.component.get();
  setting.epoch_file = job.epoch_checkpoint(unit_of(stage, round));
  setting.build_id = worker.info->build_id;
  return setting;
}

/// A stage's component and its context in one round, made where errors are told with their place.
class Performance {
 public:
  Performance(Job& job, const workflow::Stage& stage, int64_t round, const Ports& inputs)
      : job_(job),
        info_(job.components.get(stage.uses)),
        inputs_(inputs),
        position_{stage.name, stage.uses, stage.loop, round, 0} {
    guard([&] { worker_ = Worker::make(info_, Params(stage.params_in(round))); });
    run_ = std::make_unique<StageContext>(setting_for(job, stage, round, worker_), job.recorder);
  }

  Worker& worker() { return worker_; }
  StageContext& run() { return *run_; }

  void load(const std::map<std::string, Tensor>& tensors) {
    guard([&] {
      State state(tensors);
      worker_.instance.component->state(state);
    });
  }
  std::map<std::string, Tensor> state() {
    State state;
    guard([&] { worker_.instance.component->state(state); });
    return state.tensors();
  }
  void learn() {
    guard([&] { engine::learn(worker_, inputs_, *run_); });
  }
  Ports outputs() {
    Ports made;
    guard([&] { made = engine::outputs(worker_, inputs_, *run_); });
    return made;
  }
  /// Also when it fails: the event comes before the error is told.
  void guard(const std::function<void()>& work) {
    try {
      guarded(run_ ? run_->position() : position_, info_, inputs_, work);
    } catch (const RunFailed&) {
      tell("failed");
      throw;
    }
  }
  int64_t tell(const std::string& state) {
    nlohmann::json event{{"kind", "stage"}, {"state", state}, {"uses", info_.id}};
    if (state != "started" && run_) event["seconds"] = run_->seconds();
    Position at = run_ ? run_->position() : position_;
    return job_.recorder.record(at, event);
  }

 private:
  Job& job_;
  const plugins::ComponentInfo& info_;
  const Ports& inputs_;
  Position position_;
  Worker worker_;
  std::unique_ptr<StageContext> run_;
};

void set_keys(Ports& ports, const std::string& stage_key) {
  for (auto& [port, value] : ports) value.key = stage_key + "." + port;
}

/// What a loop gives has no key yet, and neither has what is made of it.
bool known(const Ports& inputs) {
  return std::ranges::none_of(inputs, [](const auto& input) { return input.second.key.empty(); });
}

bool cacheable(const Worker& worker, const Ports& inputs) {
  return known(inputs) && (worker.instance.feature || worker.instance.hasher);
}

bool trains(const Worker& worker) { return worker.instance.generator || worker.instance.network; }

std::string key_after(Performance& performance, Job& job, const Ports& inputs) {
  const auto seed = performance.run().used_random() ? std::optional(performance.run().seed()) : std::nullopt;
  return key_of(performance.worker(), inputs, job.machine, seed);
}

std::optional<ResultCache::Entry> cached(Performance& performance, Job& job, const Ports& inputs) {
  if (!cacheable(performance.worker(), inputs)) return {};
  for (const auto& seed : {std::optional<uint64_t>{}, std::optional(performance.run().seed())})
    if (auto entry = job.cache.find(key_of(performance.worker(), inputs, job.machine, seed))) return entry;
  return {};
}

/// A cache that can't be written makes later runs slower, and ends none.
void keep(Performance& performance, Job& job, const std::string& key, const Ports& outputs) {
  try {
    job.cache.put(key, {outputs, performance.state()});
  } catch (const std::system_error& error) {
    performance.run().warn("its result can't be cached", error.what(),
                           "make room there, or name another place by XDG_CACHE_HOME; the run goes on");
  }
}

void save(Performance& performance, Job& job, const std::string& unit) {
  store::write(job.checkpoint(unit), {performance.state(), {{"build_id", performance.worker().info->build_id}}});
}

/// The state that `unit` left; warns if another build of the plugin made it.
void load(Performance& performance, Job& job, const std::string& unit) {
  const auto saved = store::read(job.checkpoint(unit));
  const auto& info = *performance.worker().info;
  if (saved.notes.at("build_id") != info.build_id)
    performance.run().warn("plugin rebuilt", info.id + " goes on from what another build of it has learned",
                           "for the bits of one build begin anew with: hashloom run");
  performance.load(saved.tensors);
}

Ports computed(Performance& performance, Job& job, const Ports& inputs) {
  performance.learn();
  if (trains(performance.worker())) save(performance, job, performance.run().position().stage);
  auto outputs = performance.outputs();
  if (known(inputs)) set_keys(outputs, key_after(performance, job, inputs));
  if (cacheable(performance.worker(), inputs)) keep(performance, job, key_after(performance, job, inputs), outputs);
  if (const auto* dataset = performance.worker().instance.dataset)
    note_label_use(job.folder, performance.run().position().stage, dataset->label_use());
  return outputs;
}

void finish(Performance& performance, Job& job, const std::string& unit, const std::string& state) {
  const int64_t seq = performance.tell(state);
  job.ledger.mark(unit, performance.run().seconds(), seq);
  std::filesystem::remove(job.epoch_checkpoint(unit));
}

}  // namespace

std::string unit_of(const workflow::Stage& stage, int64_t round) {
  return stage.loop.empty() ? stage.name : stage.loop + "/" + std::to_string(round) + "/" + stage.name;
}

Ports run_stage(Job& job, const workflow::Stage& stage, const Ports& inputs) {
  const std::string unit = unit_of(stage, 0);
  const bool again = job.ledger.done(unit);
  Performance performance(job, stage, 0, inputs);
  if (again && performance.worker().instance.evaluator) return {};
  const bool learned = again && trains(performance.worker());
  if (learned) load(performance, job, unit);
  const Recorder::Silence silence(job.recorder, again);
  if (learned) return performance.outputs();
  performance.tell("started");
  auto entry = cached(performance, job, inputs);
  auto outputs = entry ? entry->outputs : computed(performance, job, inputs);
  if (!again) finish(performance, job, unit, entry ? "cached" : "finished");
  return outputs;
}

Ports run_loop_stage(Job& job, const workflow::Stage& stage, int64_t round, const Ports& inputs) {
  const std::string unit = unit_of(stage, round);
  const bool again = job.ledger.done(unit);
  Performance performance(job, stage, round, inputs);
  if (again || (!stage.fresh && round > 1)) load(performance, job, again ? unit : unit_of(stage, round - 1));
  const Recorder::Silence silence(job.recorder, again);
  performance.tell("started");
  if (!again || performance.worker().instance.dataset) performance.learn();
  if (!again) save(performance, job, unit);
  auto outputs = performance.outputs();
  if (!again) finish(performance, job, unit, "finished");
  return outputs;
}

void observe(Job& job, const workflow::Stage& stage, int64_t round, const Ports& inputs) {
  const std::string unit = unit_of(stage, round);
  if (job.ledger.done(unit)) return;
  Performance performance(job, stage, round, inputs);
  performance.tell("started");
  performance.learn();
  finish(performance, job, unit, "finished");
}

}  // namespace hashloom::engine
