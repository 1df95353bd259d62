#include <chrono>
#include <csignal>
#include <engine/interrupt.hpp>
#include <list>
#include <sweep/child.hpp>
#include <sweep/runner.hpp>
#include <thread>

namespace hashloom::sweep {
namespace {

using Clock = std::chrono::steady_clock;
using engine::Stop;

constexpr std::chrono::milliseconds kPause{30};

struct Running {
  std::filesystem::path cell;
  Child child;
  Clock::time_point since = Clock::now();
};

class Runner {
 public:
  Runner(const std::vector<std::filesystem::path>& cells, const How& how, Watcher& watcher)
      : waiting_(cells.begin(), cells.end()), how_(how), watcher_(watcher) {}

  std::vector<Ended> run() {
    while (!running_.empty() || may_start()) {
      while (may_start()) start();
      hand_on_stop();
      collect();
      std::this_thread::sleep_for(kPause);
    }
    return std::move(ended_);
  }

 private:
  bool may_start() const {
    return told_ == Stop::no && engine::stop_asked() == Stop::no && !waiting_.empty() &&
           std::ssize(running_) < how_.at_once;
  }

  void start() {
    const auto cell = waiting_.front();
    waiting_.pop_front();
    auto arguments = how_.arguments;
    arguments.push_back(cell.string());
    running_.push_back({cell, Child(how_.program, arguments, cell / "console.log")});
    watcher_.on_start(cell);
  }

  void hand_on_stop() {
    const auto asked = engine::stop_asked();
    if (asked != told_ && told_ != Stop::at_once) tell(asked);
  }

  void tell(Stop stop) {
    told_ = stop;
    for (const auto& each : running_) each.child.signal(stop == Stop::after_epoch ? SIGINT : SIGTERM);
  }

  std::optional<int> status_of(Running& running) const {
    const auto status = running.child.status();
    const bool has_given_up = status == 0 && how_.is_finished && !how_.is_finished(running.cell);
    return has_given_up ? 1 : status;
  }

  void collect() {
    for (auto each = running_.begin(); each != running_.end();) {
      const auto status = status_of(*each);
      if (!status) {
        ++each;
        continue;
      }
      ended_.push_back({each->cell, *status, std::chrono::duration<double>(Clock::now() - each->since).count()});
      each = running_.erase(each);
      watcher_.on_end(ended_.back());
      if (*status != 0 && how_.fail_fast && told_ == Stop::no) tell(Stop::at_once);
    }
  }

  std::list<std::filesystem::path> waiting_;
  std::list<Running> running_;
  std::vector<Ended> ended_;
  const How& how_;
  Watcher& watcher_;
  Stop told_ = Stop::no;  ///< what the cells have been told
};

}  // namespace

std::vector<Ended> run_cells(const std::vector<std::filesystem::path>& cells, const How& how, Watcher& watcher) {
  return Runner(cells, how, watcher).run();
}

}  // namespace hashloom::sweep
