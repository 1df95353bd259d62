#include <fmt/format.h>

#include <engine/seeds.hpp>
#include <events/sha256.hpp>

namespace hashloom::engine {

uint64_t seed_for(uint64_t run_seed, const std::string& path, int64_t round, int64_t epoch) {
  const auto digest = events::sha256(fmt::format("{}|{}|{}|{}", run_seed, path, round, epoch));
  return std::stoull(digest.substr(0, 16), nullptr, 16);
}

}  // namespace hashloom::engine
