#include <ATen/CPUGeneratorImpl.h>
#include <fmt/format.h>

#include <engine/interrupt.hpp>
#include <engine/seeds.hpp>
#include <engine/stage_context.hpp>
#include <events/png.hpp>
#include <faults/at_work.hpp>
#include <store/tensor_file.hpp>
#include <trace/trace.hpp>

namespace hashloom::engine {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Losses that are not numbers would not be JSON.
nlohmann::json finite(double value) { return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(nullptr); }

}  // namespace

StageContext::StageContext(StageSetting setting, Recorder& recorder)
    : setting_(std::move(setting)),
      recorder_(&recorder),
      random_(at::make_generator<at::CPUGeneratorImpl>()),
      started_(Clock::now()),
      epoch_started_(started_) {
  reseed(0);
}

uint64_t StageContext::seed() const { return seed_for(setting_.run_seed, setting_.path, setting_.position.round, 0); }

void StageContext::reseed(int64_t epoch) {
  random_.set_current_seed(seed_for(setting_.run_seed, setting_.path, setting_.position.round, epoch));
}

at::Generator StageContext::random() {
  if (!used_random_ && setting_.on_random) setting_.on_random();
  used_random_ = true;
  return random_;
}

double StageContext::seconds() const { return earlier_seconds_ + seconds_since(started_); }

bool StageContext::stop_requested() const {
  faults::answer();
  return stop_asked() != Stop::no || is_failing();
}

bool StageContext::is_failing() const { return setting_.failing && *setting_.failing; }

/// Told at once, written when the work that it tells of is saved: after a crash that work is done, and told, again.
void StageContext::note(nlohmann::json event) {
  if (setting_.is_silent) return;
  recorder_->tell(placed(setting_.position, event));
  if (setting_.position.epoch > 0) event["epoch"] = setting_.position.epoch;
  recorded_.push_back(std::move(event));
}

void StageContext::write_recorded() {
  auto position = setting_.position;
  position.epoch = 0;  // stands in the event
  for (; written_ < recorded_.size(); ++written_) recorder_->write(placed(position, recorded_[written_]));
}

void StageContext::progress(int64_t done, int64_t total, std::string_view unit, Losses losses) {
  faults::answer();
  if (is_failing() || stop_asked() == Stop::at_once ||
      (stop_asked() == Stop::after_epoch && setting_.position.epoch == 0))
    throw Stopped("stopped by the user");
  if (setting_.control) setting_.control->look_now_and_then();
  const double seconds = seconds_since(epoch_started_);
  nlohmann::json event{{"kind", "progress"}, {"done", done}, {"total", total}, {"unit", unit}, {"epochs", epochs_}};
  event["rate"] = seconds > 0 ? static_cast<double>(done) / seconds : 0.0;
  losses_ = nlohmann::json::object();
  for (const auto& [name, value] : losses) losses_[std::string(name)] = finite(value);
  event["losses"] = losses_;
  recorder_->progress(setting_.position, std::move(event), !setting_.is_silent);
}

void StageContext::metric(std::string_view name, double value, const MetricStyle& style) {
  note({{"kind", "metric"},
        {"name", name},
        {"value", finite(value)},
        {"unit", style.unit},
        {"headline", style.headline},
        {"higher_is_better", style.higher_is_better}});
}

void StageContext::picture(const Picture& picture) {
  const Tensor& pixels = picture.pixels;
  const bool grey = pixels.defined() && pixels.dim() == 2,
             colour = pixels.defined() && pixels.dim() == 3 && pixels.size(2) == 3;
  if (!(grey || colour) || pixels.scalar_type() != at::kByte || !pixels.device().is_cpu())
    throw ShapeError("a picture is uint8 [H, W] or [H, W, 3] on the CPU, this is " + describe(pixels));
  const Tensor dense = pixels.contiguous();
  const int height = static_cast<int>(dense.size(0)), width = static_cast<int>(dense.size(1));
  const auto png =
      events::png({dense.const_data_ptr<uint8_t>(), static_cast<size_t>(dense.numel())}, width, height, grey ? 1 : 3);
  note({{"kind", "picture"},
        {"name", picture.name},
        {"caption", picture.caption},
        {"blob", recorder_->put_blob(png, "png")},
        {"width", width},
        {"height", height}});
}

