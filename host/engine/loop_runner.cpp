#include <fmt/format.h>

#include <engine/loop_runner.hpp>
#include <engine/ports_file.hpp>
#include <engine/recorded_codes.hpp>
#include <engine/run_failed.hpp>
#include <engine/side_by_side.hpp>
#include <engine/stage_runner.hpp>
#include <future>
#include <graph/graph.hpp>
#include <trace/trace.hpp>

namespace hashloom::engine {
namespace {

/// One loop on its way: `carried` is what the next round starts from.
class LoopRun {
 public:
  LoopRun(Job& job, const workflow::Loop& loop, Bindings& bindings, int64_t limit)
      : job_(job), loop_(loop), bindings_(bindings), limit_(limit) {
    carried_ = bindings.all(loop.carry);
    bindings_.set(loop.name, carried_);
  }

  void run() {
    int64_t round = last_done();
    auto changed = round > 0 ? reload(round) : std::nullopt;
    try {
      if (round < 0) close_beside(round = 0, {});
      while (round < loop_.rounds && !settled(changed)) {
        if (job_.control.stop_after_round()) throw Stopped("stopped after the round");
        changed = run_round(++round);
      }
    } catch (...) {
      abandon_closing();
      throw;
    }
    wait_for_closing();
    end(round, settled(changed) ? "codes settled" : "rounds");
  }

 private:
  std::string unit(int64_t round) const { return loop_.name + "/" + std::to_string(round); }
  std::string carry_unit(int64_t round) const { return unit(round) + "/.carry"; }  // no stage is named so

  int64_t last_done() const {
    for (int64_t round = loop_.rounds; round >= 0; --round)
      if (job_.ledger.done(unit(round))) return round;
    return -1;
  }

  /// The first carried codes; null if none are carried.
  static const Splits<Codes>* codes_in(const Ports& carried) {
    for (const auto& [name, value] : carried)
      if (value.type == port::kCodes) return &value.as<Splits<Codes>>();
    return nullptr;
  }

  bool settled(std::optional<double> changed) const {
    return changed && loop_.until_changed_bits && *changed < *loop_.until_changed_bits;
  }

  void end(int64_t rounds, const std::string& why) {
    if (job_.ledger.done(loop_.name)) return;
    const int64_t seq =
        job_.recorder.record({{"kind", "loop"}, {"loop", loop_.name}, {"rounds", rounds}, {"why", why}});
    job_.ledger.mark(loop_.name, {}, seq);
  }

  /// What a round that was done before has carried out; its changed bits.
  std::optional<double> reload(int64_t round) {
    const auto file = store::read(job_.checkpoint(carry_unit(round)));
    carried_ = ports_from(file);
    bindings_.set(loop_.name, carried_);
    const std::string& changed = file.notes.at("changed_bits");
    return changed.empty() ? std::nullopt : std::optional(std::stod(changed));
  }

  std::string place(int64_t round) const { return fmt::format("loop '{}', round {}", loop_.name, round); }

  /// `next` has to give what `carry` gave: else the next round's stages see other codes than those that they know.
  void check_lengths(const Ports& before, int64_t round) const {
    for (const auto& [name, value] : before) {
      if (value.type != port::kCodes) continue;
      const int64_t had = value.as<Splits<Codes>>().train.bits();
      const int64_t has = carried_.at(name).as<Splits<Codes>>().train.bits();
      const auto& from = loop_.next.at(name);
      if (had != has)
        throw RunFailed(fmt::format("{}: '{}.{}' gives codes of {} bits, the loop carries {}", place(round), from.node,
                                    from.port, has, had),
                        {}, fmt::format("let '{}' give codes of {} bits", from.node, had), true);
    }
  }

  std::optional<double> run_round(int64_t round) {
    job_.control.round_begins(round);
    const auto order = graph::order(loop_.stages);
    side_by_side(
        graph::needs(loop_.stages), limit_,
        [&](size_t place) {
          const auto& stage = loop_.stages[order[place]];
          bindings_.set(stage.name, perform(job_, {&stage, round, bindings_.inputs_of(stage)}));
        },
        [&] { job_.failing = true; });
    const Ports before = std::exchange(carried_, bindings_.all(loop_.next));
    check_lengths(before, round);
    bindings_.set_previous(loop_.name, before);
    bindings_.set(loop_.name, carried_);
    const auto *now = codes_in(carried_), *then = codes_in(before);
    const auto changed = now && then ? std::optional(now->train.changed_since(then->train)) : std::nullopt;
    close_beside(round, changed);
    return changed;
  }

  /// Observers run while the next round trains; a round is closed before the next one is.
  void close_beside(int64_t round, std::optional<double> changed) {
    wait_for_closing();
    std::vector<Task> observations;
    for (const auto& observer : loop_.observers)
      if (round > 0 || observer.starts_at_zero)
        observations.push_back({&observer, round, bindings_.inputs_of(observer)});
    closing_ = std::async(std::launch::async, [=, this, carried = carried_, observations = std::move(observations)] {
      try {
        for (const auto& observation : observations) perform(job_, observation);
        close(round, changed, carried);
      } catch (const Stopped&) {
        throw;
      } catch (...) {
        job_.failing = true;
        throw;
      }
    });
  }

  void wait_for_closing() {
    const trace::Span span(trace::Kind::waiting, "for observers");
    if (closing_.valid()) closing_.get();
  }

  /// After a throw in the round that trains: what an observer has thrown is the cause, if it is no Stopped.
  void abandon_closing() {
    try {
      wait_for_closing();
    } catch (const Stopped&) {
    }
  }

  /// Values that are made later are made before others have to wait: making them may tell something.
  void close(int64_t round, std::optional<double> changed, const Ports& carried) {
    const trace::Span span(trace::Kind::codes, "close a round");
    for (const auto& [name, value] : carried) value.held();
    const Recorder::Commit commit(job_.recorder);
    record_codes(round, carried);
    const double seconds = job_.ledger.seconds_below(unit(round) + "/");
    nlohmann::json event{{"kind", "round"}, {"loop", loop_.name}, {"round", round}, {"seconds", seconds}};
    if (changed) event["changed_bits"] = *changed;
    if (const auto* codes = codes_in(carried)) event["distinct_codes"] = codes->train.distinct();
    const int64_t seq = job_.recorder.record(event);
    save_carry(round, changed, carried);
    job_.ledger.mark(unit(round), {}, seq);
    forget(round - 2);
  }

  void save_carry(int64_t round, std::optional<double> changed, const Ports& carried) {
    auto file = to_file(carried);
    file.notes["changed_bits"] = changed ? fmt::format("{}", *changed) : "";
    store::write(job_.checkpoint(carry_unit(round)), file);
  }

  void record_codes(int64_t round, const Ports& carried) {
    for (const auto& [name, value] : carried)
      if (value.type == port::kCodes)
        engine::record_codes(job_.recorder, {{"loop", loop_.name}, {"round", round}}, name, value.as<Splits<Codes>>());
  }

  /// Checkpoints of rounds that nothing goes back to.
  void forget(int64_t round) {
    if (round >= 0) std::filesystem::remove_all(job_.folder / "checkpoints" / unit(round) / "");
  }

  Job& job_;
  const workflow::Loop& loop_;
  Bindings& bindings_;
  int64_t limit_;
  Ports carried_;
  std::future<void> closing_;
};

}  // namespace

void run_loop(Job& job, const workflow::Loop& loop, Bindings& bindings, int64_t limit) {
  LoopRun(job, loop, bindings, limit).run();
}

}  // namespace hashloom::engine
