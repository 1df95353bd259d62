#pragma once
#include <cache/record.hpp>
#include <filesystem>
#include <optional>
#include <store/tensor_file.hpp>
#include <vector>

namespace hashloom::cache {

/// Results of stages by content key, in a folder that many processes share. An entry is KEY.entry (a line with its
/// record, a line with the events that its stage recorded, a line with their SHA-256) and, where there is something to
/// hold, KEY.safetensors, written before. Nothing is locked: files appear by atomic rename, and deleting any of them at
/// any time only makes a later run slower.
class Cache {
 public:
  explicit Cache(std::filesystem::path folder) : folder_(std::move(folder)) {}

  struct Entry {
    Record record;
    nlohmann::json events;  ///< metrics, pictures, curves, warnings and epochs, in order
  };
  /// Nothing if there is no such entry. Throws store::CorruptFile, naming the file, if its bytes were altered.
  std::optional<Entry> find(const std::string& key) const;

  bool has_tensors(const std::string& key) const;
  /// Throws store::CorruptFile, or std::filesystem::filesystem_error if it can't be read.
  store::TensorFile tensors(const std::string& key) const;

  /// Throws std::system_error if it can't be written.
  void put(const Entry& entry, const store::TensorFile& tensors) const;
  /// Notes that it was of use now.
  void touch(const std::string& key) const;
  void remove(const std::string& key) const;

  /// Every entry that can be read, in no order.
  std::vector<Record> list() const;

  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path entry_file(const std::string& key) const { return folder_ / (key + ".entry"); }
  std::filesystem::path tensor_file(const std::string& key) const { return folder_ / (key + ".safetensors"); }
  std::filesystem::path folder_;
};

/// Where results are kept: ${HASHLOOM_CACHE:-${XDG_CACHE_HOME:-~/.cache}/hashloom/results}.
std::filesystem::path results_folder();

}  // namespace hashloom::cache
