#pragma once
#include <report/table.hpp>
#include <string>

namespace hashloom::dash {

/// RFC 4180, a header line of the columns' keys first: figures with all their digits, fractions as fractions, empty
/// cells empty.
std::string csv(const report::Table& table);

}  // namespace hashloom::dash