void StageContext::curve(const Curve& curve) {
  if (curve.x.size() != curve.y.size())
    throw ShapeError(fmt::format("curve '{}' has {} x and {} y", curve.name, curve.x.size(), curve.y.size()));
  note({{"kind", "curve"},
        {"name", curve.name},
        {"x_label", curve.x_label},
        {"y_label", curve.y_label},
        {"x", std::vector<double>(curve.x.begin(), curve.x.end())},
        {"y", std::vector<double>(curve.y.begin(), curve.y.end())}});
}

void StageContext::warn(std::string_view trouble, const std::string& evidence, const std::string& remedy) {
  note({{"kind", "warning"}, {"trouble", trouble}, {"evidence", evidence}, {"remedy", remedy}});
}

int64_t StageContext::first_epoch(int64_t count) {
  ++loops_entered_;
  epochs_ = count;
  if (setting_.epoch_file.empty() || !std::filesystem::exists(setting_.epoch_file)) return 1;
  const auto saved = store::read(setting_.epoch_file);
  const int64_t loop = std::stoll(saved.notes.at("loop"));
  if (saved.notes.at("build_id") != setting_.build_id || loop < loops_entered_) return 1;
  const int64_t first = loop > loops_entered_ ? count + 1 : std::stoll(saved.notes.at("epoch")) + 1;
  if (first > count) reseed(count + 1);
  skipped_epochs_ |= first > 1;
  State state(saved.tensors);
  setting_.component->state(state);
  used_random_ |= saved.notes.at("random") == "yes";
  earlier_seconds_ = std::stod(saved.notes.at("seconds"));
  return first;
}

void StageContext::start_epoch(int64_t epoch, int64_t count) {
  setting_.position.epoch = epoch;
  epochs_ = count;
  epoch_started_ = Clock::now();
  reseed(epoch);
  if (setting_.control) tune(epoch);
}

/// Tells the component which parameters were changed up to this epoch; in a resumed run also before.
void StageContext::tune(int64_t epoch) {
  setting_.control->look();
  const auto tunings = setting_.control->tuned_up_to(setting_.position.stage, setting_.position.round, epoch);
  if (tunings.size() == tunings_applied_) return;
  for (; tunings_applied_ < tunings.size(); ++tunings_applied_) {
    const auto& tuning = tunings[tunings_applied_];
    setting_.params[tuning.parameter] = tuning.value;
    if (tuning.epoch < epoch) continue;  // told when it was new
    note({{"kind", "control"},
          {"request", "set"},
          {"state", "applied"},
          {"parameter", tuning.parameter},
          {"value", to_text(tuning.value)}});
  }
  setting_.component->tune(Params(setting_.params));
}

void StageContext::finish_epoch(int64_t epoch, int64_t count) {
  {
    const Recorder::Commit commit(*recorder_);
    note({{"kind", "epoch"}, {"epochs", count}, {"seconds", seconds_since(epoch_started_)}, {"losses", losses_}});
    write_recorded();
    if (!setting_.epoch_file.empty()) save_epoch(epoch, recorder_->last_seq());
  }
  if (epoch == count) {
    setting_.position.epoch = 0;
    reseed(count + 1);  // as a resumed run that finds all epochs done
  }
  if (stop_requested()) throw Stopped("stopped by the user");
}

void StageContext::save_epoch(int64_t epoch, int64_t seq) {
  const trace::Span span(trace::Kind::checkpoint, "save an epoch");
  State state;
  setting_.component->state(state);
  store::write(setting_.epoch_file, {state.tensors(),
                                     {{"epoch", std::to_string(epoch)},
                                      {"loop", std::to_string(loops_entered_)},
                                      {"seq", std::to_string(seq)},
                                      {"seconds", std::to_string(seconds())},
                                      {"random", used_random_ ? "yes" : "no"},
                                      {"build_id", setting_.build_id}}});
}

}  // namespace hashloom::engine
