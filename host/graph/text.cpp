#include <fmt/format.h>

#include <algorithm>
#include <graph/graph.hpp>

namespace hashloom::graph {
namespace {

using workflow::Loop;
using workflow::PortRef;
using workflow::Stage;
using workflow::Workflow;

/// A line: name, what it is, what it reads.
struct Line {
  std::string name, what, reads;
};

std::string text_of(const PortRef& ref) { return ref.node + (ref.previous ? ".previous." : ".") + ref.port; }

std::string text_of(const std::vector<PortRef>& refs) {
  if (refs.size() == 1) return text_of(refs[0]);
  std::string all;
  for (const auto& ref : refs) all += (all.empty() ? "" : ", ") + text_of(ref);
  return "[" + all + "]";
}

Line line_of(const Stage& stage, const std::string& lead) {
  std::string reads;
  for (const auto& [port, refs] : stage.inputs) reads += (reads.empty() ? "" : ", ") + port + ": " + text_of(refs);
  return {lead + stage.name, stage.uses, reads};
}

Line line_of(const Loop& loop) {
  std::string reads;
  for (const auto& [port, first] : loop.carry)
    reads +=
        fmt::format("{}{}: {}, then {}", reads.empty() ? "" : "; ", port, text_of(first), text_of(loop.next.at(port)));
  const auto rounds = fmt::format("{} round{}", loop.rounds, loop.rounds == 1 ? "" : "s");
  const auto until =
      loop.until_changed_bits ? fmt::format(", until < {} of the bits change", *loop.until_changed_bits) : "";
  return {loop.name, rounds + until, reads};
}

/// What lies in a loop, in its order, behind a line that leads to it.
void add(const std::vector<Stage>& stages, const std::string& lead, std::vector<Line>& lines) {
  for (const size_t index : order(stages)) lines.push_back(line_of(stages[index], lead));
}

void add(const Loop& loop, std::vector<Line>& lines) {
  lines.push_back(line_of(loop));
  add(loop.stages, "│ ", lines);
  if (!loop.observers.empty()) lines.push_back({"│ observe", "", ""});
  add(loop.observers, "│   ", lines);
}

/// Characters, not bytes.
size_t width(const std::string& text) {
  return std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; });
}

std::string padded(const std::string& text, size_t to) { return text + std::string(to - width(text), ' '); }

std::string without_trailing_spaces(const std::string& text) { return text.substr(0, text.find_last_not_of(' ') + 1); }

}  // namespace

std::string to_text(const Workflow& workflow) {
  std::vector<Line> lines;
  for (const auto& [is_loop, index] : order(workflow)) {
    if (is_loop)
      add(workflow.loops[index], lines);
    else
      lines.push_back(line_of(workflow.stages[index], ""));
  }
  size_t names = 0, whats = 0;
  for (const auto& line : lines) names = std::max(names, width(line.name)), whats = std::max(whats, width(line.what));
  std::string all;
  for (const auto& [name, what, reads] : lines)
    all += without_trailing_spaces(padded(name, names) + "  " + padded(what, whats) + "  " + reads) + "\n";
  return all;
}

}  // namespace hashloom::graph
