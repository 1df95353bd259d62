#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace hashloom::report {

/// What a run ends with on the terminal: its table, and where its pictures are (the latest of each name by its file).
/// `events` are those that count (events::read).
std::string summary(const std::filesystem::path& run);
std::string summary(const std::filesystem::path& run, const std::vector<nlohmann::json>& events);

}  // namespace hashloom::report
