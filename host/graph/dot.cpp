#include <fmt/format.h>

#include <graph/graph.hpp>
#include <set>

namespace hashloom::graph {
namespace {

using workflow::Loop;
using workflow::PortRef;
using workflow::Stage;
using workflow::Workflow;

/// A vertex that stands for what a loop carries.
std::string carried(const std::string& loop, const std::string& port) { return loop + "." + port; }

/// The end of an arrow: a field of a stage's box, or what a loop carries.
std::string source_of(const PortRef& ref) {
  if (ref.is_loop) return fmt::format("\"{}\"", carried(ref.node, ref.port));
  return fmt::format("\"{}\":\"out {}\"", ref.node, ref.port);
}

std::string edge(const PortRef& from, const std::string& to, const char* attributes = "") {
  return fmt::format("  {} -> {}{};\n", source_of(from), to, from.previous ? " [label=\"previous\"]" : attributes);
}

class Drawing {
 public:
  explicit Drawing(const Workflow& workflow) : workflow_(workflow) {
    for_each_stage([&](const Stage& stage) {
      for (const auto& [port, refs] : stage.inputs)
        for (const auto& ref : refs) note_read(ref);
    });
    for (const auto& loop : workflow.loops)
      for (const auto* ports : {&loop.carry, &loop.next})
        for (const auto& [name, ref] : *ports) note_read(ref);
    if (workflow.encoder) note_read(*workflow.encoder);
  }

  std::string text() const {
    std::string all = "digraph workflow {\n  rankdir=LR;\n  node [shape=record];\n";
    for (const auto& stage : workflow_.stages) all += vertex(stage);
    for (const auto& loop : workflow_.loops) all += cluster(loop);
    for_each_stage([&](const Stage& stage) { all += edges(stage); });
    for (const auto& loop : workflow_.loops) all += edges(loop);
    return all + "}\n";
  }

 private:
  void for_each_stage(const auto& what) const {
    for (const auto& stage : workflow_.stages) what(stage);
    for (const auto& loop : workflow_.loops)
      for (const auto* part : {&loop.stages, &loop.observers})
        for (const auto& stage : *part) what(stage);
  }

  void note_read(const PortRef& ref) {
    if (!ref.is_loop) outputs_[ref.node].insert(ref.port);
  }

  /// Inputs left, outputs that are read right, name and component between.
  std::string vertex(const Stage& stage) const {
    std::string inputs, outputs;
    for (const auto& [port, refs] : stage.inputs)
      inputs += fmt::format("{}<in {}> {}", inputs.empty() ? "" : "|", port, port);
    if (const auto read = outputs_.find(stage.name); read != outputs_.end())
      for (const auto& port : read->second)
        outputs += fmt::format("{}<out {}> {}", outputs.empty() ? "" : "|", port, port);
    const auto left = inputs.empty() ? "" : "{" + inputs + "}|", right = outputs.empty() ? "" : "|{" + outputs + "}";
    return fmt::format("  \"{0}\" [label=\"{{{1}{0}\\n{2}{3}}}\"{4}];\n", stage.name, left, stage.uses, right,
                       stage.observer ? ", style=dashed" : "");
  }

  std::string cluster(const Loop& loop) const {
    std::string all = fmt::format("  subgraph \"cluster_{0}\" {{\n  label=\"{0}, {1} round{2}\";\n", loop.name,
                                  loop.rounds, loop.rounds == 1 ? "" : "s");
    for (const auto& [port, ref] : loop.carry)
      all += fmt::format("  \"{0}\" [label=\"{0}\", shape=ellipse];\n", carried(loop.name, port));
    for (const auto* part : {&loop.stages, &loop.observers})
      for (const auto& stage : *part) all += vertex(stage);
    return all + "  }\n";
  }

  static std::string edges(const Stage& stage) {
    std::string all;
    for (const auto& [port, refs] : stage.inputs)
      for (const auto& ref : refs) all += edge(ref, fmt::format("\"{}\":\"in {}\"", stage.name, port));
    return all;
  }

  static std::string edges(const Loop& loop) {
    const auto end = [&](const std::string& port) { return fmt::format("\"{}\"", carried(loop.name, port)); };
    std::string all;
    for (const auto& [port, ref] : loop.carry) all += edge(ref, end(port), " [label=\"first\"]");
    for (const auto& [port, ref] : loop.next) all += edge(ref, end(port), " [label=\"next\", style=dashed]");
    return all;
  }

  const Workflow& workflow_;
  std::map<std::string, std::set<std::string>> outputs_;  ///< by stage, those that are read
};

}  // namespace

std::string to_dot(const Workflow& workflow) { return Drawing(workflow).text(); }

}  // namespace hashloom::graph
