#pragma once
#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <functional>
#include <string>

namespace hashloom::bench {

inline double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// "WALL CPU", seconds that the work took.
inline std::string clocked(const std::function<void()>& work) {
  const auto began = std::chrono::steady_clock::now();
  const double cpu = cpu_seconds();
  work();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
  return fmt::format("{:.4f} {:.4f}", wall.count(), cpu_seconds() - cpu);
}

}  // namespace hashloom::bench
