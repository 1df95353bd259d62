#include <cctype>
#include <dashboard/window/panel.hpp>

namespace hashloom::dash {

std::string Panel::file_name(const char* ending) const {
  std::string name = title();
  for (char& letter : name)
    letter = letter == ' ' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return name + ending;
}

}  // namespace hashloom::dash
