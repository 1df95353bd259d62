#include <unistd.h>

#include <chrono>
#include <events/process.hpp>
#include <fstream>
#include <sstream>

namespace hashloom::events {
namespace {

constexpr double kSilentAfter = 30;  // seconds

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string host_name() {
  char name[256] = {};
  ::gethostname(name, sizeof name - 1);
  return name;
}

std::string boot_id() {
  auto id = text_of("/proc/sys/kernel/random/boot_id");
  while (!id.empty() && id.back() == '\n') id.pop_back();
  return id;
}

/// Field 22 of /proc/PID/stat (proc(5)); nothing if there is no such process or it is dead and only waited for.
std::optional<uint64_t> start_of(pid_t pid) {
  const auto stat = text_of("/proc/" + std::to_string(pid) + "/stat");
  const auto name_end = stat.rfind(')');  // the name may hold anything
  if (name_end == std::string::npos) return std::nullopt;
  std::istringstream fields(stat.substr(name_end + 1));
  std::string state, skipped;
  fields >> state;
  if (state == "Z" || state == "X") return std::nullopt;
  for (int field = 4; field < 22; ++field) fields >> skipped;
  uint64_t started = 0;
  if (!(fields >> started)) return std::nullopt;
  return started;
}

Process process_from(const nlohmann::json& json) {
  return {json.at("pid").get<pid_t>(), json.at("host").get<std::string>(), json.at("boot").get<std::string>(),
          json.at("started").get<uint64_t>()};
}

double seconds_since(std::filesystem::file_time_type time) {
  return std::chrono::duration<double>(std::filesystem::file_time_type::clock::now() - time).count();
}

}  // namespace

Process this_process() { return {::getpid(), host_name(), boot_id(), start_of(::getpid()).value_or(0)}; }

nlohmann::json to_json(const Process& process) {
  return {{"pid", process.pid}, {"host", process.host}, {"boot", process.boot}, {"started", process.started}};
}

std::optional<Beat> last_beat(const std::filesystem::path& run) {
  const auto file = run / "heartbeat.json";
  std::error_code missing;
  const auto touched = std::filesystem::last_write_time(file, missing);
  if (missing) return std::nullopt;
  try {
    return Beat{process_from(nlohmann::json::parse(text_of(file))), seconds_since(touched)};
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

bool writes_still(const Beat& beat) {
  if (beat.process.host != host_name()) return beat.age < kSilentAfter;
  return beat.process.boot == boot_id() && start_of(beat.process.pid) == beat.process.started;
}

}  // namespace hashloom::events
