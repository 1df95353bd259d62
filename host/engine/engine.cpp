#include <fmt/format.h>

#include <engine/encoder_saver.hpp>
#include <engine/engine.hpp>
#include <engine/interrupt.hpp>
#include <engine/loop_runner.hpp>
#include <engine/patience.hpp>
#include <engine/side_by_side.hpp>
#include <engine/stage_runner.hpp>
#include <events/heartbeat.hpp>
#include <events/last_words.hpp>
#include <faults/last_words.hpp>
#include <faults/redirected.hpp>
#include <graph/graph.hpp>
#include <optional>
#include <set>
#include <store/tensor_file.hpp>
#include <thread>
#include <trace/trace.hpp>

namespace hashloom::engine {
namespace {

using nlohmann::json;

json stage_names(const workflow::Workflow& workflow) {
  json names = json::array();
  for (const auto& step : graph::order(workflow)) {
    if (!step.is_loop) {
      names.push_back(workflow.stages[step.index].name);
      continue;
    }
    const auto& loop = workflow.loops[step.index];
    for (const size_t index : graph::order(loop.stages)) names.push_back(loop.stages[index].name);
    for (const auto& observer : loop.observers) names.push_back(observer.name);
  }
  return names;
}

json first_event(const RunRecord& record) {
  const auto& workflow = record.workflow;
  json rounds = json::object();
  for (const auto& loop : workflow.loops) rounds[loop.name] = loop.rounds;
  return {{"kind", "run"},
          {"name", workflow.name},
          {"workflow", workflow.file.string()},
          {"seed", workflow.seed},
          {"threads", record.machine.threads},
          {"device", record.machine.device.str()},
          {"precision", record.machine.bf16 ? "bf16" : "float32"},
          {"profile", workflow.profile},
          {"rounds", rounds},
          {"stages", stage_names(workflow)}};
}

/// Opens every component that the workflow names.
std::set<std::string> builds_of(const workflow::Workflow& workflow, plugins::Components& components) {
  std::set<std::string> builds;
  const auto add = [&](const std::vector<workflow::Stage>& stages) {
    for (const auto& stage : stages) builds.insert(components.get(stage.uses).build_id);
  };
  add(workflow.stages);
  for (const auto& loop : workflow.loops)
    for (const auto* part : {&loop.stages, &loop.observers}) add(*part);
  return builds;
}

/// The last event that counts when a run goes on: of the last unit done, or of an epoch saved after it. An epoch file
/// that can't be read, or that another build of its plugin wrote, is removed, so that its epochs are done again.
int64_t last_covered(const std::filesystem::path& run, const Ledger& ledger, const std::set<std::string>& builds) {
  int64_t seq = std::max<int64_t>(ledger.seq(), 0);
  const auto checkpoints = run / "checkpoints";
  if (!std::filesystem::exists(checkpoints)) return seq;
  std::vector<std::filesystem::path> epochs;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(checkpoints))
    if (entry.path().string().ends_with(".epoch.safetensors")) epochs.push_back(entry.path());
  for (const auto& file : epochs) {
    try {
      const auto notes = store::read(file).notes;
      if (builds.contains(notes.at("build_id")))
        seq = std::max<int64_t>(seq, std::stoll(notes.at("seq")));
      else
        std::filesystem::remove(file);
    } catch (const store::CorruptFile&) {
      std::filesystem::remove(file);
    }
  }
  return seq;
}

/// What ended the process that was at the run before.
void tell_last_words(const Job& job) {
  const auto words = events::last_words(job.folder);
  if (!words) return;
  const bool wrote = faults::output_size(job.folder) > 0;
  job.recorder.record({{"kind", "warning"},
                       {"trouble", "the run had not ended in order"},
                       {"evidence", words->text()},
                       {"remedy", wrote ? "what plugins wrote is in output.log" : ""}});
  events::forget_last_words(job.folder);
}

void begin(const Job& job, const RunRecord& record) {
  auto builds = builds_of(job.workflow, job.components);
  builds.merge(job.control.rebuilt_builds());
  if (job.recorder.last_seq() < 0) {
    job.recorder.record(first_event(record));
    return;
  }
  job.recorder.tell(first_event(record));
  job.recorder.record({{"kind", "resume"}, {"after", last_covered(job.folder, job.ledger, builds)}});
  remove_drafts(job.folder);
  tell_last_words(job);
  if (record.instructions != instruction_set())
    job.recorder.record({{"kind", "warning"},
                         {"trouble", "another processor"},
                         {"evidence", "the run began with " + record.instructions + ", here is " + instruction_set()},
                         {"remedy", "for the bits of one machine begin anew with: hashloom run"}});
}

/// A stage may use all of its threads: more are side by side only as far as the processor's cores go.
int64_t stages_at_once(const Machine& machine) {
  return std::max<int64_t>(1, static_cast<int64_t>(std::thread::hardware_concurrency()) / machine.threads);
}

void run_steps(Job& job) {
  const trace::Span span(trace::Kind::stage, "run");
  Bindings bindings;
  const auto steps = graph::order(job.workflow);
  const int64_t limit = stages_at_once(job.machine);
  side_by_side(
      graph::needs(job.workflow), limit,
      [&](size_t place) {
        const auto& step = steps[place];
        if (stop_asked() != Stop::no) throw Stopped("stopped by the user");
        if (step.is_loop) return run_loop(job, job.workflow.loops[step.index], bindings, limit);
        const auto& stage = job.workflow.stages[step.index];
        bindings.set(stage.name, perform(job, {&stage, 0, bindings.inputs_of(stage)}));
      },
      [&] { job.failing = true; });
  save_encoder(job, bindings);
}

/// Tells the end, if the disk still takes it; what is recorded stays.
void end(Recorder& recorder, const std::string& state, double seconds) {
  try {
    recorder.record({{"kind", "end"}, {"state", state}, {"seconds", seconds}});
  } catch (const std::exception&) {
  }
}

[[noreturn]] void fail(Recorder& recorder, const RunFailed& failure, double seconds) {
  try {
    recorder.record(
        {{"kind", "error"}, {"what", failure.what()}, {"details", failure.details()}, {"remedy", failure.remedy()}});
  } catch (const std::exception&) {
  }
  end(recorder, "failed", seconds);
  throw failure;
}

Ending run_recorded(Job& job) {
  const auto started = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  };
  try {
    run_steps(job);
    end(job.recorder, "finished", seconds());
    return Ending::finished;
  } catch (const Stopped&) {
    end(job.recorder, "stopped", seconds());
    return Ending::stopped;
  } catch (const RunFailed& failure) {
    fail(job.recorder, failure, seconds());
  } catch (const plugins::PluginError& error) {
    fail(job.recorder, RunFailed(error.what(), {}, error.remedy(), true), seconds());
  } catch (const std::system_error& error) {
    fail(job.recorder, RunFailed(error.what(), {}, "make room or make the place writable", false), seconds());
  } catch (const store::CorruptFile& error) {
    fail(job.recorder, RunFailed(error.what(), {}, "restore the file, or begin anew with: hashloom run", false),
         seconds());
  } catch (const std::exception& error) {
    fail(job.recorder, RunFailed(error.what(), {}, {}, false), seconds());
  }
}

/// Throws DataError where another process has it.
events::Heartbeat claimed(const std::filesystem::path& run) {
  try {
    return events::Heartbeat(run);
  } catch (const events::RunIsTaken& taken) {
    throw DataError(taken.what(), "wait for it, or stop it first");
  }
}

}  // namespace

Ending run(const std::filesystem::path& run, plugins::Components& components, events::Listener& listener,
           Process process) {
  const RunRecord record = read_run_record(run);
  const auto heartbeat = claimed(run);
  std::optional<faults::PluginOutput> output;
  std::optional<faults::LastWordsOf> last_words;
  if (process == Process::own) {
    output.emplace(run);
    last_words.emplace(run);
  }
  prepare(record.machine);
  Recorder recorder(run, listener);
  Ledger ledger(run);
  Control control(run, record.workflow, components, recorder);
  Job job{record.workflow,
          run,
          record.machine,
          components,
          recorder,
          ledger,
          control,
          cache::Cache(cache::results_folder()),
          {record.forced.begin(), record.forced.end()}};
  begin(job, record);
  const Patience patience(recorder);
  return run_recorded(job);
}

}  // namespace hashloom::engine
