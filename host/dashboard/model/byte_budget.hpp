#pragma once
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <utility>

namespace hashloom::dash {

/// Keeps values until they are together larger than `most` bytes; then those go that were asked for the longest time
/// ago. The one asked for last stays, whatever its size.
template <class Key, class Value>
class ByteBudget {
 public:
  using Gone = std::function<void(Value&)>;
  explicit ByteBudget(int64_t most, Gone gone = {}) : most_(most), gone_(std::move(gone)) {}
  ~ByteBudget() {
    if (gone_)
      for (auto& entry : entries_) gone_(entry.value);
  }
  ByteBudget(const ByteBudget&) = delete;
  ByteBudget& operator=(const ByteBudget&) = delete;

  /// Null where it is not there.
  Value* find(const Key& key) {
    const auto place = places_.find(key);
    if (place == places_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, place->second);
    return &place->second->value;
  }

  Value& put(const Key& key, Value value, int64_t bytes) {
    entries_.push_front({key, std::move(value), bytes});
    places_[key] = entries_.begin();
    bytes_ += bytes;
    while (bytes_ > most_ && entries_.size() > 1) drop_last();
    return entries_.front().value;
  }

  int64_t bytes() const { return bytes_; }

 private:
  struct Entry {
    Key key;
    Value value;
    int64_t bytes;
  };

  void drop_last() {
    if (gone_) gone_(entries_.back().value);
    bytes_ -= entries_.back().bytes;
    places_.erase(entries_.back().key);
    entries_.pop_back();
  }

  int64_t most_, bytes_ = 0;
  Gone gone_;
  std::list<Entry> entries_;  ///< the one asked for last first
  std::map<Key, typename std::list<Entry>::iterator> places_;
};

}  // namespace hashloom::dash
