#pragma once
#include <imgui.h>

#include <dashboard/model/byte_budget.hpp>
#include <filesystem>
#include <string>

namespace hashloom::dash {

struct Texture {
  ImTextureID id = 0;
  int width = 0, height = 0;
  std::string trouble;  ///< why there is none; empty: there is
};

/// Pictures of runs as textures: at most 64 MiB of them, the ones shown last.
class Pictures {
 public:
  Pictures();
  /// A PNG file's. One that can't be read has a trouble, and is tried again once it had to make room for others.
  const Texture& of(const std::filesystem::path& file);

 private:
  ByteBudget<std::filesystem::path, Texture> kept_;
};

}  // namespace hashloom::dash
