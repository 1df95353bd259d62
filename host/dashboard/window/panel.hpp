#pragma once
#include <dashboard/model/session.hpp>
#include <dashboard/window/pictures.hpp>
#include <report/table.hpp>
#include <string>

namespace hashloom::dash {

/// What panels are drawn with and from.
struct Scene {
  Session& session;
  Pictures& pictures;
};

/// One panel of the window; it draws itself anew in every frame.
class Panel {
 public:
  virtual ~Panel() = default;
  virtual const char* title() const = 0;
  std::string file_name(const char* ending) const;  ///< of "mAP by round": "map-by-round" and the ending
  virtual void draw(Scene& scene) = 0;
  /// What it shows, for a CSV file; no columns: nothing to export.
  virtual report::Table table(Session& session) { return {}; }
};

}  // namespace hashloom::dash
