// Any bytes are a data set's file or a DataError, plain and as gzip.
#include <hashloom/errors.hpp>
#include <idx.hpp>
#include <memory_file.hpp>

using namespace hashloom;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const fuzz::MemoryFile file({data, size});
  for (const int dimensions : {1, 3}) try {
      idx::read(file.path(), dimensions, "remedy");
    } catch (const DataError&) {
    }
  return 0;
}
