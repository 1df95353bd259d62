#pragma once
#include <array>
#include <cstddef>
#include <string_view>

namespace hashloom::faults {

/// Text of fixed size that a signal handler can put together: nothing is allocated; what does not fit is left out.
class SignalText {
 public:
  SignalText& operator<<(std::string_view text);
  SignalText& operator<<(long number);
  std::string_view view() const { return {text_.data(), size_}; }
  /// In one write(), as far as the system takes it.
  bool write_to(int descriptor) const;

 private:
  std::array<char, 8192> text_;
  size_t size_ = 0;
};

}  // namespace hashloom::faults
