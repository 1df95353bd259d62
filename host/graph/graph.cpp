#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <functional>
#include <graph/graph.hpp>
#include <queue>
#include <set>
#include <stdexcept>

namespace hashloom::graph {
namespace {

using workflow::Stage;
using workflow::Workflow;

/// An arrow goes from what is read to its reader; vertices count in the order of the file.
using Graph = boost::adjacency_list<boost::setS, boost::vecS, boost::bidirectionalS>;
using Vertex = Graph::vertex_descriptor;
using Numbers = std::map<std::string, Vertex>;  // of names that can be read; others are not in the graph

void connect(Graph& graph, const Numbers& numbers, const std::string& read, Vertex reader) {
  if (const auto at = numbers.find(read); at != numbers.end()) boost::add_edge(at->second, reader, graph);
}

void connect(Graph& graph, const Numbers& numbers, const Stage& stage, Vertex reader) {
  for (const auto& [port, refs] : stage.inputs)
    for (const auto& ref : refs) connect(graph, numbers, ref.node, reader);
}

Graph graph_of(const std::vector<Stage>& stages) {
  Numbers numbers;
  for (const auto& stage : stages) numbers.emplace(stage.name, numbers.size());
  Graph graph(stages.size());
  for (size_t i = 0; i < stages.size(); ++i) connect(graph, numbers, stages[i], i);
  return graph;
}

bool is_before(const workflow::Place& a, const workflow::Place& b) {
  return std::tie(a.line, a.column) < std::tie(b.line, b.column);
}

/// Outer stages and loops in the order of the file.
std::vector<Step> steps_of(const Workflow& workflow) {
  std::vector<Step> steps;
  for (size_t i = 0; i < workflow.stages.size(); ++i) steps.push_back({false, i});
  for (size_t i = 0; i < workflow.loops.size(); ++i) steps.push_back({true, i});
  const auto place = [&](const Step& step) {
    return step.is_loop ? workflow.loops[step.index].place : workflow.stages[step.index].place;
  };
  std::stable_sort(steps.begin(), steps.end(),
                   [&](const Step& a, const Step& b) { return is_before(place(a), place(b)); });
  return steps;
}

std::string name_of(const Workflow& workflow, const Step& step) {
  return step.is_loop ? workflow.loops[step.index].name : workflow.stages[step.index].name;
}

void connect_loop(Graph& graph, Numbers numbers, const workflow::Loop& loop, Vertex number) {
  for (const auto* part : {&loop.stages, &loop.observers})
    for (const auto& stage : *part) numbers.erase(stage.name);
  for (const auto& [name, ref] : loop.carry) connect(graph, numbers, ref.node, number);
  numbers.erase(loop.name);
  for (const auto* part : {&loop.stages, &loop.observers})
    for (const auto& stage : *part) connect(graph, numbers, stage, number);
}

/// A loop as one vertex: it reads what is carried at first and what its stages read outside of it.
Graph graph_of(const Workflow& workflow, const std::vector<Step>& steps) {
  Numbers numbers;
  for (size_t i = 0; i < steps.size(); ++i) numbers.emplace(name_of(workflow, steps[i]), i);
  Graph graph(steps.size());
  for (size_t i = 0; i < steps.size(); ++i)
    if (steps[i].is_loop)
      connect_loop(graph, numbers, workflow.loops[steps[i].index], i);
    else
      connect(graph, numbers, workflow.stages[steps[i].index], i);
  return graph;
}

/// Kahn's order; of the vertices that are free the first of the file comes next.
std::vector<Vertex> ordered(const Graph& graph) {
  std::priority_queue<Vertex, std::vector<Vertex>, std::greater<>> free;
  std::vector<size_t> waits_for(num_vertices(graph));
  for (Vertex v = 0; v < num_vertices(graph); ++v)
    if ((waits_for[v] = in_degree(v, graph)) == 0) free.push(v);
  std::vector<Vertex> order;
  while (!free.empty()) {
    const Vertex next = free.top();
    free.pop();
    order.push_back(next);
    for (auto [edge, end] = out_edges(next, graph); edge != end; ++edge)
      if (--waits_for[target(*edge, graph)] == 0) free.push(target(*edge, graph));
  }
  if (order.size() != num_vertices(graph)) throw std::logic_error("the stages have no order: they form a cycle");
  return order;
}

std::vector<std::vector<size_t>> needs_in(const Graph& graph, const std::vector<Vertex>& order) {
  std::vector<size_t> place(order.size());
  for (size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::vector<std::vector<size_t>> needs(order.size());
  for (size_t i = 0; i < order.size(); ++i)
    for (auto [edge, end] = in_edges(order[i], graph); edge != end; ++edge)
      needs[i].push_back(place[source(*edge, graph)]);
  return needs;
}

struct Found {
  std::vector<Vertex> cycle;
};

/// Throws Found at the first edge that goes back.
class CycleFinder : public boost::default_dfs_visitor {
 public:
  explicit CycleFinder(std::vector<Vertex>& parents) : parents_(parents) {}
  void tree_edge(Graph::edge_descriptor edge, const Graph& graph) {
    parents_[target(edge, graph)] = source(edge, graph);
  }
  void back_edge(Graph::edge_descriptor edge, const Graph& graph) {
    const Vertex first = target(edge, graph);
    std::vector<Vertex> cycle{first};
    for (Vertex v = source(edge, graph); v != first; v = parents_[v]) cycle.push_back(v);
    cycle.push_back(first);
    std::reverse(cycle.begin(), cycle.end());
    throw Found{cycle};
  }

 private:
  std::vector<Vertex>& parents_;
};

std::vector<Vertex> cycle_in(const Graph& graph) {
  std::vector<Vertex> parents(num_vertices(graph));
  try {
    boost::depth_first_search(graph, boost::visitor(CycleFinder(parents)));
  } catch (const Found& found) {
    return found.cycle;
  }
  return {};
}

}  // namespace

std::vector<Step> order(const Workflow& workflow) {
  const auto steps = steps_of(workflow);
  std::vector<Step> order;
  for (const Vertex v : ordered(graph_of(workflow, steps))) order.push_back(steps[v]);
  return order;
}

std::vector<size_t> order(const std::vector<Stage>& stages) { return ordered(graph_of(stages)); }

std::vector<std::vector<size_t>> needs(const Workflow& workflow) {
  const auto graph = graph_of(workflow, steps_of(workflow));
  return needs_in(graph, ordered(graph));
}

std::vector<std::vector<size_t>> needs(const std::vector<Stage>& stages) {
  const auto graph = graph_of(stages);
  return needs_in(graph, ordered(graph));
}

std::vector<std::string> cycle(const Workflow& workflow) {
  std::vector<std::string> names;
  const auto steps = steps_of(workflow);
  for (const Vertex v : cycle_in(graph_of(workflow, steps))) names.push_back(name_of(workflow, steps[v]));
  for (const auto& loop : workflow.loops) {
    if (!names.empty()) break;
    for (const Vertex v : cycle_in(graph_of(loop.stages))) names.push_back(loop.stages[v].name);
  }
  return names;
}

}  // namespace hashloom::graph
