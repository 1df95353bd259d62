#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <events/reader.hpp>
#include <events/writer.hpp>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace hashloom::events {
namespace {

class File {
 public:
  explicit File(const std::filesystem::path& path)
      : path_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0 && errno != ENOENT) fail();
  }
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  bool is_there() const { return descriptor_ >= 0; }

  struct stat status() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) fail();
    return status;
  }

  /// Bytes begin to end, fewer where the file ends before.
  std::string read(int64_t begin, int64_t end) const {
    std::string text(static_cast<size_t>(end - begin), '\0');
    size_t have = 0;
    while (have < text.size()) {
      const auto got = ::pread(descriptor_, text.data() + have, text.size() - have, begin + static_cast<off_t>(have));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail();
      if (got == 0) break;
      have += static_cast<size_t>(got);
    }
    text.resize(have);
    return text;
  }

 private:
  [[noreturn]] void fail() const {
    throw std::system_error(errno, std::generic_category(), "can't read " + path_.string());
  }

  const std::filesystem::path& path_;
  int descriptor_;
};

bool has_integer(const nlohmann::json& event, const char* key) {
  const auto field = event.find(key);
  return field != event.end() && field->is_number_integer();
}

/// Nothing for a line that is no event.
std::optional<nlohmann::json> parse(std::string_view line, const std::filesystem::path& file) {
  auto event = nlohmann::json::parse(line, nullptr, false);
  if (!event.is_object() || !has_integer(event, "schema")) return std::nullopt;
  if (event["schema"].get<int64_t>() > kSchema)
    throw std::runtime_error(file.string() + " has events of schema " + event["schema"].dump() +
                             ", this program reads " + std::to_string(kSchema) +
                             ": use the Hashloom that wrote it, or a newer one");
  const auto kind = event.find("kind");
  if (!has_integer(event, "seq") || kind == event.end() || !kind->is_string()) return std::nullopt;
  return event;
}

struct Lines {
  std::vector<nlohmann::json> events;
  int64_t bad = 0;
  size_t size = 0;        ///< bytes, up to the last complete line's end
  std::string_view last;  ///< the last complete line
};

Lines complete_lines(std::string_view text, const std::filesystem::path& file) {
  Lines lines;
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', lines.size)) {
    lines.last = text.substr(lines.size, end + 1 - lines.size);
    lines.size = end + 1;
    auto event = parse(lines.last, file);
    if (event)
      lines.events.push_back(std::move(*event));
    else
      ++lines.bad;
  }
  return lines;
}

}  // namespace

Tailer::Tailer(std::filesystem::path run) : file_(std::move(run) / "events.jsonl") {}

Tailer::News Tailer::poll() {
  const File file(file_);
  if (!file.is_there()) return {};
  const auto status = file.status();
  const auto last_begin = offset_ - static_cast<int64_t>(last_line_.size());
  // A file that was written anew may have the old one's inode and be longer: then what was read last stands elsewhere.
  const bool replaced =
      status.st_ino != inode_ || status.st_size < offset_ || file.read(last_begin, offset_) != last_line_;
  const bool started_over = replaced && offset_ > 0;
  if (started_over) *this = Tailer(file_.parent_path());
  const auto text = file.read(offset_, status.st_size);
  auto lines = complete_lines(text, file_);
  offset_ += static_cast<int64_t>(lines.size);
  bad_lines_ += lines.bad;
  inode_ = status.st_ino;
  if (lines.size > 0) last_line_ = lines.last;
  return {std::move(lines.events), started_over};
}

std::vector<nlohmann::json> read(const std::filesystem::path& run) { return without_undone(Tailer(run).poll().events); }

std::vector<nlohmann::json> without_undone(std::vector<nlohmann::json> events) {
  std::vector<nlohmann::json> counting;
  for (auto& event : events) {
    if (event["kind"] == "resume" && has_integer(event, "after"))
      while (!counting.empty() && counting.back()["seq"] > event["after"]) counting.pop_back();
    counting.push_back(std::move(event));
  }
  return counting;
}

}  // namespace hashloom::events
