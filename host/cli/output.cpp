#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cli/command.hpp>
#include <cli/output.hpp>
#include <hashloom/errors.hpp>
#include <store/atomic_file.hpp>
#include <system_error>

namespace hashloom::cli {

namespace po = boost::program_options;

namespace {

/// "table or json", "text, dot or svg"
std::string listed(const std::vector<std::string>& formats) {
  return fmt::format("{} or {}", fmt::join(formats.begin(), formats.end() - 1, ", "), formats.back());
}

}  // namespace

void add_format_option(po::options_description& options, const std::vector<std::string>& formats,
                       const std::string& use) {
  options.add_options()("format", po::value<std::string>()->default_value(formats[0])->value_name("FORMAT"),
                        (use + listed(formats)).c_str());
}

std::string format_from(const po::variables_map& values, const std::vector<std::string>& formats) {
  const auto format = values["format"].as<std::string>();
  if (!std::ranges::count(formats, format))
    throw UsageError(fmt::format("--format is {}, not '{}'", listed(formats), format));
  return format;
}

std::string to_text(const nlohmann::json& result) {
  return result.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

void print_json(const nlohmann::json& result) { fmt::print("{}", to_text(result)); }

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
