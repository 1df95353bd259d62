#include <engine/recorded_codes.hpp>
#include <events/npy.hpp>

namespace hashloom::engine {

void record_codes(Recorder& recorder, const nlohmann::json& place, const std::string& port,
                  const Splits<Codes>& splits) {
  for (const Split split : kSplits) {
    const Codes& codes = splits[split];
    if (split == Split::database && codes.words().data() == splits.train.words().data()) continue;
    const auto blob = recorder.put_blob(events::npy(codes.words(), codes.items(), codes.words_per_item()), "npy");
    nlohmann::json event{{"kind", "codes"},        {"port", port},         {"split", hashloom::name(split)},
                         {"items", codes.items()}, {"bits", codes.bits()}, {"blob", blob}};
    event.update(place);
    recorder.record(event);
  }
}

}  // namespace hashloom::engine
