#include <engine/performance.hpp>
#include <engine/run_failed.hpp>
#include <faults/at_work.hpp>
#include <trace/trace.hpp>

namespace hashloom::engine {
namespace {

Position position_of(const Task& task) { return {task.stage->name, task.stage->uses, task.stage->loop, task.round, 0}; }

}  // namespace

Performance::Performance(Job& job, const Task& task, bool is_silent, std::function<void()> on_random)
    : job_(job), task_(task), info_(job.control.component(*task.stage, task.round)), is_silent_(is_silent) {
  guard([&] { worker_ = Worker::make(info_, Params(job.control.params_at_start(*task.stage, task.round))); });
  StageSetting setting;
  setting.position = position_of(task);
  setting.path = task.path();
  setting.run_seed = job.workflow.seed;
  setting.machine = job.machine;
  setting.component = worker_.instance.component.get();
  setting.epoch_file = job.epoch_checkpoint(task.unit());
  setting.build_id = info_.build_id;
  setting.is_silent = is_silent;
  setting.on_random = std::move(on_random);
  setting.failing = &job.failing;
  setting.params = worker_.params.values();
  if (!is_silent) setting.control = &job.control;
  run_ = std::make_unique<StageContext>(std::move(setting), job.recorder);
}

void Performance::load(const std::map<std::string, Tensor>& tensors) {
  guard([&] {
    State state(tensors);
    worker_.instance.component->state(state);
  });
}

std::map<std::string, Tensor> Performance::state() {
  State state;
  guard([&] { worker_.instance.component->state(state); });
  return state.tensors();
}

bool Performance::keeps_something() const {
  try {
    State nothing(std::map<std::string, Tensor>{});
    Worker::make(info_, worker_.params).instance.component->state(nothing);
    return false;
  } catch (const std::exception&) {  // it misses what it keeps
    return true;
  }
}

void Performance::learn() {
  const trace::Span span(trace::Kind::stage, task_.unit());
  guard([&] { engine::learn(worker_, task_.inputs, *run_); });
}

Ports Performance::outputs() {
  const trace::Span span(trace::Kind::stage, task_.unit());
  Ports made;
  guard([&] { made = engine::outputs(worker_, task_.inputs, *run_); });
  return made;
}

int64_t Performance::tell(const std::string& state, const std::string& not_cached) {
  if (state != "started") warn_of_output();
  nlohmann::json event{{"kind", "stage"}, {"state", state}, {"uses", info_.id}};
  if (state != "started" && run_) event["seconds"] = run_->seconds();
  if (!not_cached.empty()) event["not_cached"] = not_cached;
  const Recorder::Commit commit(job_.recorder);
  if (run_) run_->write_recorded();
  return job_.recorder.record(run_ ? run_->position() : position_of(task_), event);
}

void Performance::warn_of_output() {
  if (!run_ || !job_.output.has_grown_in(task_.stage->name)) return;
  std::string others;
  for (const auto& other : faults::silent_for(0)) others += ", or by " + other;
  warn("output of its own", "output.log has what was written to standard output or standard error by it" + others,
       "let the component tell figures and warnings to its Context");
}

void Performance::warn(const std::string& trouble, const std::string& evidence, const std::string& remedy) {
  job_.recorder.record(run_->position(),
                       {{"kind", "warning"}, {"trouble", trouble}, {"evidence", evidence}, {"remedy", remedy}});
}

/// Tells also when it fails: the event comes before the error.
void Performance::guard(const std::function<void()>& work) {
  const Position start = position_of(task_);
  const Position& now = run_ ? run_->position() : start;
  try {
    guarded(now, info_, task_.inputs, work);
  } catch (const RunFailed&) {
    if (!is_silent_) tell("failed");
    throw;
  }
}

}  // namespace hashloom::engine
