#pragma once
#include <ATen/Parallel.h>

#include <algorithm>
#include <functional>
#include <future>
#include <vector>

namespace hashloom::support {

/// Calls work(begin, end) for parts of [begin, end), side by side. (at::parallel_for does so only where a plugin is
/// compiled for LibTorch's OpenMP.)
template <class Work>
void in_parallel(int64_t begin, int64_t end, const Work& work) {
  const int64_t part = std::max<int64_t>(1, (end - begin + at::get_num_threads() - 1) / at::get_num_threads());
  std::vector<std::future<void>> parts;
  for (; end - begin > part; begin += part)
    parts.push_back(std::async(std::launch::async, std::cref(work), begin, begin + part));
  if (begin < end) work(begin, end);
  for (auto& running : parts) running.get();
}

}  // namespace hashloom::support
