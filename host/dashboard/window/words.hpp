#pragma once
#include <imgui.h>

#include <dashboard/model/followed_run.hpp>
#include <string>

namespace hashloom::dash {

/// An empty state: what is missing, and what to do next, in the middle of the panel.
void say_empty(const std::string& what, const std::string& remedy);
/// The same for a panel without a run; true where there is none.
bool says_no_run(const FollowedRun* run);
/// A line in small, faint letters that breaks where the panel ends.
void caption(const std::string& text);
void coloured(const ImVec4& colour, const std::string& text);
void wrapped(const ImVec4& colour, const std::string& text);  ///< breaks where the panel ends
/// A bar as wide as the column, `share` of it in that colour, the text on it where it begins.
void bar(double share, const ImVec4& colour, const std::string& text);
/// "finished", "crashed", ... in the colour of that state.
void state_text(const std::string& state);

}  // namespace hashloom::dash
