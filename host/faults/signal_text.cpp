#include <unistd.h>

#include <algorithm>
#include <faults/signal_text.hpp>

namespace hashloom::faults {

SignalText& SignalText::operator<<(std::string_view text) {
  const auto fits = text.substr(0, text_.size() - size_);
  std::ranges::copy(fits, text_.begin() + static_cast<std::ptrdiff_t>(size_));
  size_ += fits.size();
  return *this;
}

SignalText& SignalText::operator<<(long number) {
  std::array<char, 24> digits;
  auto begin = digits.end();
  const bool is_negative = number < 0;
  do *--begin = static_cast<char>('0' + (is_negative ? -(number % 10) : number % 10));
  while ((number /= 10) != 0);
  if (is_negative) *--begin = '-';
  return *this << std::string_view(begin, digits.end());
}

bool SignalText::write_to(int descriptor) const {
  return ::write(descriptor, text_.data(), size_) == static_cast<ssize_t>(size_);
}

}  // namespace hashloom::faults
