#pragma once
#include <plugins/components.hpp>
#include <plugins/manifest.hpp>
#include <vector>

namespace hashloom::plugins {

/// Opens the library that `manifest` describes (RTLD_NOW, RTLD_LOCAL), never to be closed, compares its entry with this
/// program and reads its descriptors. Throws PluginError.
std::vector<ComponentInfo> open_library(const Manifest& manifest);

}  // namespace hashloom::plugins
