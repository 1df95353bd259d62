#include <engine/control_record.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <store/atomic_file.hpp>
#include <store/tensor_file.hpp>

namespace hashloom::engine {
namespace {

using nlohmann::json;

std::filesystem::path file_of(const std::filesystem::path& run) { return run / "checkpoints" / "control.json"; }

/// Only these may be tuned.
json value_json(const ParamValue& value) {
  return std::visit([](const auto& held) { return json(held); }, value);
}

ParamValue value_in(const json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number_integer()) return value.get<int64_t>();
  if (value.is_number()) return value.get<double>();
  return value.get<std::string>();
}

json to_json(const ControlRecord& record) {
  json all{{"requests_read", record.requests_read}, {"tunings", json::array()}, {"swaps", json::array()}};
  for (const auto& tuning : record.tunings)
    all["tunings"].push_back({{"stage", tuning.stage},
                              {"parameter", tuning.parameter},
                              {"value", value_json(tuning.value)},
                              {"round", tuning.round},
                              {"epoch", tuning.epoch}});
  for (const auto& swap : record.swaps)
    all["swaps"].push_back({{"plugin", swap.plugin}, {"folder", swap.folder}, {"round", swap.round}});
  return all;
}

ControlRecord from_json(const json& all) {
  ControlRecord record;
  record.requests_read = all.at("requests_read");
  for (const auto& one : all.at("tunings"))
    record.tunings.push_back(
        {one.at("stage"), one.at("parameter"), value_in(one.at("value")), one.at("round"), one.at("epoch")});
  for (const auto& one : all.at("swaps")) record.swaps.push_back({one.at("plugin"), one.at("folder"), one.at("round")});
  return record;
}

}  // namespace

ControlRecord read_control(const std::filesystem::path& run) {
  const auto file = file_of(run);
  if (!std::filesystem::exists(file)) return {};
  try {
    std::ifstream in(file);
    return from_json(json::parse(in));
  } catch (const json::exception& error) {
    throw store::CorruptFile(file.string() + ": no record of what was controlled: " + error.what(),
                             "restore the file, or begin anew with: hashloom run");
  }
}

void write(const std::filesystem::path& run, const ControlRecord& record) {
  store::write_atomically(file_of(run), to_json(record).dump(1) + "\n");
}

}  // namespace hashloom::engine
