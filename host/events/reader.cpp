#include <fcntl.h>
#include <simdjson.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <events/fields.hpp>
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

/// What simdjson finds of an event without reading all of it.
struct Head {
  int64_t schema = 0;
  std::string_view kind = {};  ///< empty: it lacks what every event of this schema has
};

class Heads {
 public:
  /// Nothing for a line that is no event of any schema. kPadding bytes after `line` may be read. Valid until the next
  /// call.
  std::optional<Head> of(std::string_view line) {
    simdjson::ondemand::document event;
    Head head;
    int64_t seq = 0;
    const simdjson::padded_string_view padded(line.data(), line.size(), line.size() + kPadding);
    if (parser_.iterate(padded).get(event) || event["schema"].get(head.schema)) return {};
    if (event["seq"].get(seq) || event["kind"].get(head.kind)) head.kind = {};
    return head;
  }
  static constexpr size_t kPadding = simdjson::SIMDJSON_PADDING;

 private:
  simdjson::ondemand::parser parser_;
};

void check_schema(int64_t schema, const std::filesystem::path& file) {
  if (schema > kSchema)
    throw std::runtime_error(file.string() + " has events of schema " + std::to_string(schema) +
                             ", this program reads " + std::to_string(kSchema) +
                             ": use the Hashloom that wrote it, or a newer one");
}

struct Lines {
  std::vector<nlohmann::json> events;
  int64_t bad = 0;
  size_t size = 0;        ///< bytes, up to the last complete line's end
  std::string_view last;  ///< the last complete line
};

/// Takes complete lines from a text that has room for simdjson behind it.
class LineReader {
 public:
  LineReader(std::string_view text, const Kinds& wanted, const std::filesystem::path& file)
      : text_(text), complete_(text.rfind('\n') + 1), wanted_(wanted), file_(file) {}

  Lines read() {
    Lines lines;
    while (lines.size < complete_) {
      const auto end = text_.find('\n', lines.size) + 1;
      lines.last = text_.substr(lines.size, end - lines.size);
      lines.size = end;
      if (!take(lines.last, end == complete_, lines.events)) ++lines.bad;
    }
    return lines;
  }

 private:
  bool is_wanted(std::string_view kind) const { return wanted_.empty() || kind == "resume" || wanted_.contains(kind); }

  /// False for a line that is no event.
  bool take(std::string_view line, bool is_last, std::vector<nlohmann::json>& events) {
    const auto head = heads_.of(line);
    if (!head) return false;
    check_schema(head->schema, file_);
    if (head->kind.empty()) return false;
    if (!is_last && !is_wanted(head->kind)) return true;
    auto event = nlohmann::json::parse(line, nullptr, false);
    if (event.is_discarded()) return false;
    events.push_back(std::move(event));
    return true;
  }

  std::string_view text_;
  size_t complete_;
  const Kinds& wanted_;
  const std::filesystem::path& file_;
  Heads heads_;
};

}  // namespace

Tailer::Tailer(std::filesystem::path run, Kinds wanted)
    : file_(std::move(run) / "events.jsonl"), wanted_(std::move(wanted)) {}

Tailer::News Tailer::poll() {
  const File file(file_);
  if (!file.is_there()) return {};
  const auto status = file.status();
  const auto last_begin = offset_ - static_cast<int64_t>(last_line_.size());
  // A file that was written anew may have the old one's inode and be longer: then what was read last stands elsewhere.
  const bool replaced =
      status.st_ino != inode_ || status.st_size < offset_ || file.read(last_begin, offset_) != last_line_;
  const bool started_over = replaced && offset_ > 0;
  if (started_over) *this = Tailer(file_.parent_path(), std::move(wanted_));
  auto text = file.read(offset_, status.st_size);
  const auto size = text.size();
  text.resize(size + Heads::kPadding);
  auto lines = LineReader(std::string_view(text).substr(0, size), wanted_, file_).read();
  offset_ += static_cast<int64_t>(lines.size);
  bad_lines_ += lines.bad;
  inode_ = status.st_ino;
  if (lines.size > 0) last_line_ = lines.last;
  return {std::move(lines.events), started_over};
}

std::vector<nlohmann::json> read(const std::filesystem::path& run, const Kinds& wanted) {
  return without_undone(Tailer(run, wanted).poll().events);
}

std::vector<nlohmann::json> without_undone(std::vector<nlohmann::json> events) {
  std::vector<nlohmann::json> counting;
  for (auto& event : events) {
    if (const auto after = integer(event, "after"); after && event["kind"] == "resume")
      while (!counting.empty() && counting.back()["seq"] > *after) counting.pop_back();
    counting.push_back(std::move(event));
  }
  return counting;
}

}  // namespace hashloom::events
