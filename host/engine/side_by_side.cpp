#include <condition_variable>
#include <engine/side_by_side.hpp>
#include <exception>
#include <hashloom/errors.hpp>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

namespace hashloom::engine {
namespace {

/// Work that several threads take from.
class Schedule {
 public:
  Schedule(const std::vector<std::vector<size_t>>& needs, const std::function<void(size_t)>& work,
           const std::function<void()>& failed)
      : work_(work), failed_(failed), left_(needs.size()), waits_for_(needs.size()), readers_(needs.size()) {
    for (size_t i = 0; i < needs.size(); ++i) {
      for (const size_t need : needs[i]) readers_[need].push_back(i);
      if ((waits_for_[i] = needs[i].size()) == 0) free_.insert(i);
    }
  }

  void take_until_done() {
    while (const auto next = take()) {
      try {
        work_(*next);
        finish(*next);
      } catch (...) {
        fail(std::current_exception());
      }
    }
  }

  void throw_if_failed() {
    if (error_) std::rethrow_exception(error_);
    if (stopped_) std::rethrow_exception(stopped_);
  }

 private:
  bool has_failed() const { return error_ || stopped_; }

  std::optional<size_t> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return has_failed() || left_ == 0 || !free_.empty(); });
    if (has_failed() || left_ == 0) return {};
    const size_t next = *free_.begin();
    free_.erase(free_.begin());
    return next;
  }

  void finish(size_t i) {
    const std::lock_guard lock(mutex_);
    --left_;
    for (const size_t reader : readers_[i])
      if (--waits_for_[reader] == 0) free_.insert(reader);
    changed_.notify_all();
  }

  void fail(std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    try {
      std::rethrow_exception(error);
    } catch (const Stopped&) {
      if (!stopped_) stopped_ = error;
    } catch (...) {
      if (!error_) error_ = error;
      failed_();
    }
    changed_.notify_all();
  }

  const std::function<void(size_t)>& work_;
  const std::function<void()>& failed_;
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t left_;
  std::vector<size_t> waits_for_;
  std::vector<std::vector<size_t>> readers_;
  std::set<size_t> free_;
  std::exception_ptr error_, stopped_;
};

}  // namespace

void side_by_side(const std::vector<std::vector<size_t>>& needs, int64_t limit, const std::function<void(size_t)>& work,
                  const std::function<void()>& failed) {
  Schedule schedule(needs, work, failed);
  {
    std::vector<std::jthread> helpers;
    const auto most = std::min<int64_t>(limit, static_cast<int64_t>(needs.size()));
    for (int64_t i = 1; i < most; ++i) helpers.emplace_back([&] { schedule.take_until_done(); });
    schedule.take_until_done();
  }
  schedule.throw_if_failed();
}

}  // namespace hashloom::engine
