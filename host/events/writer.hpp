#pragma once
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>
#include <string>

namespace hashloom::events {

/// Raised when a field of an event changes its meaning; readers refuse a newer one.
inline constexpr int kSchema = 1;

/// Appends to a run's events.jsonl and blobs/ (docs/events.md lists kinds and fields). Used by one thread at a time.
class Writer {
 public:
  /// Opens run/events.jsonl for appending, made if it is not there; numbering goes on after the last complete line, and
  /// a torn last line is cut off. Throws std::filesystem::filesystem_error or std::system_error if it can't be written.
  explicit Writer(std::filesystem::path run);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Adds schema, seq, wall (seconds since 1970) and mono (seconds of the monotonic clock) and appends one line in a
  /// single write(). Returns seq. Throws std::system_error when the disk does not take it.
  int64_t write(nlohmann::json event);

  /// Stores the bytes under blobs/<sha256>.<extension>, by atomic rename, unless they are there. Returns the file's
  /// name.
  std::string put_blob(std::span<const std::byte> bytes, const std::string& extension);

  int64_t last_seq() const { return last_seq_; }  ///< -1 before the first event

 private:
  std::filesystem::path run_;
  int file_ = -1;
  int64_t last_seq_ = -1;
};

}  // namespace hashloom::events
