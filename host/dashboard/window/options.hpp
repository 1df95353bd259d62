#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hashloom::dash {

enum class Look { dark, light };

/// What `hashloom dash` was asked for.
struct Options {
  std::filesystem::path place = "runs";         ///< a folder of runs, or one run's
  std::vector<std::filesystem::path> compared;  ///< more runs, to compare with it
  std::filesystem::path screenshots;            ///< write pictures here and end; empty: open a window
  int width = 1280, height = 800;               ///< pixels
  float scale = 0;                              ///< of texts and gaps; 0: as the display says
  Look look = Look::dark;
};

/// Nothing where --help was asked for and told. Throws std::invalid_argument with a message for the user.
std::optional<Options> parse(int count, const char* const* values);

}  // namespace hashloom::dash
