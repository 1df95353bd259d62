#pragma once
#include <engine/values.hpp>
#include <filesystem>
#include <optional>

namespace hashloom::engine {

/// Results of stages outside of loops, by content key: features and codes, with the state that made them.
class ResultCache {
 public:
  explicit ResultCache(std::filesystem::path folder) : folder_(std::move(folder)) {}

  struct Entry {
    Ports outputs;
    std::map<std::string, Tensor> state;
  };
  /// Nothing if there is no such entry; one that can't be read is removed, for it will be made anew.
  std::optional<Entry> find(const std::string& key) const;
  /// Throws std::system_error if it can't be written.
  void put(const std::string& key, const Entry& entry) const;

 private:
  std::filesystem::path file(const std::string& key) const { return folder_ / (key + ".safetensors"); }
  std::filesystem::path folder_;
};

/// ${XDG_CACHE_HOME:-~/.cache}/hashloom
std::filesystem::path cache_folder();

}  // namespace hashloom::engine
