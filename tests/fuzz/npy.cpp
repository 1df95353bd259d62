// Any bytes are a matrix or an error; a matrix written again is the same one.
#include <algorithm>
#include <events/npy.hpp>
#include <stdexcept>

using namespace hashloom::events;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  try {
    const auto read = from_npy(std::as_bytes(std::span(data, size)));
    std::visit(
        [&](const auto& values) {
          const auto again = from_npy(npy(std::span(values), read.rows, read.columns));
          const auto& other = std::get<std::decay_t<decltype(values)>>(again.values);
          if (!std::ranges::equal(std::as_bytes(std::span(values)), std::as_bytes(std::span(other)))) __builtin_trap();
        },
        read.values);
  } catch (const std::runtime_error&) {
  }
  return 0;
}
