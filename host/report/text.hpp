#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hashloom::report {

size_t width(std::string_view text);                     ///< columns on a terminal, of UTF-8
std::string cut(std::string_view text, size_t columns);  ///< no wider than that; never within a character
std::string pad(std::string_view text, size_t columns);  ///< at least that wide, spaces at the end
std::string without_controls(std::string_view text);     ///< '?' in place of each; lines stay lines
std::string grouped(int64_t number);                     ///< 1234567 -> "1,234,567"
std::string duration(double seconds);                    ///< "0:07", "12:40", "1:02:03"
std::string bytes(int64_t count);                        ///< "812 B", "1.5 MiB"
std::string plain_number(double value);                  ///< four digits, no needless zeros
std::string rate(double per_second);                     ///< "3,012", "0.42"

}  // namespace hashloom::report
