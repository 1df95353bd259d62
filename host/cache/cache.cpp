#include <fcntl.h>
#include <sys/stat.h>

#include <cache/cache.hpp>
#include <cstdlib>
#include <events/sha256.hpp>
#include <fstream>
#include <store/atomic_file.hpp>

namespace hashloom::cache {
namespace {

using nlohmann::json;

constexpr std::string_view kEntry = ".entry";

/// The lines of an entry's file; fewer where it is cut short.
std::vector<std::string> lines_of(const std::filesystem::path& file, size_t most) {
  std::ifstream in(file);
  std::vector<std::string> lines;
  for (std::string line; lines.size() < most && std::getline(in, line);) lines.push_back(line);
  return lines;
}

[[noreturn]] void altered(const std::filesystem::path& file) {
  throw store::CorruptFile(file.string() + ": its bytes were altered or cut short");
}

Cache::Entry entry_in(const std::filesystem::path& file) {
  const auto lines = lines_of(file, 3);
  if (lines.size() != 3 || events::sha256(lines[0] + "\n" + lines[1]) != lines[2]) altered(file);
  try {
    return {record_from(json::parse(lines[0])), json::parse(lines[1])};
  } catch (const json::exception&) {
    throw store::CorruptFile(file.string() + ": an entry of another version of Hashloom");
  }
}

void add_file_facts(Record& record, const std::filesystem::path& entry, const std::filesystem::path& tensors) {
  struct stat facts {};
  if (stat(entry.c_str(), &facts) == 0) {
    record.bytes = facts.st_size;
    record.used = facts.st_mtime;
  }
  if (stat(tensors.c_str(), &facts) == 0) record.bytes += facts.st_size;
}

}  // namespace

std::optional<Cache::Entry> Cache::find(const std::string& key) const {
  const auto file = entry_file(key);
  if (!std::filesystem::exists(file)) return {};
  auto entry = entry_in(file);
  if (entry.record.key != key) altered(file);
  add_file_facts(entry.record, file, tensor_file(key));
  return entry;
}

bool Cache::has_tensors(const std::string& key) const { return std::filesystem::exists(tensor_file(key)); }

store::TensorFile Cache::tensors(const std::string& key) const { return store::read(tensor_file(key)); }

void Cache::put(const Entry& entry, const store::TensorFile& tensors) const {
  const auto& key = entry.record.key;
  if (!tensors.tensors.empty()) store::write(tensor_file(key), tensors);
  const auto text = to_json(entry.record).dump() + "\n" + entry.events.dump();
  store::write_atomically(entry_file(key), text + "\n" + events::sha256(text) + "\n");
}

void Cache::touch(const std::string& key) const { utimensat(AT_FDCWD, entry_file(key).c_str(), nullptr, 0); }

void Cache::remove(const std::string& key) const {
  std::error_code ignored;
  std::filesystem::remove(entry_file(key), ignored);
  std::filesystem::remove(tensor_file(key), ignored);
}

std::vector<Record> Cache::list() const {
  std::vector<Record> records;
  std::error_code missing;
  for (const auto& file : std::filesystem::directory_iterator(folder_, missing)) {
    if (file.path().extension() != kEntry) continue;
    const auto lines = lines_of(file.path(), 1);
    const auto json = lines.empty() ? json::object() : json::parse(lines[0], nullptr, false);
    try {
      records.push_back(record_from(json));
      add_file_facts(records.back(), file.path(), tensor_file(records.back().key));
    } catch (const json::exception&) {
      continue;  // told and removed when it is asked for
    }
  }
  return records;
}

std::filesystem::path results_folder() {
  if (const char* folder = std::getenv("HASHLOOM_CACHE"); folder && *folder) return folder;
  if (const char* folder = std::getenv("XDG_CACHE_HOME"); folder && *folder)
    return std::filesystem::path(folder) / "hashloom" / "results";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home ? home : "/tmp") / ".cache" / "hashloom" / "results";
}

}  // namespace hashloom::cache
