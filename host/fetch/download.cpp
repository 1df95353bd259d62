#include <curl/curl.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fetch/download.hpp>
#include <hashloom/errors.hpp>
#include <memory>

namespace hashloom::fetch {
namespace {

constexpr int kTries = 5;

[[noreturn]] void cannot_write(const std::filesystem::path& file, int reason) {
  throw Error(fmt::format("can't write {}: {}", file.string(), std::strerror(reason)),
              "make room there or make it writable, then run the same command again: it goes on where it was");
}

/// The file that a download is appended to.
class PartialFile {
 public:
  explicit PartialFile(const std::filesystem::path& path)
      : path_(path), descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) {
    if (descriptor_ < 0) cannot_write(path_, errno);
  }
  ~PartialFile() { ::close(descriptor_); }
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;

  int64_t size() const { return std::max<int64_t>(::lseek(descriptor_, 0, SEEK_END), 0); }

  void clear() {
    if (::ftruncate(descriptor_, 0) != 0) cannot_write(path_, errno);
  }

  bool append(const char* bytes, size_t size) {
    while (size > 0) {
      const auto written = ::write(descriptor_, bytes, size);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) {
        reason_ = errno;
        return false;
      }
      bytes += written;
      size -= static_cast<size_t>(written);
    }
    return true;
  }

  void throw_if_failed() const {
    if (reason_ != 0) cannot_write(path_, reason_);
  }

 private:
  const std::filesystem::path& path_;
  int descriptor_, reason_ = 0;
};

size_t take_bytes(const char* bytes, size_t one, size_t count, void* file) {
  return static_cast<PartialFile*>(file)->append(bytes, count) ? count : 0;  // 0: curl stops with an error
}

struct Progress {
  const OnBytes& on_bytes;
  int64_t already;
};

int take_progress(void* progress, curl_off_t total, curl_off_t done, curl_off_t, curl_off_t) {
  const auto& [on_bytes, already] = *static_cast<Progress*>(progress);
  on_bytes(already + done, total > 0 ? already + total : 0);
  return 0;
}

struct Outcome {
  CURLcode code;
  long status;  ///< of HTTP, 0: none
  std::string why;
  bool complete() const { return code == CURLE_OK; }
  /// The bytes that are there are of no use to this server: it can't go on after them, or has no more than them.
  bool must_start_over() const { return code == CURLE_RANGE_ERROR || status == 416; }
  bool may_go_on() const { return status < 400; }
};

Outcome outcome_of(CURL* curl, CURLcode code, const char* said) {
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  return {code, status, *said != '\0' ? said : curl_easy_strerror(code)};
}

Outcome try_once(const std::string& url, PartialFile& file, Patience patience, const OnBytes& on_bytes) {
  static const auto initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (initialised != CURLE_OK) throw Error("libcurl can't start", "install libcurl4 anew");
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup);
  char said[CURL_ERROR_SIZE] = "";
  Progress progress{on_bytes, file.size()};
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "hashloom");
  curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, patience.connect);
  curl_easy_setopt(curl.get(), CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_LOW_SPEED_TIME, patience.silence);
  curl_easy_setopt(curl.get(), CURLOPT_RESUME_FROM_LARGE, static_cast<curl_off_t>(progress.already));
  curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, said);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &take_bytes);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &file);
  curl_easy_setopt(curl.get(), CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl.get(), CURLOPT_XFERINFOFUNCTION, &take_progress);
  curl_easy_setopt(curl.get(), CURLOPT_XFERINFODATA, &progress);
  const auto code = curl_easy_perform(curl.get());
  return outcome_of(curl.get(), code, said);
}

}  // namespace

std::string download(const std::string& url, const std::filesystem::path& part, Patience patience,
                     const OnBytes& on_bytes) {
  PartialFile file(part);
  std::string why;
  for (int i = 0; i < kTries; ++i) {
    const auto before = file.size();
    const auto outcome = try_once(url, file, patience, on_bytes);
    file.throw_if_failed();
    if (outcome.complete()) return "";
    why = outcome.why;
    if (outcome.must_start_over() && before > 0)
      file.clear();
    else if (!outcome.may_go_on() || file.size() == before)
      break;
  }
  if (file.size() == 0) std::filesystem::remove(part);
  return why;
}

}  // namespace hashloom::fetch
