// Any text is a workflow or a list of mistakes; one that was accepted stands in run.json as it was.
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Shelf shelf;
  const fuzz::MemoryFile file({data, size});
  try {
    const auto loaded = workflow::load(file.path(), {}, shelf);
    const auto text = workflow::to_json(loaded).dump();
    if (workflow::to_json(workflow::from_json(nlohmann::json::parse(text))).dump() != text) __builtin_trap();
  } catch (const workflow::Mistakes&) {
  }
  return 0;
}
