// Any lines are requests; one that is none has an empty `what`.
#include <control/request.hpp>
#include <memory_file.hpp>

using namespace hashloom;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const fuzz::MemoryFolder run("control.jsonl", {data, size});
  const auto all = control::requests_after(run.path(), 0);
  if (control::requests_after(run.path(), 1).size() != (all.empty() ? 0 : all.size() - 1)) __builtin_trap();
  return 0;
}
