// Any text is a workflow or a list of mistakes; one that was accepted stands in run.json as it was. An input may begin
// with lines "#--set a=1", each an option of the command line, and end with a sub-workflow, part.yaml, after a line
// "#--part".
#include <hashloom/plugin.hpp>
#include <map>
#include <memory_file.hpp>
#include <plugins/components.hpp>
#include <workflow/diagnostics.hpp>
#include <workflow/load.hpp>

using namespace hashloom;

namespace {

/// Components without code behind them, one a role.
class Shelf final : public plugins::Components {
 public:
  Shelf() {
    add("dataset/toy", Schema("toy").param("images", 100, between(1, 60000), "how many"));
    add("feature/edges", Schema("edges")
                             .param("filters", std::vector<int64_t>{8, 4}, between(1, 64), "filters a scale")
                             .param("blur", 0.5, between(0, 1), "width")
                             .param("colour", false, anything(), "use colour")
                             .param("mode", "fast", one_of({"fast", "exact"}), "how"));
    add("hasher/lsh", Schema("lsh").param("bits", 32, between(1, 4096), "code length"));
    add("generator/gan", Schema("gan").param("epochs", 8, between(1, 1000), "passes"));
    add("network/pgh", Schema("network").param("epochs", 6, between(1, 1000), "passes"));
    add("evaluator/retrieval", Schema("retrieval")
                                   .input("codes", port::kCodes, Need::required, "codes")
                                   .input("labels", port::kLabels, Need::required, "labels"));
  }
  std::vector<std::string> ids() const override {
    std::vector<std::string> ids;
    for (const auto& [id, component] : components_) ids.push_back(id);
    return ids;
  }
  const plugins::ComponentInfo& get(const std::string& id) override { return components_.at(id); }

 private:
  void add(const std::string& id, Schema schema) {
    const auto role = id.substr(0, id.find('/'));
    components_.emplace(
        id, plugins::ComponentInfo{id, "toy", "1.0.0", "build", with_usual_ports(std::move(schema), role), nullptr});
  }
  std::map<std::string, plugins::ComponentInfo> components_;
};

struct Input {
  std::vector<std::string> sets;
  std::string workflow, part;
};

Input read_input(std::string_view text) {
  constexpr std::string_view kSet = "#--set ", kPart = "\n#--part\n";
  Input input;
  while (text.starts_with(kSet)) {
    const auto line = text.substr(0, text.find('\n'));
    input.sets.emplace_back(line.substr(kSet.size()));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  const auto end = text.find(kPart);
  input.workflow = text.substr(0, end);
  if (end != text.npos) input.part = text.substr(end + kPart.size());
  return input;
}

std::span<const uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Shelf shelf;
  const Input input = read_input({reinterpret_cast<const char*>(data), size});
  const fuzz::MemoryFolder part("part.yaml", bytes_of(input.part));
  const fuzz::MemoryFolder folder("workflow.yaml", bytes_of(input.workflow));
  try {
    const auto loaded = workflow::load(folder.path() / "workflow.yaml", {.profile = {}, .sets = input.sets}, shelf);
    const auto text = workflow::to_json(loaded).dump();
    if (workflow::to_json(workflow::from_json(nlohmann::json::parse(text))).dump() != text) __builtin_trap();
  } catch (const workflow::Mistakes&) {
  }
  return 0;
}
