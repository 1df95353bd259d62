#pragma once
#include <filesystem>
#include <string>

namespace hashloom::fetch {

/// Empty if `file` is a gzip file whose contents have that MD5, else what is wrong with it: "is not there", "is no gzip
/// file", "is truncated: ...", "has the wrong contents: ...". Throws Error if it is there and can't be read.
std::string objection(const std::filesystem::path& file, const std::string& md5);

}  // namespace hashloom::fetch
