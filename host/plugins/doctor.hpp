#pragma once
#include <plugins/survey.hpp>

namespace hashloom::plugins {

/// What a survey alone does not see, added to each plugin's problems: components that the manifest leaves out or that
/// an earlier plugin has too, a version or a name that says something else than it should.
void examine(std::vector<Surveyed>& plugins);

}  // namespace hashloom::plugins
