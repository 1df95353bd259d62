#include "items_by_code.hpp"

#include <string_view>
#include <unordered_map>

namespace hashloom {
namespace {

std::string_view bytes(std::span<const uint64_t> words) {
  return {reinterpret_cast<const char*>(words.data()), words.size_bytes()};
}

}  // namespace

std::vector<std::vector<int64_t>> items_by_code(const Codes& codes) {
  std::unordered_map<std::string_view, size_t> place;
  std::vector<std::vector<int64_t>> groups;
  for (int64_t n = 0; n < codes.items(); ++n) {
    const auto [at, added] = place.try_emplace(bytes(codes.row(n)), groups.size());
    if (added) groups.emplace_back();
    groups[at->second].push_back(n);
  }
  return groups;
}

}  // namespace hashloom
