#pragma once
#include <boost/program_options.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace hashloom::cli {

/// --format, which is one of `formats`; without it the first. `use`: what stands before them in the help.
void add_format_option(boost::program_options::options_description& options, const std::vector<std::string>& formats,
                       const std::string& use = "");

/// Throws UsageError unless it is one of `formats`.
std::string format_from(const boost::program_options::variables_map& values, const std::vector<std::string>& formats);

/// Indented, with a line's end. Names of files and texts of plugins need not be UTF-8: what is not is replaced.
std::string to_text(const nlohmann::json& result);
void print_json(const nlohmann::json& result);

/// -o FILE.
void add_output_option(boost::program_options::options_description& options);

/// What -o names; empty: standard output.
std::string output_from(const boost::program_options::variables_map& values);

/// Prints a result, or writes it to `file` whole. Throws DataError where it can't be written.
void put(const std::string& result, const std::string& file);

}  // namespace hashloom::cli
