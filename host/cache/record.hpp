#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace hashloom::cache {

/// What a result in the cache is, and what it cost.
struct Record {
  std::string key;       ///< 64 hex digits
  nlohmann::json parts;  ///< what the key was made from, so that a plan can say what is different
  std::string workflow;  ///< name of the workflow that made it
  std::string path;      ///< "gist", "pgh/gan": its stage there
  std::string uses;
  int64_t round = 0;      ///< 0 outside of loops and before round 1
  uint64_t seed = 0;      ///< of the run that made it
  double seconds = 0;     ///< that making it took
  std::string label_use;  ///< of a data set
  nlohmann::json images;  ///< of a data set: what its images look like, so that nobody has to read them for that
  int64_t bytes = 0;      ///< of the files of this entry
  int64_t used = 0;       ///< when it was made or taken last, seconds since 1970
};

/// Without bytes and used, which the file system knows.
nlohmann::json to_json(const Record& record);
/// Throws nlohmann::json::exception for other JSON.
Record record_from(const nlohmann::json& json);

}  // namespace hashloom::cache
