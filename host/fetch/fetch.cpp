#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <fetch/catalogue.hpp>
#include <fetch/check.hpp>
#include <fetch/fetch.hpp>
#include <hashloom/errors.hpp>

namespace hashloom::fetch {
namespace {

namespace fs = std::filesystem;
constexpr double kMegabyte = 1e6;

/// Tells the listener about one file, as if it were a stage.
class Reporter {
 public:
  Reporter(events::Listener& listener, std::string file) : listener_(listener), file_(std::move(file)) {}

  void tell(const char* state) const {
    nlohmann::json event{{"kind", "stage"}, {"stage", file_}, {"state", state}};
    if (state != std::string("started")) event["seconds"] = seconds();
    listener_.on_event(event);
  }

  void bytes(int64_t done, int64_t total) {
    if (done > 0 && first_ < 0) first_ = done;
    const auto rate = static_cast<double>(done - std::max<int64_t>(first_, 0)) / kMegabyte / std::max(seconds(), 1e-3);
    listener_.on_event({{"kind", "progress"},
                        {"stage", file_},
                        {"done", static_cast<double>(done) / kMegabyte},
                        {"total", static_cast<double>(total) / kMegabyte},
                        {"unit", "MB"},
                        {"rate", rate}});
  }

 private:
  using Clock = std::chrono::steady_clock;
  double seconds() const { return std::chrono::duration<double>(Clock::now() - began_).count(); }

  events::Listener& listener_;
  std::string file_;
  Clock::time_point began_ = Clock::now();
  int64_t first_ = -1;
};

/// One file on its way to the target folder.
struct Errand {
  const RemoteDataset& dataset;
  const RemoteFile& file;
  const Options& options;
  fs::path target;  ///< the folder

  fs::path destination() const { return target / file.name; }
  fs::path part() const { return target / (file.name + ".part"); }
  std::string by_hand() const {
    return fmt::format("put it into {}, or have a folder with {}/{} and try: hashloom fetch {} --mirror FOLDER",
                       target.string(), dataset.name, file.name, dataset.name);
  }
};

template <class Act>
void on_disk(const fs::path& file, const Act& act) {
  try {
    act();
  } catch (const fs::filesystem_error& error) {
    throw Error(fmt::format("can't write {}: {}", file.string(), error.code().message()),
                "make room there or make it writable, then run the same command again");
  }
}

void put_in_place(const Errand& errand) {
  on_disk(errand.destination(), [&] { fs::rename(errand.part(), errand.destination()); });
}

void copy_from_mirror(const Errand& errand) {
  const auto source = *errand.options.mirror / errand.dataset.name / errand.file.name;
  if (const auto wrong = objection(source, errand.file.md5); !wrong.empty())
    throw DataError(fmt::format("the mirror's {} {}", source.string(), wrong),
                    fmt::format("give a folder that has {} of its own, or leave --mirror out to download it",
                                errand.dataset.name + "/" + errand.file.name));
  on_disk(errand.part(), [&] {
    fs::remove(errand.part());
    fs::copy_file(source, errand.part());
    fs::permissions(errand.part(), fs::perms::owner_write, fs::perm_options::add);  // a mirror may be read-only
  });
  put_in_place(errand);
}

/// Why nothing good came from there; empty: it is complete and right.
std::string download_once(const std::string& url, const Errand& errand, Reporter& reporter) {
  const auto why = download(url, errand.part(), errand.options.patience,
                            [&](int64_t done, int64_t total) { reporter.bytes(done, total); });
  if (!why.empty()) return why;
  const auto wrong = objection(errand.part(), errand.file.md5);
  if (wrong.empty()) return "";
  fs::remove(errand.part());
  return "what came " + wrong;
}

/// A part that was there may be of a file that another server packed in another way: then all of it comes anew.
std::string download_checked(const std::string& url, const Errand& errand, Reporter& reporter) {
  std::error_code missing;
  const auto size = fs::file_size(errand.part(), missing);
  const bool goes_on = !missing && size > 0;
  const auto why = download_once(url, errand, reporter);
  const bool part_was_wrong = goes_on && !why.empty() && !fs::exists(errand.part());
  return part_was_wrong ? download_once(url, errand, reporter) : why;
}

void download_from_any(const Errand& errand, Reporter& reporter) {
  if (objection(errand.part(), errand.file.md5).empty()) return put_in_place(errand);
  const auto& urls = errand.options.urls.empty() ? errand.dataset.urls : errand.options.urls;
  std::string reasons;
  for (const auto& folder : urls) {
    const auto url = folder + (folder.ends_with('/') ? "" : "/") + errand.file.name;
    const auto why = download_checked(url, errand, reporter);
    if (why.empty()) return put_in_place(errand);
    reasons += fmt::format("\n  {}: {}", url, why);
  }
  throw Error(fmt::format("can't download {}{}", errand.file.name, reasons),
              "check the network and run the same command again: it goes on where it was\nor " + errand.by_hand());
}

/// Whether it had to come.
bool bring(const Errand& errand, events::Listener& listener) {
  Reporter reporter(listener, errand.file.name);
  if (objection(errand.destination(), errand.file.md5).empty()) {
    reporter.tell("cached");
    return false;
  }
  reporter.tell("started");
  try {
    errand.options.mirror ? copy_from_mirror(errand) : download_from_any(errand, reporter);
  } catch (const Error&) {
    reporter.tell("failed");
    throw;
  }
  reporter.tell("finished");
  return true;
}

}  // namespace

fs::path default_folder(const std::string& dataset) {
  const char* data = std::getenv("XDG_DATA_HOME");
  const char* home = std::getenv("HOME");
  const bool has_data = data != nullptr && *data == '/';  // others are to be ignored (XDG base directories)
  if (!has_data && (home == nullptr || *home == '\0'))
    throw Error("no folder for data sets: neither XDG_DATA_HOME nor HOME is set", "set one of them");
  return (has_data ? fs::path(data) : fs::path(home) / ".local/share") / "hashloom/datasets" / dataset;
}

Fetched fetch(const std::string& dataset, const Options& options, events::Listener& listener) {
  return fetch(find_dataset(dataset), options, listener);
}

Fetched fetch(const RemoteDataset& dataset, const Options& options, events::Listener& listener) {
  Fetched fetched{options.target.empty() ? default_folder(dataset.name) : options.target};
  on_disk(fetched.folder, [&] { fs::create_directories(fetched.folder); });
  for (const auto& file : dataset.files)
    ++(bring({dataset, file, options, fetched.folder}, listener) ? fetched.came : fetched.were_there);
  return fetched;
}

}  // namespace hashloom::fetch
