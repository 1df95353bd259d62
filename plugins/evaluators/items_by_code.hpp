#pragma once
#include <hashloom/codes.hpp>
#include <vector>

namespace hashloom {

/// The items of each distinct code, ascending; codes in the order of their first item.
std::vector<std::vector<int64_t>> items_by_code(const Codes& codes);

}  // namespace hashloom
