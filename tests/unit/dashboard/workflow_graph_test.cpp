#include <gmock/gmock.h>

#include <dashboard/model/workflow_graph.hpp>

using hashloom::dash::graph_of;
using hashloom::dash::WorkflowGraph;
using nlohmann::json;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

namespace {

json from(const std::string& node, const std::string& port, bool loop = false, bool previous = false) {
  return {{"node", node}, {"port", port}, {"loop", loop}, {"previous", previous}};
}

json stage(const std::string& name, const json& in, const std::string& loop = "", bool observer = false) {
  return {{"name", name}, {"uses", "x/" + name}, {"in", in}, {"with", {{"epochs", 3}}},
          {"loop", loop}, {"observer", observer}};
}

json looping() {
  const json loop{{"name", "pgh"},
                  {"carry", {{"codes", from("start", "codes")}}},
                  {"next", {{"codes", from("network", "codes")}}},
                  {"stages", {stage("network", {{"codes", {from("pgh", "codes", true)}}}, "pgh")}},
                  {"observe",
                   {stage("score", {{"codes", {from("pgh", "codes", true)}}}, "pgh", true),
                    stage("before", {{"codes", {from("pgh", "codes", true, true)}}}, "pgh", true)}}};
  return {{"workflow", {{"stages", {stage("start", json::object())}}, {"loops", {loop}}}}};
}

std::vector<std::string> edges(const WorkflowGraph& graph) {
  std::vector<std::string> all;
  for (const auto& edge : graph.edges)
    all.push_back(graph.nodes[edge.from].name + (edge.is_carried ? " => " : " -> ") + graph.nodes[edge.to].name);
  return all;
}

}  // namespace

TEST(WorkflowGraph, WiresALoopToWhatItBeginsWithAndWhatItGoesOnWith) {
  EXPECT_THAT(edges(graph_of(looping())),
              UnorderedElementsAre("start -> network", "network -> score", "start -> before", "network => network"));
}

TEST(WorkflowGraph, StandsFromLeftToRight) {
  const auto graph = graph_of(looping());
  for (const auto& edge : graph.edges) {
    if (edge.is_carried) continue;
    EXPECT_LT(graph.nodes[edge.from].column, graph.nodes[edge.to].column);
  }
}

TEST(WorkflowGraph, HasTheParametersOfEachStage) {
  const auto graph = graph_of(looping());
  ASSERT_EQ(graph.nodes[0].parameters.size(), 1u);
  EXPECT_EQ(graph.nodes[0].parameters[0], (std::pair<std::string, std::string>("epochs", "3")));
}

TEST(WorkflowGraph, ADamagedRecordGivesWhatItCan) {
  EXPECT_THAT(graph_of(nullptr).nodes, IsEmpty());
  EXPECT_THAT(graph_of({{"workflow", 3}}).nodes, IsEmpty());
  EXPECT_THAT(graph_of({{"workflow", {{"stages", {3, "x"}}, {"loops", {json::array()}}}}}).nodes, IsEmpty());
  const auto circle = graph_of(
      {{"workflow", {{"stages", {stage("a", {{"x", {from("b", "y")}}}), stage("b", {{"x", {from("a", "y")}}})}}}}});
  EXPECT_EQ(circle.nodes.size(), 2u);
}
