// An entry of another LibTorch, behind a manifest that says otherwise.
#include <hashloom/abi.h>

extern "C" __attribute__((visibility("default"))) const hashloom_entry* hashloom_plugin_entry(void) {
  static const hashloom_entry entry{HASHLOOM_ENTRY_MAGIC,  sizeof(hashloom_entry), HASHLOOM_SDK_ABI, 0,      "1.13.0",
                                    HASHLOOM_COMPILER_ABI, "other_libtorch",       "1.0.0",          nullptr};
  return &entry;
}
