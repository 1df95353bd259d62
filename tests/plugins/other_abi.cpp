// An entry of another SDK ABI, behind a manifest that says otherwise.
#include <hashloom/abi.h>

extern "C" __attribute__((visibility("default"))) const hashloom_entry* hashloom_plugin_entry(void) {
  static const hashloom_entry entry{
      HASHLOOM_ENTRY_MAGIC, sizeof(hashloom_entry), HASHLOOM_SDK_ABI + 1, 0, "0", "0", "other_abi", "1.0.0", nullptr};
  return &entry;
}
