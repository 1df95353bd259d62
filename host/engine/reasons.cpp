#include <fmt/format.h>

#include <engine/reasons.hpp>
#include <tuple>

namespace hashloom::engine {
namespace {

using nlohmann::json;

int64_t round_of(const json& parts) { return parts.value("round", int64_t{0}); }

const cache::Record* nearest(const Wanted& wanted, const std::vector<cache::Record>& records) {
  const auto rank = [&](const cache::Record& record) {
    return std::tuple(record.workflow == wanted.workflow, record.uses == wanted.parts.at("component"), record.used);
  };
  const cache::Record* best = nullptr;
  for (const auto& record : records) {
    if (record.path != wanted.path || record.round != round_of(wanted.parts)) continue;
    if (!best || rank(record) > rank(*best)) best = &record;
  }
  return best;
}

std::string text(const json& value) {
  if (value.is_string()) return value;
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  return value.dump();
}

/// "bits changed from 32 to 64"
std::string changed(const std::string& what, const json& then, const json& now) {
  return fmt::format("{} changed from {} to {}", what, text(then), text(now));
}

class Differences {
 public:
  Differences(const json& then, const json& now) : then_(then), now_(now) {}

  std::string all(uint64_t seed_then, uint64_t seed_now) {
    if (differs("component")) return changed("component", then_["component"], now_["component"]);
    if (differs("build_id")) add("plugin rebuilt");
    params();
    inputs();
    if (differs("files")) files();
    if (differs("previous")) add("its weights of the round before changed");
    if (then_.contains("seed") && seed_then != seed_now) add(changed("seed", seed_then, seed_now));
    machine();
    return text_;
  }

 private:
  bool differs(const char* part) const { return then_.value(part, json()) != now_.value(part, json()); }
  void add(const std::string& difference) { text_ += (text_.empty() ? "" : "; ") + difference; }

  /// Each is [type, value].
  void params() {
    const auto then = then_.value("params", json::object()), now = now_.value("params", json::object());
    for (const auto& [name, value] : now.items())
      if (!then.contains(name))
        add(fmt::format("parameter {} is new", name));
      else if (then[name] != value)
        add(changed(name, then[name][1], value[1]));
  }

  void inputs() {
    const auto then = then_.value("inputs", json::object()), now = now_.value("inputs", json::object());
    for (const auto& [port, key] : now.items())
      if (key != "" && then.value(port, json()) != key) add(fmt::format("input '{}' changed", port));
    for (const auto& [port, key] : then.items())
      if (!now.contains(port)) add(fmt::format("input '{}' is no longer wired", port));
  }

  void files() {
    const auto then = then_.value("files", json::array()), now = now_.value("files", json::array());
    for (const auto& file : now)
      if (std::find(then.begin(), then.end(), file) == then.end())
        add(fmt::format("file '{}' changed", text(file.at(0))));
    const auto is_named = [&](const json& name) {
      return std::ranges::any_of(now, [&](const json& file) { return file.at(0) == name; });
    };
    for (const auto& file : then)
      if (!is_named(file.at(0))) add(fmt::format("file '{}' is gone", text(file.at(0))));
  }

  void machine() {
    if (differs("threads")) add(changed("threads", then_["threads"], now_["threads"]));
    if (differs("bf16")) add(now_["bf16"].get<bool>() ? "precision changed to bf16" : "precision changed to float32");
    if (differs("device")) add(changed("device", then_["device"], now_["device"]));
    if (differs("instructions")) add(changed("instruction set", then_["instructions"], now_["instructions"]));
    if (differs("libtorch")) add(changed("LibTorch", then_["libtorch"], now_["libtorch"]));
    if (differs("host") || differs("sdk_abi") || differs("sdk_build")) add("Hashloom was rebuilt");
  }

  const json& then_;
  const json& now_;
  std::string text_;
};

}  // namespace

std::string why_to_run(const Wanted& wanted, const std::vector<cache::Record>& records) {
  const auto* then = nearest(wanted, records);
  if (!then) return "never run";
  return Differences(then->parts, wanted.parts).all(then->seed, wanted.seed);
}

}  // namespace hashloom::engine
