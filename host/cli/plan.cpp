#include <fmt/format.h>

#include <cli/command.hpp>
#include <cli/forced.hpp>
#include <cli/output.hpp>
#include <cli/sweep_options.hpp>
#include <cli/workflow_options.hpp>
#include <engine/plan.hpp>
#include <report/table.hpp>
#include <report/text.hpp>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;

struct PlannedCell {
  std::string name;  ///< empty: there is no matrix
  engine::Plan plan;
};

std::string round_text(const engine::PlannedTask& task) {
  return task.loop.empty() ? "" : fmt::format("{} {}", task.loop, task.round);
}

std::string saves(const engine::PlannedTask& task) {
  return task.seconds >= 0.05 ? fmt::format("saves {:.1f} s", task.seconds) : "";
}

report::Table table_of(const engine::Plan& plan) {
  report::Table table{
      {{"stage", "stage"}, {"round", "round"}, {"does", ""}, {"component", "component"}, {"why", "why"}}, {}};
  for (const auto& task : plan.tasks)
    table.rows.push_back({task.stage, round_text(task), task.is_cached ? "cached" : "run", task.uses,
                          task.is_cached ? saves(task) : task.why});
  return table;
}

void print_for_people(const engine::Plan& plan) {
  fmt::print("{}", report::render(table_of(plan)));
  for (const auto& open : plan.open_loops)
    fmt::print("rounds {} to {} of '{}' run as round {}, unless the codes settle before\n", open.from_round,
               open.to_round, open.loop, open.from_round - 1);
  const auto cached = std::ranges::count_if(plan.tasks, &engine::PlannedTask::is_cached);
  double seconds = 0;
  for (const auto& task : plan.tasks) seconds += task.seconds;
  fmt::print("{} run, {} cached, which saves {}\n", std::ssize(plan.tasks) - cached, cached, report::duration(seconds));
}

nlohmann::json to_json(const engine::Plan& plan) {
  nlohmann::json all{{"tasks", nlohmann::json::array()}, {"open_loops", nlohmann::json::array()}};
  for (const auto& task : plan.tasks)
    all["tasks"].push_back({{"stage", task.stage},
                            {"loop", task.loop},
                            {"round", task.round},
                            {"uses", task.uses},
                            {"does", task.is_cached ? "cached" : "run"},
                            {"why", task.why},
                            {"seconds_saved", task.seconds},
                            {"bytes", task.bytes}});
  for (const auto& open : plan.open_loops)
    all["open_loops"].push_back({{"loop", open.loop}, {"from_round", open.from_round}, {"to_round", open.to_round}});
  return all;
}

void print_for_people(const std::vector<PlannedCell>& cells) {
  for (const auto& cell : cells) {
    if (!cell.name.empty()) fmt::print("{}{}\n", &cell == &cells[0] ? "" : "\n", cell.name);
    print_for_people(cell.plan);
  }
}

/// One object, or with a matrix a list of them.
nlohmann::json to_json(const std::vector<PlannedCell>& cells) {
  if (cells[0].name.empty()) return to_json(cells[0].plan);
  auto all = nlohmann::json::array();
  for (const auto& cell : cells) {
    all.push_back(to_json(cell.plan));
    all.back()["cell"] = cell.name;
  }
  return all;
}

}  // namespace

int plan(const std::vector<std::string>& arguments) {
  po::options_description options("options");
  add_workflow_options(options);
  add_force_option(options);
  add_jobs_option(options);
  options.add_options()("device", po::value<std::string>()->value_name("DEVICE"), "auto, cpu or cuda:N");
  add_format_option(options, {"table", "json"});
  const auto values = parse(command_named("plan"), arguments, options, {"file"});
  if (!values) return kSuccess;
  const auto format = format_from(*values, {"table", "json"});
  auto catalogue = catalogue_from(*values);
  std::vector<PlannedCell> cells;
  for (const auto& workflow : workflows_from(*values, catalogue))
    cells.push_back({workflow::name_of(workflow.cell),
                     engine::plan(workflow, engine::machine_for(workflow), catalogue,
                                  cache::Cache(cache::results_folder()), forced_from(*values, workflow))});
  if (format == "json")
    print_json(to_json(cells));
  else
    print_for_people(cells);
  return kSuccess;
}

}  // namespace hashloom::cli
