#pragma once
#include <workflow/workflow.hpp>

namespace hashloom::graph {

/// A step of the outer order: a stage outside of loops, or a whole loop.
struct Step {
  bool is_loop = false;
  size_t index = 0;  ///< into Workflow::stages or Workflow::loops
};

/// An order in which every step comes after what it reads; steps that are free to choose keep the file's order.
/// Throws std::logic_error if there is a cycle (load() has refused those).
std::vector<Step> order(const workflow::Workflow& workflow);

/// The same for stages among themselves (a loop's): indices into `stages`.
std::vector<size_t> order(const std::vector<workflow::Stage>& stages);

/// What has to come before: for each place in order(), the places in it of what is read there.
std::vector<std::vector<size_t>> needs(const workflow::Workflow& workflow);
std::vector<std::vector<size_t>> needs(const std::vector<workflow::Stage>& stages);

/// The names along a cycle, first and last the same; empty if there is none. Only carry/next may go back.
std::vector<std::string> cycle(const workflow::Workflow& workflow);

/// A line for each stage, in order: its name, its component, what it reads; loops indented.
std::string to_text(const workflow::Workflow& workflow);

/// The workflow as DOT: a box for each stage with its ports, loops as clusters.
std::string to_dot(const workflow::Workflow& workflow);

}  // namespace hashloom::graph
