#pragma once
#include <dashboard/model/sample.hpp>
#include <dashboard/window/panel.hpp>

namespace hashloom::dash {

/// Images of a run's sample, cut out of its sheet.
class Thumbnails {
 public:
  /// Of the chosen run's sample.
  Thumbnails(const Sample& sample, Scene& scene);

  bool are_there() const { return sheet_ != nullptr && sheet_->trouble.empty(); }
  void draw(int64_t place, float side) const;
  /// With a frame in that colour; true when it was clicked or chosen by keyboard.
  bool button(int64_t place, float side, const ImVec4& frame) const;

 private:
  const Sample& sample_;
  const Texture* sheet_;
};

}  // namespace hashloom::dash
