#include <fmt/format.h>

#include <graph/graph.hpp>

namespace hashloom::graph {
namespace {

using workflow::Loop;
using workflow::PortRef;
using workflow::Stage;
using workflow::Workflow;

/// A vertex that stands for what a loop carries.
std::string carried(const std::string& loop, const std::string& port) { return loop + "." + port; }

std::string source_of(const PortRef& ref) { return ref.is_loop ? carried(ref.node, ref.port) : ref.node; }

std::string label_of(const PortRef& ref) { return ref.previous ? "previous " + ref.port : ref.port; }

std::string edge(const PortRef& from, const std::string& to, const char* style = "solid") {
  return fmt::format("  \"{}\" -> \"{}\" [label=\"{}\", style={}];\n", source_of(from), to, label_of(from), style);
}

std::string vertex(const Stage& stage) {
  return fmt::format("  \"{0}\" [label=\"{0}\\n{1}\", shape={2}];\n", stage.name, stage.uses,
                     stage.observer ? "note" : "box");
}

std::string edges(const Stage& stage) {
  std::string all;
  for (const auto& [port, refs] : stage.inputs)
    for (const auto& ref : refs) all += edge(ref, stage.name);
  return all;
}

std::string cluster(const Loop& loop) {
  std::string all = fmt::format("  subgraph \"cluster_{0}\" {{\n  label=\"{0}\";\n", loop.name);
  for (const auto& [port, ref] : loop.carry)
    all += fmt::format("  \"{0}\" [label=\"{0}\", shape=ellipse];\n", carried(loop.name, port));
  for (const auto* part : {&loop.stages, &loop.observers})
    for (const auto& stage : *part) all += vertex(stage);
  return all + "  }\n";
}

std::string edges(const Loop& loop) {
  std::string all;
  for (const auto& [port, ref] : loop.carry) all += edge(ref, carried(loop.name, port));
  for (const auto& [port, ref] : loop.next) all += edge(ref, carried(loop.name, port), "dashed");
  for (const auto* part : {&loop.stages, &loop.observers})
    for (const auto& stage : *part) all += edges(stage);
  return all;
}

}  // namespace

std::string to_dot(const Workflow& workflow) {
  std::string all = "digraph workflow {\n  rankdir=LR;\n";
  for (const auto& stage : workflow.stages) all += vertex(stage);
  for (const auto& loop : workflow.loops) all += cluster(loop);
  for (const auto& stage : workflow.stages) all += edges(stage);
  for (const auto& loop : workflow.loops) all += edges(loop);
  return all + "}\n";
}

}  // namespace hashloom::graph
