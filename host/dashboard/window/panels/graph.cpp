#include <fmt/format.h>
#include <imgui_node_editor.h>

#include <algorithm>
#include <dashboard/model/workflow_graph.hpp>
#include <dashboard/window/look.hpp>
#include <dashboard/window/panels/panels.hpp>
#include <dashboard/window/words.hpp>
#include <map>
#include <report/text.hpp>

namespace hashloom::dash {
namespace {

namespace ed = ax::NodeEditor;

// Ids of the editor: a node's, and its pins' after it. 0 is none.
constexpr int64_t kPinsOfNode = 100;
ed::NodeId node_id(size_t node) { return static_cast<uintptr_t>((node + 1) * kPinsOfNode); }
ed::PinId input_id(size_t node, size_t port) { return static_cast<uintptr_t>((node + 1) * kPinsOfNode + 1 + port); }
ed::PinId output_id(size_t node, size_t port) {
  return static_cast<uintptr_t>((node + 1) * kPinsOfNode + kPinsOfNode / 2 + port);
}

size_t place_of(const std::vector<std::string>& ports, const std::string& port) {
  return static_cast<size_t>(std::ranges::find(ports, port) - ports.begin());
}

/// The workflow of the chosen run: a node a stage, with its state and time; a click shows its parameters.
class Graph final : public Panel {
 public:
  Graph() {
    ed::Config config;
    config.SettingsFile = nullptr;
    editor_ = ed::CreateEditor(&config);
  }
  ~Graph() override { ed::DestroyEditor(editor_); }
  const char* title() const override { return "Graph"; }

  void draw(Scene& scene) override {
    const auto* run = scene.session.chosen();
    if (says_no_run(run)) return;
    take(*run);
    if (graph_.nodes.empty()) return say_empty("No workflow to draw", "run.json is not there yet, or is damaged");
    const auto* selected = selected_ < graph_.nodes.size() ? &graph_.nodes[selected_] : nullptr;
    const float below = selected ? 7 * ImGui::GetTextLineHeightWithSpacing() : ImGui::GetTextLineHeightWithSpacing();
    const auto room = ImGui::GetContentRegionAvail();
    draw_nodes(run->history(), {room.x, std::max(room.y - below - ImGui::GetStyle().ItemSpacing.y, 1.0F)});
    selected ? draw_details(*selected, run->history())
             : caption("click a stage to see its parameters; orange: what goes on to the next round");
  }

  report::Table table(Session& session) override {
    report::Table all{
        {{"from", "from"}, {"output", "output"}, {"to", "to"}, {"input", "input"}, {"next_round", "next_round"}}, {}};
    if (session.chosen() == nullptr) return all;
    take(*session.chosen());
    for (const auto& edge : graph_.edges)
      all.rows.push_back({graph_.nodes[edge.from].name, edge.from_port, graph_.nodes[edge.to].name, edge.to_port,
                          int64_t{edge.is_carried}});
    return all;
  }

 private:
  void take(const FollowedRun& run) {
    if (folder_ == run.folder() && !graph_.nodes.empty()) return;
    folder_ = run.folder();
    graph_ = graph_of(run.record());
    selected_ = SIZE_MAX;
    frames_ = 0;
  }

  void draw_nodes(const History& history, ImVec2 size) {
    ed::SetCurrentEditor(editor_);
    push_style();
    ed::Begin("graph", size);
    if (frames_ == 1) place_nodes();  // they have their sizes when they have been drawn once
    for (size_t i = 0; i < graph_.nodes.size(); ++i) draw_node(i, history);
    for (size_t i = 0; i < graph_.edges.size(); ++i) draw_edge(i);
    const auto room = ed::GetScreenSize();
    if (frames_ < 4 || room.x != room_.x || room.y != room_.y) ed::NavigateToContent(0);
    room_ = room;
    ++frames_;
    take_selection();
    ed::End();
    ed::PopStyleColor(4);
    ed::SetCurrentEditor(nullptr);
  }

  /// Columns as wide as their widest node; in a column one below the other, around the middle.
  void place_nodes() {
    const float gap = 2.5F * ImGui::GetTextLineHeight();
    std::map<int64_t, ImVec2> columns;  // width and height of each
    for (size_t i = 0; i < graph_.nodes.size(); ++i) {
      const auto size = ed::GetNodeSize(node_id(i));
      auto& column = columns[graph_.nodes[i].column];
      column = {std::max(column.x, size.x), column.y + size.y + gap};
    }
    std::map<int64_t, ImVec2> next;  // where each column's next node comes
    float left = 0;
    for (const auto& [number, size] : columns) {
      next[number] = {left, -size.y / 2};
      left += size.x + 2 * gap;
    }
    for (size_t i = 0; i < graph_.nodes.size(); ++i) {
      auto& place = next[graph_.nodes[i].column];
      ed::SetNodePosition(node_id(i), place);
      place.y += ed::GetNodeSize(node_id(i)).y + gap;
    }
  }

