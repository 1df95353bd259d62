/* What plugin and host compare before any C++ of the plugin runs. Plain C; the only symbol that a plugin exports. */
#pragma once
#include <stdint.h>

/// Raised whenever the layout of a public header changes (tests/unit/sdk: AbiLock). Plugins must match it exactly.
#define HASHLOOM_SDK_ABI 1
#define HASHLOOM_ENTRY_MAGIC 0x4D4F4C48u /* "HLOM" */
#define HASHLOOM_ENTRY_SYMBOL "hashloom_plugin_entry"

#define HASHLOOM_TEXT_(x) #x
#define HASHLOOM_TEXT(x) HASHLOOM_TEXT_(x)
/// The C++ ABI that the compiler and its standard library follow, as text.
#define HASHLOOM_COMPILER_ABI \
  "itanium-" HASHLOOM_TEXT(__GXX_ABI_VERSION) "-cxx11:" HASHLOOM_TEXT(_GLIBCXX_USE_CXX11_ABI)

#ifdef __cplusplus
extern "C" {
#endif

typedef struct hashloom_entry {
  uint32_t magic;           /* HASHLOOM_ENTRY_MAGIC */
  uint32_t size;            /* sizeof(hashloom_entry) */
  uint32_t sdk_abi;         /* HASHLOOM_SDK_ABI */
  uint32_t component_count; /* of `components` */
  const char* libtorch;     /* "2.11.0" */
  const char* compiler_abi; /* HASHLOOM_COMPILER_ABI */
  const char* name;         /* of the plugin, "lsh" */
  const char* version;      /* of the plugin, "1.0.0" */
  const void* components;   /* hashloom::ComponentDescriptor[component_count]; read only if all of the above fits */
} hashloom_entry;

typedef const hashloom_entry* (*hashloom_entry_function)(void);

#ifdef __cplusplus
}
#endif
