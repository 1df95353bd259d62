#include <algorithm>
#include <dashboard/model/workflow_graph.hpp>
#include <events/fields.hpp>
#include <map>
#include <optional>

namespace hashloom::dash {
namespace {

using events::flag;
using events::text;
using nlohmann::json;

const json& member(const json& object, const char* key) {
  static const json kNothing = json::object();
  return object.is_object() && object.contains(key) ? object[key] : kNothing;
}

/// Reads what may be damaged: what is not as expected is left out.
class GraphReader {
 public:
  explicit GraphReader(const json& workflow) : workflow_(workflow) {}

  WorkflowGraph read() {
    add_stages(member(workflow_, "stages"));
    for (const auto& loop : member(workflow_, "loops")) {
      if (!loop.is_object()) continue;
      add_stages(member(loop, "stages"));
      add_stages(member(loop, "observe"));
      loops_[text(loop, "name")] = &loop;
    }
    for (const auto& [stage, node] : stages_) wire(*stage, node);
    for (const auto& [name, loop] : loops_) carry(*loop);
    place_columns();
    return std::move(graph_);
  }

 private:
  void add_stages(const json& stages) {
    for (const auto& stage : stages) {
      if (!stage.is_object()) continue;
      auto& node = graph_.nodes.emplace_back();
      node.name = text(stage, "name");
      node.uses = text(stage, "uses");
      node.loop = text(stage, "loop");
      node.is_observer = flag(stage, "observer");
      for (const auto& [name, value] : member(stage, "with").items())
        node.parameters.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());
      stages_.emplace_back(&stage, graph_.nodes.size() - 1);
    }
  }

  void wire(const json& stage, size_t node) {
    for (const auto& [port, sources] : member(stage, "in").items())
      for (const auto& source : sources)
        if (const auto from = origin(source, graph_.nodes[node].is_observer)) connect(*from, {node, port}, false);
  }

  struct End {
    size_t node;
    std::string port;
  };

  /// What stands behind a name: of a loop, what it began with, and for its observers what its round made.
  std::optional<End> origin(const json& source, bool for_observer) const {
    if (!source.is_object()) return {};
    if (!flag(source, "loop")) return stage_end(source);
    const auto loop = loops_.find(text(source, "node"));
    if (loop == loops_.end()) return {};
    const bool is_result = for_observer && !flag(source, "previous");
    const auto& value = member(member(*loop->second, is_result ? "next" : "carry"), text(source, "port").c_str());
    return origin(value, for_observer);
  }

  std::optional<End> stage_end(const json& source) const {
    const auto found = std::ranges::find(graph_.nodes, text(source, "node"), &WorkflowGraph::Node::name);
    if (found == graph_.nodes.end()) return {};
    return End{static_cast<size_t>(found - graph_.nodes.begin()), text(source, "port")};
  }

  /// A dashed line from what a round makes to every stage that reads it in the next.
  void carry(const json& loop) {
    const auto name = text(loop, "name");
    for (const auto& [stage, node] : stages_) {
      if (graph_.nodes[node].is_observer) continue;
      for (const auto& [port, sources] : member(*stage, "in").items())
        for (const auto& source : sources) {
          if (!source.is_object() || !flag(source, "loop") || text(source, "node") != name) continue;
          const auto from = origin(member(member(loop, "next"), text(source, "port").c_str()), true);
          if (from && graph_.nodes[node].loop == name) connect(*from, {node, port}, true);
        }
    }
  }

  void connect(const End& from, const End& to, bool is_carried) {
    graph_.edges.push_back({from.node, to.node, from.port, to.port, is_carried});
    add_port(graph_.nodes[from.node].outputs, from.port);
    add_port(graph_.nodes[to.node].inputs, to.port);
  }

  static void add_port(std::vector<std::string>& ports, const std::string& port) {
    if (std::ranges::find(ports, port) == ports.end()) ports.push_back(port);
  }

  /// The longest way from the left; what a damaged record says in a circle ends after as many steps as there are nodes.
  void place_columns() {
    for (size_t pass = 0; pass < graph_.nodes.size(); ++pass)
      for (const auto& edge : graph_.edges)
        if (!edge.is_carried) {
          auto& column = graph_.nodes[edge.to].column;
          column =
              std::min(std::max(column, graph_.nodes[edge.from].column + 1), static_cast<int64_t>(graph_.nodes.size()));
        }
  }

  const json& workflow_;
  WorkflowGraph graph_;
  std::vector<std::pair<const json*, size_t>> stages_;
  std::map<std::string, const json*> loops_;
};

}  // namespace

WorkflowGraph graph_of(const json& run_record) { return GraphReader(member(run_record, "workflow")).read(); }

}  // namespace hashloom::dash
