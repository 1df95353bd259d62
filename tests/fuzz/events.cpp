// Any lines are events, or counted as bad, or refused as of a newer schema; what reads them shows something of them.
#include <events/reader.hpp>
#include <memory_file.hpp>
#include <report/runs.hpp>
#include <report/summary.hpp>
#include <stdexcept>

using namespace hashloom;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const fuzz::MemoryFolder run("events.jsonl", {data, size});
  try {
    report::summary(run.path(), events::read(run.path()));
  } catch (const std::runtime_error&) {
  }
  report::to_json({report::run_info(run.path())}).dump();
  return 0;
}
