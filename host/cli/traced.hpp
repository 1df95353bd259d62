#pragma once
#include <boost/program_options.hpp>
#include <functional>

namespace hashloom::cli {

/// --trace FILE: where the time went, for Perfetto, and as a table at the end.
void add_trace_option(boost::program_options::options_description& options);

/// Does `work` and gives its exit status; with --trace it writes the trace and prints the table. Throws DataError,
/// before the work, where FILE can't be written.
int traced(const boost::program_options::variables_map& values, const std::function<int()>& work);

}  // namespace hashloom::cli
