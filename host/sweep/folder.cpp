#include <algorithm>
#include <cctype>
#include <set>
#include <store/atomic_file.hpp>
#include <sweep/folder.hpp>

namespace hashloom::sweep {
namespace {

using nlohmann::json;

constexpr size_t kLongestName = 100;

/// "bits=16, seed=1" -> "bits=16,seed=1"; what a file system may not like becomes '-'.
std::string folder_name(const std::string& label) {
  std::string name;
  for (const char c : label) {
    if (c == ' ') continue;
    const bool is_kept =
        std::isalnum(static_cast<unsigned char>(c)) || std::string("=,._+-").find(c) != std::string::npos;
    name += is_kept ? c : '-';
  }
  return name.substr(0, kLongestName);
}

std::string unused(const std::string& name, std::set<std::string>& used) {
  auto candidate = name;
  for (int i = 2; !used.insert(candidate).second; ++i) candidate = name + "-" + std::to_string(i);
  return candidate;
}

}  // namespace

std::filesystem::path make_folder(const std::filesystem::path& runs, const std::vector<Cell>& cells,
                                  const std::vector<std::string>& command) {
  const auto& workflow = cells.at(0).record.workflow;
  const auto folder = engine::fresh_folder(runs, workflow.name);
  json record{{"schema", 1},
              {"name", workflow.name},
              {"workflow", workflow.file.string()},
              {"command", command},
              {"cells", json::array()}};
  std::set<std::string> used{".", ".."};
  const auto origin = engine::origin_of(command, workflow.file);
  for (const auto& cell : cells) {
    const auto name = unused(folder_name(cell.label), used);
    std::filesystem::create_directory(folder / name);
    engine::write_run_record(folder / name, cell.record, origin);
    record["cells"].push_back({{"label", cell.label}, {"folder", name}});
  }
  store::write_atomically(folder / "sweep.json", record.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
  return folder;
}

}  // namespace hashloom::sweep
