#include <ATen/ops/empty.h>

#include <algorithm>
#include <cache/lock.hpp>
#include <cstring>
#include <encoder/image_spec.hpp>
#include <engine/interrupt.hpp>
#include <engine/keys.hpp>
#include <engine/run_folder.hpp>
#include <engine/stage_runner.hpp>
#include <engine/stored.hpp>
#include <events/reader.hpp>
#include <fstream>
#include <optional>
#include <system_error>
#include <trace/trace.hpp>

namespace hashloom::engine {
namespace {

using nlohmann::json;

/// Another run has computed what this one was about to: it is to be taken from the cache.
class ComputedElsewhere : public Stopped {
 public:
  ComputedElsewhere() : Stopped("another run has computed it") {}
};

Tensor bytes_in(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  Tensor bytes = at::empty({static_cast<int64_t>(text.size())}, at::kByte);
  if (!text.empty()) std::memcpy(bytes.mutable_data_ptr(), text.data(), text.size());
  return bytes;
}

std::span<const std::byte> bytes_of(const Tensor& bytes) {
  return {static_cast<const std::byte*>(bytes.const_data_ptr()), bytes.nbytes()};
}

/// What a stage recorded before this try of the run, without its place; its own epochs stay.
json recorded_before(const std::filesystem::path& run, const Task& task) {
  static const events::Kinds kinds{"metric", "picture", "curve", "warning", "epoch"};
  json found = json::array();
  for (auto& event : events::read(run, kinds)) {
    if (!kinds.contains(event.value("kind", "")) || event.value("stage", "") != task.stage->name ||
        event.value("round", int64_t{0}) != task.round)
      continue;
    for (const char* place : {"stage", "loop", "round", "schema", "seq", "wall", "mono"}) event.erase(place);
    found.push_back(event);
  }
  return found;
}

/// One task, from the ledger's question whether it is done to its outputs. Lives as long as something may ask for them.
class Work : public std::enable_shared_from_this<Work> {
 public:
  Work(Job& job, Task task) : job_(job), task_(std::move(task)) {}

  Ports run() {
    if (job_.ledger.done(task_.unit())) return later(job_.ledger.key(task_.unit()));
    job_.control.look();
    if (!std::filesystem::exists(job_.epoch_checkpoint(task_.unit())))
      job_.control.stage_begins(task_.stage->name, task_.round);
    begin({});
    performance_->tell("started");
    if (!why_not_cached().empty()) return computed();
    performance_->guard([this] {
      parts_ = key_parts(performance_->worker(), task_.inputs, job_.machine, task_.round, previous_key());
    });
    add_tunings();
    if (auto taken = from_cache()) return *taken;
    return computed_or_taken();
  }

  std::map<std::string, Tensor> learned() {
    begin({}, true);
    if (!performance_->keeps_something()) return {};
    if (is_kept_in_run()) return store::read(job_.checkpoint(task_.unit())).tensors;
    if (const auto result = stored(job_.ledger.key(task_.unit()))) return result->state;
    performance_->learn();
    return performance_->state();
  }

 private:
  void begin(std::function<void()> on_random, bool is_silent = false) {
    performance_.emplace(job_, task_, is_silent, std::move(on_random));
  }

  const Instance& instance() { return performance_->worker().instance; }
  bool is_evaluator() { return instance().evaluator != nullptr; }

  /// Only these are worth a file of the run: what was trained, and what can't be had again.
  bool is_kept_in_run() {
    const bool trains = instance().generator || instance().network;
    const bool may_differ = !performance_->info().schema.why_not_deterministic().empty();
    return !is_evaluator() && (!task_.stage->loop.empty() || trains || may_differ);
  }

  /// Empty where the result may be taken from the cache and kept in it.
  std::string why_not_cached() const {
    if (const auto& why = performance_->info().schema.why_not_deterministic(); !why.empty())
      return "it says that it is not deterministic: " + why;
    const auto differs = [](const auto& input) { return is_one_time(input.second.key); };
    if (std::ranges::any_of(task_.inputs, differs) || is_one_time(previous_key()))
      return "what it reads differs each time";
    return "";
  }

  std::string previous_key() const {
    const auto previous = task_.previous();
    return previous.empty() ? "" : job_.ledger.key(previous);
  }

