#include <dashboard/model/comparison.hpp>
#include <dashboard/window/panels/panels.hpp>
#include <dashboard/window/words.hpp>

namespace hashloom::dash {
namespace {

constexpr auto kTable = ImGuiTableFlags_ScrollX | ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg |
                        ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_BordersInnerV | ImGuiTableFlags_Resizable;

/// The runs that are picked, by what they reached and the settings that differ.
class Compare final : public Panel {
 public:
  const char* title() const override { return "Compare"; }

  void draw(Scene& scene) override {
    auto& session = scene.session;
    if (says_no_run(session.chosen())) return;
    comparison_.refresh(session);
    if (!comparison_.trouble().empty()) {
      say_empty("These runs can't be compared", comparison_.trouble());
      return;
    }
    if (comparison_.table().rows.size() < 2) {
      say_empty("One run alone", "Tick two or more runs in the Runs panel to see where they differ");
      return;
    }
    draw_table(comparison_.table());
  }

  report::Table table(Session& session) override {
    comparison_.refresh(session);
    return comparison_.table();
  }

 private:
  static void draw_table(const report::Table& table) {
    if (!ImGui::BeginTable("compare", static_cast<int>(table.columns.size()), kTable)) return;
    ImGui::TableSetupScrollFreeze(1, 1);
    for (const auto& column : table.columns) ImGui::TableSetupColumn(column.title.c_str());
    ImGui::TableHeadersRow();
    for (const auto& row : table.rows)
      for (size_t i = 0; i < row.size(); ++i) {
        ImGui::TableNextColumn();
        ImGui::TextUnformatted(report::shown(row[i], table.columns[i]).c_str());
      }
    ImGui::EndTable();
  }

  LiveComparison comparison_;
};

}  // namespace

std::unique_ptr<Panel> compare_panel() { return std::make_unique<Compare>(); }

}  // namespace hashloom::dash
