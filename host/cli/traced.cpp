#include <fmt/format.h>

#include <cli/output.hpp>
#include <cli/traced.hpp>
#include <report/table.hpp>
#include <trace/summary.hpp>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;

constexpr size_t kShownLines = 20;

double percent(double seconds, double wall) { return wall > 0 ? seconds / wall : 0; }

report::Table table_of(const trace::Summary& summary) {
  report::Table table{{{"kind", "kind"},
                       {"work", "work"},
                       {"calls", "calls"},
                       {"seconds", "seconds", false, 2},
                       {"share", "% of wall time", true}},
                      {}};
  for (const auto& line : summary.lines) {
    if (table.rows.size() == kShownLines) break;
    table.rows.push_back(
        {trace::name(line.kind), line.name, line.calls, line.seconds, percent(line.seconds, summary.wall)});
  }
  return table;
}

void tell(const std::vector<trace::Event>& events, const std::string& file) {
  const auto summary = trace::summarise(events);
  fmt::print("\nwhere the time went, without what other work was done within\n{}", report::render(table_of(summary)));
  fmt::print("{:.2f} s in all, {:.2f} s ({:.2f} %) of it outside of components\n", summary.wall,
             summary.outside_components, 100 * percent(summary.outside_components, summary.wall));
  put(trace::to_trace_events(events).dump(), file);
  fmt::print("trace: {} (open it in ui.perfetto.dev)\n", file);
}

}  // namespace

void add_trace_option(po::options_description& options) {
  options.add_options()("trace", po::value<std::string>()->value_name("FILE"),
                        "write what was done when, for Perfetto, and end with a table of where the time went");
}

int traced(const po::variables_map& values, const std::function<int()>& work) {
  if (!values.count("trace")) return work();
  const auto file = values["trace"].as<std::string>();
  put("{}", file);  // a place that can't be written is told before the run, not after it
  trace::begin();
  const int status = work();
  tell(trace::end(), file);
  return status;
}

}  // namespace hashloom::cli