  /// What was changed while the stage ran is a part of its key; what was changed before stands in its parameters.
  void add_tunings() {
    for (const auto& tuning : job_.control.tuned_within(task_.stage->name, task_.round))
      parts_["tuned"].push_back({tuning.epoch, tuning.parameter, to_text(tuning.value)});
  }

  // ---- taking from the cache

  std::vector<std::string> candidates() {
    return {key_from(parts_, std::nullopt), key_from(parts_, performance_->run().seed())};
  }

  void tell_altered(const store::CorruptFile& error, const std::string& key) {
    job_.cache.remove(key);
    performance_->warn("cache entry altered", error.what(), "it was removed and its result is computed anew");
  }

  std::optional<Ports> from_cache() {
    const trace::Span span(trace::Kind::cache, "look up");
    if (job_.forced.contains(task_.stage->name)) return {};
    for (const auto& key : candidates()) {
      try {
        if (const auto entry = job_.cache.find(key)) return taken(*entry);
      } catch (const store::CorruptFile& error) {
        tell_altered(error, key);
      }
    }
    return {};
  }

  /// All is read before anything is recorded, for a file may be altered.
  Ports taken(const cache::Cache::Entry& entry) {
    const auto& key = entry.record.key;
    Stored stored;
    if (is_kept_in_run() || is_evaluator())
      if (job_.cache.has_tensors(key)) stored = stored_from(job_.cache.tensors(key));
    for (const auto& [name, bytes] : stored.blobs)
      job_.recorder.put_blob(bytes_of(bytes), std::filesystem::path(name).extension().string().substr(1));
    const Recorder::Commit commit(job_.recorder);
    for (const auto& event : entry.events) job_.recorder.record(position_in_round(), event);
    if (!entry.record.label_use.empty()) note_label_use(job_.folder, task_.stage->name, entry.record.label_use);
    if (is_kept_in_run()) save(stored.state);
    job_.cache.touch(key);
    finish("cached", key);
    return later(key);
  }

  Position position_in_round() {
    auto position = performance_->run().position();
    position.epoch = 0;
    return position;
  }

  // ---- computing

  /// Where other runs may want the same, one computes and the others wait for it: at first for whoever may compute it
  /// for every seed, then, when it asks for a random number, for whoever has its seed.
  Ports computed_or_taken() {
    const auto waiting = [this] { throw_if_stopped(); };
    std::optional<trace::Span> span(std::in_place, trace::Kind::waiting, "for other runs");
    cache::Lock any_seed(job_.cache.folder(), candidates()[0], waiting);
    span.reset();
    if (any_seed.had_to_wait())
      if (auto taken = from_cache()) return *taken;
    std::optional<cache::Lock> this_seed;
    try {
      begin([&, key = candidates()[1]] {
        any_seed.let_go();
        this_seed.emplace(job_.cache.folder(), key, waiting);
        if (this_seed->had_to_wait() && job_.cache.find(key)) throw ComputedElsewhere();
      });
      return computed();
    } catch (const ComputedElsewhere&) {
      this_seed.reset();
      begin({});
      if (auto taken = from_cache()) return *taken;
      return computed();
    }
  }

  void throw_if_stopped() const {
    if (job_.failing || stop_asked() != Stop::no) throw Stopped("stopped by the user");
  }

  Ports computed() {
    go_on_from_previous();
    performance_->learn();
    auto outputs = performance_->outputs();
    const auto key = key_of_result();
    for (auto& [port, value] : outputs) value.key = key + "." + port;
    const auto state = is_evaluator() ? std::map<std::string, Tensor>{} : performance_->state();
    {
      const Recorder::Commit commit(job_.recorder);
      if (is_kept_in_run()) save(state);
      if (const auto* dataset = instance().dataset)
        note_label_use(job_.folder, task_.stage->name, dataset->label_use());
      finish("finished", key);
    }
    if (!is_one_time(key)) keep(key, {outputs, state, {}});
    return outputs;
  }

  void go_on_from_previous() {
    const auto previous = task_.previous();
    if (!previous.empty()) load(previous);
  }

  std::string key_of_result() {
    if (parts_.is_null()) return key_of_one_time();
    auto& run = performance_->run();
    parts_.erase("tuned");
    add_tunings();
    if (run.used_random()) parts_["seed"] = run.seed();
    return key_from(parts_, std::nullopt);
  }

  void save(const std::map<std::string, Tensor>& state) {
    const trace::Span span(trace::Kind::checkpoint, "save a state");
    store::write(job_.checkpoint(task_.unit()), {state, {{"build_id", performance_->info().build_id}}});
  }

