#include <fmt/format.h>

#include <cli/output.hpp>
#include <hashloom/errors.hpp>
#include <store/atomic_file.hpp>
#include <system_error>

namespace hashloom::cli {

namespace po = boost::program_options;

void add_output_option(po::options_description& options) {
  options.add_options()("output,o", po::value<std::string>()->default_value("", "")->value_name("FILE"),
                        "write it to a file");
}

std::string output_from(const po::variables_map& values) { return values["output"].as<std::string>(); }

void put(const std::string& result, const std::string& file) {
  if (file.empty()) return fmt::print("{}", result);
  try {
    store::write_atomically(file, result);
  } catch (const std::system_error& error) {
    throw DataError(fmt::format("'{}' can't be written: {}", file, error.code().message()),
                    "make the place writable, or name another file");
  }
}

}  // namespace hashloom::cli
