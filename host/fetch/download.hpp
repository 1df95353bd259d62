#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace hashloom::fetch {

/// Bytes there, bytes in all (0 while unknown).
using OnBytes = std::function<void(int64_t done, int64_t total)>;

/// How long a server may stay silent, in seconds.
struct Patience {
  long connect = 30, silence = 60;
};

/// Downloads by HTTP(S) into `part`, going on after the bytes that are there; where the server can't do that, or has no
/// more, from the start. What arrived stays there whatever happens. Returns why it was not completed, empty if it was.
/// Throws Error if `part` can't be written.
std::string download(const std::string& url, const std::filesystem::path& part, Patience patience,
                     const OnBytes& on_bytes);

}  // namespace hashloom::fetch
