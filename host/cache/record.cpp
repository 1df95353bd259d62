#include <cache/record.hpp>

namespace hashloom::cache {

nlohmann::json to_json(const Record& record) {
  return {{"key", record.key},      {"parts", record.parts},     {"workflow", record.workflow},
          {"path", record.path},    {"uses", record.uses},       {"round", record.round},
          {"seed", record.seed},    {"seconds", record.seconds}, {"label_use", record.label_use},
          {"images", record.images}};
}

Record record_from(const nlohmann::json& json) {
  Record record;
  record.key = json.at("key");
  record.parts = json.at("parts");
  record.workflow = json.at("workflow");
  record.path = json.at("path");
  record.uses = json.at("uses");
  record.round = json.at("round");
  record.seed = json.at("seed");
  record.seconds = json.at("seconds");
  record.label_use = json.at("label_use");
  record.images = json.value("images", nlohmann::json());
  return record;
}

}  // namespace hashloom::cache
