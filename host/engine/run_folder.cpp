#include <fmt/format.h>
#include <hashloom/abi.h>
#include <torch/version.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <engine/run_folder.hpp>
#include <fstream>
#include <memory>
#include <mutex>
#include <store/atomic_file.hpp>

namespace hashloom::engine {
namespace {

using nlohmann::json;

std::string slug(const std::string& name) {
  std::string text;
  for (const char c : name)
    if (std::isalnum(static_cast<unsigned char>(c)))
      text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!text.empty() && text.back() != '-')
      text += '-';
  while (!text.empty() && text.back() == '-') text.pop_back();
  return text.empty() ? "run" : text;
}

std::string now_text(const char* format) {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  std::array<char, 64> text{};
  std::strftime(text.data(), text.size(), format, &local);
  return text.data();
}

/// First line that a git command prints about the folder of `file`; empty where there is no git or no repository.
std::string git(const std::filesystem::path& file, const std::string& arguments) {
  const auto folder = std::filesystem::absolute(file).parent_path().string();
  if (folder.find('\'') != std::string::npos) return {};
  const std::string command = "git -C '" + folder + "' " + arguments + " 2>/dev/null";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
  std::array<char, 256> line{};
  if (!pipe || !fgets(line.data(), line.size(), pipe.get())) return {};
  std::string text = line.data();
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

json read_json(const std::filesystem::path& file) {
  std::ifstream in(file);
  return json::parse(in);
}

}  // namespace

std::filesystem::path fresh_folder(const std::filesystem::path& runs, const std::string& name) {
  std::filesystem::create_directories(runs);
  const auto base = runs / (slug(name) + "-" + now_text("%Y%m%d-%H%M%S"));
  auto folder = base;
  for (int i = 2; !std::filesystem::create_directory(folder); ++i) folder = base.string() + "-" + std::to_string(i);
  return folder;
}

Origin origin_of(const std::vector<std::string>& command, const std::filesystem::path& workflow) {
  return {command, git(workflow, "rev-parse HEAD"), !git(workflow, "status --porcelain").empty()};
}

void write_run_record(const std::filesystem::path& folder, const RunRecord& record, const Origin& origin) {
  const json all{
      {"schema", 1},
      {"workflow", workflow::to_json(record.workflow)},
      {"command", origin.command},
      {"started", now_text("%Y-%m-%dT%H:%M:%S%z")},
      {"host", host_name()},
      {"seed", record.workflow.seed},
      {"threads", record.machine.threads},
      {"device", record.machine.device.str()},
      {"bf16", record.machine.bf16},
      {"instructions", record.instructions},
      {"forced", record.forced},
      {"versions", {{"hashloom", HASHLOOM_VERSION}, {"sdk_abi", HASHLOOM_SDK_ABI}, {"libtorch", TORCH_VERSION}}},
      {"git", {{"commit", origin.commit}, {"changed", origin.changed}}},
      {"label_use", json::object()}};
  store::write_atomically(folder / "run.json", all.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
}

std::filesystem::path make_run_folder(const std::filesystem::path& runs, const RunRecord& record,
                                      const std::vector<std::string>& command) {
  const auto folder = fresh_folder(runs, record.workflow.name);
  write_run_record(folder, record, origin_of(command, record.workflow.file));
  return folder;
}

RunRecord read_run_record(const std::filesystem::path& run) {
  if (!std::filesystem::exists(run))
    throw DataError(fmt::format("there is no folder '{}'", run.string()), "see: hashloom runs");
  if (!std::filesystem::exists(run / "run.json"))
    throw DataError(fmt::format("'{}' is no run's folder: it has no run.json", run.string()), "see: hashloom runs");
  try {
    const auto all = read_json(run / "run.json");
    return {workflow::from_json(all.at("workflow")),
            {at::Device(all.at("device").get<std::string>()), all.at("bf16"), all.at("threads")},
            all.at("instructions"),
            all.at("forced")};
  } catch (const std::exception& error) {
    throw DataError(fmt::format("{} can't be understood: {}", (run / "run.json").string(), error.what()),
                    "the run can't go on; begin it anew with: hashloom run");
  }
}

void remove_drafts(const std::filesystem::path& run) {
  std::vector<std::filesystem::path> drafts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(run))
    if (entry.path().filename().string().find(".tmp") != std::string::npos) drafts.push_back(entry.path());
  for (const auto& draft : drafts) std::filesystem::remove(draft);
}

void note_label_use(const std::filesystem::path& run, const std::string& stage, const std::string& use) {
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  auto all = read_json(run / "run.json");
  all["label_use"][stage] = use;
  store::write_atomically(run / "run.json", all.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
}

}  // namespace hashloom::engine
