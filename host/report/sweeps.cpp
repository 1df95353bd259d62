#include <events/fields.hpp>
#include <fstream>
#include <report/bad_folder.hpp>
#include <report/sweeps.hpp>

namespace hashloom::report {
namespace {

using nlohmann::json;

bool stays_inside(const std::string& folder) {
  return !folder.empty() && folder != "." && folder != ".." && folder.find('/') == std::string::npos;
}

[[noreturn]] void refuse(const std::filesystem::path& file) {
  throw BadFolder(file.string() + " is damaged: it does not list the folders of its cells; name the cells one by one");
}

}  // namespace

bool is_sweep(const std::filesystem::path& folder) { return std::filesystem::exists(folder / "sweep.json"); }

std::vector<std::filesystem::path> cells_of(const std::filesystem::path& sweep) {
  const auto file = sweep / "sweep.json";
  std::ifstream in(file);
  const auto record = json::parse(in, nullptr, false);
  if (!record.is_object() || !record.contains("cells") || !record["cells"].is_array()) refuse(file);
  std::vector<std::filesystem::path> cells;
  for (const auto& cell : record["cells"]) {
    const auto folder = events::text(cell, "folder");
    if (!stays_inside(folder)) refuse(file);
    cells.push_back(sweep / folder);
  }
  return cells;
}

std::vector<std::filesystem::path> with_cells(const std::vector<std::filesystem::path>& folders) {
  std::vector<std::filesystem::path> runs;
  for (const auto& folder : folders) {
    const auto cells = is_sweep(folder) ? cells_of(folder) : std::vector{folder};
    runs.insert(runs.end(), cells.begin(), cells.end());
  }
  return runs;
}

}  // namespace hashloom::report