  /// The state that `unit` left; warns if another build of the plugin made it.
  void load(const std::string& unit) {
    const trace::Span span(trace::Kind::checkpoint, "load a state");
    const auto saved = store::read(job_.checkpoint(unit));
    const auto& info = performance_->info();
    const bool was_asked_for = info.library.parent_path().parent_path() == job_.folder / "plugins";
    if (saved.notes.at("build_id") != info.build_id && !was_asked_for)
      performance_->warn("plugin rebuilt", info.id + " goes on from what another build of it has learned",
                         "for the bits of one build begin anew with: hashloom run");
    performance_->load(saved.tensors);
  }

  void finish(const std::string& state, const std::string& key) {
    const auto unit = task_.unit();
    const int64_t seq = performance_->tell(state, why_not_cached());
    job_.ledger.mark(unit, {performance_->run().seconds(), key}, seq);
    std::filesystem::remove(job_.epoch_checkpoint(unit));
  }

  json recorded() {
    auto& run = performance_->run();
    return run.began_at_first_epoch() ? json(run.recorded()) : recorded_before(job_.folder, task_);
  }

  /// A cache that can't be written makes later runs slower, and ends none; told once.
  void keep(const std::string& key, Stored stored) {
    const trace::Span span(trace::Kind::cache, "keep");
    cache::Cache::Entry entry;
    entry.events = recorded();
    entry.record.key = key;
    entry.record.parts = parts_;
    entry.record.workflow = job_.workflow.name;
    entry.record.path = task_.path();
    entry.record.uses = task_.stage->uses;
    entry.record.round = task_.round;
    entry.record.seed = job_.workflow.seed;
    entry.record.seconds = performance_->run().seconds();
    if (const auto* dataset = instance().dataset) {
      entry.record.label_use = dataset->label_use();
      entry.record.images = encoder::to_json(dataset->images().train->spec());
    }
    for (const auto& event : entry.events)
      if (event.contains("blob")) stored.blobs[event["blob"]] = bytes_in(job_.folder / "blobs" / event["blob"]);
    try {
      job_.cache.put(entry, to_file(stored));
    } catch (const std::system_error& error) {
      if (!job_.cache_has_failed.exchange(true))
        performance_->warn("results can't be cached", error.what(),
                           "make room there, or name another place by HASHLOOM_CACHE; the run goes on");
    }
  }

  // ---- making again what a task gave that is done

  Ports later(const std::string& key) {
    if (!performance_) begin({}, true);
    Ports ports;
    for (const auto& output : performance_->info().schema.outputs())
      ports[output.name] =
          Value::later([self = shared_from_this(), key, name = output.name] { return self->made(key).at(name).held(); },
                       output.type, key + "." + output.name);
    return ports;
  }

  /// Also when another thread asks for another of its ports.
  const Ports& made(const std::string& key) {
    std::optional<trace::Span> span(std::in_place, trace::Kind::waiting, "for " + task_.unit());
    const std::lock_guard lock(mutex_);
    span.reset();
    if (made_.empty()) made_ = make(key);
    return made_;
  }

  Ports make(const std::string& key) {
    begin({}, true);
    if (const auto result = stored(key)) {
      if (!result->outputs.empty()) return result->outputs;
      performance_->load(result->state);
      return performance_->outputs();
    }
    if (is_kept_in_run() && !instance().dataset)
      load(task_.unit());
    else
      performance_->learn();
    return performance_->outputs();
  }

  std::optional<Stored> stored(const std::string& key) {
    const trace::Span span(trace::Kind::cache, "read");
    try {
      if (!is_one_time(key) && job_.cache.has_tensors(key)) return stored_from(job_.cache.tensors(key));
    } catch (const store::CorruptFile& error) {
      tell_altered(error, key);
    }
    return {};
  }

  Job& job_;
  const Task task_;
  std::optional<Performance> performance_;
  json parts_;  ///< null where the result is not to be cached
  std::mutex mutex_;
  Ports made_;
};

}  // namespace

Ports perform(Job& job, Task task) { return std::make_shared<Work>(job, std::move(task))->run(); }

std::map<std::string, Tensor> learned(Job& job, Task task) {
  return std::make_shared<Work>(job, std::move(task))->learned();
}

}  // namespace hashloom::engine
