// Any bytes are a plugin's manifest or a PluginError.
#include <memory_file.hpp>
#include <plugins/components.hpp>
#include <plugins/manifest.hpp>

using namespace hashloom;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const fuzz::MemoryFile file({data, size});
  try {
    plugins::check_fits(plugins::read_manifest(file.path()));
  } catch (const plugins::PluginError&) {
  }
  return 0;
}
