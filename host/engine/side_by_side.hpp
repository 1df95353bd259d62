#pragma once
#include <cstdint>
#include <functional>
#include <vector>

namespace hashloom::engine {

/// Calls work(i) for i in [0, needs.size()), each after work of all needs[i], at most `limit` at once, the smallest
/// free i first; with a limit of 1 in order and in this thread. After a throw nothing new begins, `failed` is called,
/// and when all that had begun is over the error is thrown: the first one that was no Stopped, else the Stopped.
void side_by_side(const std::vector<std::vector<size_t>>& needs, int64_t limit, const std::function<void(size_t)>& work,
                  const std::function<void()>& failed);

}  // namespace hashloom::engine
