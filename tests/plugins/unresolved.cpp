// Can't be opened with RTLD_NOW: it calls what no library has.
extern "C" int hashloom_test_function_that_is_nowhere();
extern "C" __attribute__((visibility("default"))) const void* hashloom_plugin_entry(void) {
  hashloom_test_function_that_is_nowhere();
  return nullptr;
}
