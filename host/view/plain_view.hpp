#pragma once
#include <map>
#include <view/stage_progress.hpp>
#include <view/view.hpp>

namespace hashloom::view {

/// For pipes and files: a line where something begins or ends, and one every ten seconds while a stage works; no
/// control characters.
class PlainView final : public View {
 public:
  explicit PlainView(std::FILE* out, Clock clock = steady_seconds);

 private:
  void show(const nlohmann::json& event, const std::string& kind) override;
  void show_stage(const nlohmann::json& event);
  void show_progress(const nlohmann::json& event, const std::string& kind);
  void print(const std::string& text);

  struct Work {
    StageProgress progress;
    double shown;  ///< when its last line was
  };
  std::FILE* out_;
  Clock clock_;
  std::map<std::string, Work> working_;  ///< by stage
};

}  // namespace hashloom::view
