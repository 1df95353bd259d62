#pragma once
#include <boost/program_options.hpp>
#include <string>

namespace hashloom::cli {

/// -o FILE.
void add_output_option(boost::program_options::options_description& options);

/// What -o names; empty: standard output.
std::string output_from(const boost::program_options::variables_map& values);

/// Prints a result, or writes it to `file` whole. Throws DataError where it can't be written.
void put(const std::string& result, const std::string& file);

}  // namespace hashloom::cli
