#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace hashloom::dash {

/// A workflow as run.json has it, laid out from left to right.
struct WorkflowGraph {
  struct Node {
    std::string name, uses, loop;
    bool is_observer = false;
    std::vector<std::string> inputs, outputs;  ///< ports that are wired
    std::vector<std::pair<std::string, std::string>> parameters;
    int64_t column = 0;  ///< from the left
  };
  struct Edge {
    size_t from = 0, to = 0;  ///< places in nodes
    std::string from_port, to_port;
    bool is_carried = false;  ///< goes back to the loop's next round
  };
  std::vector<Node> nodes;
  std::vector<Edge> edges;
};

/// Empty for null and for what is no run record.
WorkflowGraph graph_of(const nlohmann::json& run_record);

}  // namespace hashloom::dash
