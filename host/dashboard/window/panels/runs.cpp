#include <fmt/format.h>

#include <dashboard/window/panels/panels.hpp>
#include <dashboard/window/words.hpp>
#include <report/text.hpp>

namespace hashloom::dash {
namespace {

constexpr auto kTable = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg | ImGuiTableFlags_SizingFixedFit |
                        ImGuiTableFlags_Resizable | ImGuiTableFlags_BordersInnerV;

std::string rounds_of(const report::RunInfo& run) {
  return run.of_rounds > 0 ? fmt::format("{} of at most {} rounds", run.rounds, run.of_rounds) : "no rounds";
}

std::string name_of(const ListedRun& run) {
  const auto folder = run.info.folder.filename().string();
  return run.group.empty() ? folder : run.group + "/" + folder;
}

/// Runs of the folder: which lives, which is shown, which are compared.
class Runs final : public Panel {
 public:
  const char* title() const override { return "Runs"; }

  void draw(Scene& scene) override {
    auto& session = scene.session;
    if (session.index().runs().empty()) {
      say_empty(fmt::format("No runs in {}", session.index().folder().string()),
                "Begin one in a terminal: hashloom run workflows/first.yaml. It will show up here by itself.");
      return;
    }
    ImGui::SetNextItemWidth(-1);
    if (ImGui::InputTextWithHint("##filter", "filter by name or state; -word leaves out", filter_.InputBuf,
                                 sizeof filter_.InputBuf))
      filter_.Build();
    draw_table(session);
  }

  report::Table table(Session& session) override {
    std::vector<report::RunInfo> all;
    for (const auto& run : session.index().runs()) all.push_back(run.info);
    return report::runs_table(all);
  }

 private:
  void draw_table(Session& session) {
    if (!ImGui::BeginTable("runs", 4, kTable)) return;
    ImGui::TableSetupScrollFreeze(0, 1);
    ImGui::TableSetupColumn("##compare");
    ImGui::TableSetupColumn("run", ImGuiTableColumnFlags_WidthStretch);
    ImGui::TableSetupColumn("state");
    ImGui::TableSetupColumn("measured last");
    ImGui::TableHeadersRow();
    for (const auto& run : session.index().runs())
      if (filter_.PassFilter((name_of(run) + " " + report::state_name(run.info)).c_str())) draw_row(session, run);
    ImGui::EndTable();
  }

  void draw_row(Session& session, const ListedRun& run) {
    const auto& folder = run.info.folder;
    const auto name = name_of(run);
    const bool is_chosen = session.chosen() != nullptr && session.chosen()->folder() == folder;
    bool is_compared = is_chosen || session.is_compared(folder);
    ImGui::PushID(folder.c_str());
    ImGui::TableNextColumn();
    if (ImGui::Checkbox("##compare", &is_compared)) session.compare(folder, is_compared);
    ImGui::SetItemTooltip("compare it with the chosen run");
    ImGui::TableNextColumn();
    if (ImGui::Selectable(name.c_str(), is_chosen)) session.choose(folder);
    if (!run.info.why.empty() || !run.info.trouble.empty())
      ImGui::SetItemTooltip("%s", (run.info.why + run.info.trouble).c_str());
    ImGui::TableNextColumn();
    state_text(report::state_name(run.info));
    ImGui::SetItemTooltip("%s", rounds_of(run.info).c_str());
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(report::shown_metric(run.info).c_str());
    ImGui::PopID();
  }

  ImGuiTextFilter filter_;
};

}  // namespace

std::unique_ptr<Panel> runs_panel() { return std::make_unique<Runs>(); }

}  // namespace hashloom::dash