  static void push_style() {
    auto background = ImGui::GetStyleColorVec4(ImGuiCol_WindowBg), frame = ImGui::GetStyleColorVec4(ImGuiCol_FrameBg);
    ed::PushStyleColor(ed::StyleColor_Bg, background);
    ed::PushStyleColor(ed::StyleColor_Grid, {0, 0, 0, 0});
    ed::PushStyleColor(ed::StyleColor_NodeBg, frame);
    ed::PushStyleColor(ed::StyleColor_NodeBorder, ImGui::GetStyleColorVec4(ImGuiCol_Border));
  }

  void take_selection() {
    ed::NodeId chosen;
    if (ed::GetSelectedNodes(&chosen, 1) == 1)
      selected_ = static_cast<size_t>(chosen.Get()) / kPinsOfNode - 1;
    else if (ed::IsBackgroundClicked())
      selected_ = SIZE_MAX;
  }

  void draw_node(size_t place, const History& history) {
    const auto& node = graph_.nodes[place];
    const float line = ImGui::GetTextLineHeight();
    ed::BeginNode(node_id(place));
    ImGui::TextUnformatted(node.name.c_str());
    coloured(faint_colour(), node.uses);
    draw_state(node.name, history);
    ImGui::BeginGroup();
    for (size_t i = 0; i < node.inputs.size(); ++i)
      draw_pin(input_id(place, i), ed::PinKind::Input, "> " + node.inputs[i]);
    ImGui::Dummy({1, 1});
    ImGui::EndGroup();
    ImGui::SameLine(0, 2 * line);
    ImGui::BeginGroup();
    for (size_t i = 0; i < node.outputs.size(); ++i)
      draw_pin(output_id(place, i), ed::PinKind::Output, node.outputs[i] + " >");
    ImGui::Dummy({1, 1});
    ImGui::EndGroup();
    ed::EndNode();
  }

  static void draw_pin(ed::PinId id, ed::PinKind kind, const std::string& text) {
    ed::BeginPin(id, kind);
    ed::PinPivotAlignment({kind == ed::PinKind::Input ? 0.0F : 1.0F, 0.5F});
    ed::PinPivotSize({0, 0});
    ImGui::TextUnformatted(text.c_str());
    ed::EndPin();
  }

  static void draw_state(const std::string& stage, const History& history) {
    const auto found = std::ranges::find(history.stages, stage, &StageStatus::name);
    if (found == history.stages.end()) return ImGui::TextUnformatted("waiting");
    const auto took = found->seconds > 0 ? fmt::format(" in {}", report::duration(found->seconds)) : "";
    const auto colour = found->state == StageState::failed    ? bad_colour()
                        : found->state == StageState::waiting ? faint_colour()
                        : found->state == StageState::working ? warning_colour()
                                                              : good_colour();
    coloured(colour, fmt::format("{}{}", name(found->state), took));
  }

  void draw_edge(size_t place) {
    const auto& edge = graph_.edges[place];
    const auto from = output_id(edge.from, place_of(graph_.nodes[edge.from].outputs, edge.from_port));
    const auto to = input_id(edge.to, place_of(graph_.nodes[edge.to].inputs, edge.to_port));
    const auto id = static_cast<uintptr_t>(1000000 + place);
    ed::Link(id, from, to, edge.is_carried ? as_vec4(class_colour(1)) : as_vec4(class_colour(0)),
             edge.is_carried ? 1.0F : 2.0F);
  }

  static void draw_details(const WorkflowGraph::Node& node, const History& history) {
    ImGui::Text("%s: %s", node.name.c_str(), node.uses.c_str());
    ImGui::SameLine();
    draw_state(node.name, history);
    if (node.parameters.empty()) return caption("no parameters");
    if (!ImGui::BeginTable("parameters", 2, ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg)) return;
    for (const auto& [name, value] : node.parameters) {
      ImGui::TableNextColumn();
      coloured(faint_colour(), name);
      ImGui::TableNextColumn();
      ImGui::TextWrapped("%s", value.c_str());
    }
    ImGui::EndTable();
  }

  ed::EditorContext* editor_;
  std::filesystem::path folder_;
  WorkflowGraph graph_;
  size_t selected_ = SIZE_MAX;
  int64_t frames_ = 0;
  ImVec2 room_{0, 0};
};

}  // namespace

std::unique_ptr<Panel> graph_panel() { return std::make_unique<Graph>(); }

}  // namespace hashloom::dash
