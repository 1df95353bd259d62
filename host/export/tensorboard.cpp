#include <fmt/format.h>

#include <boost/crc.hpp>
#include <cstring>
#include <events/fields.hpp>
#include <events/reader.hpp>
#include <export/bytes.hpp>
#include <export/tensorboard.hpp>
#include <hashloom/errors.hpp>
#include <limits>
#include <map>
#include <protozero/basic_pbf_builder.hpp>
#include <protozero/pbf_writer.hpp>
#include <store/atomic_file.hpp>

// https://github.com/tensorflow/tensorboard/tree/master/tensorboard/compat/proto: event.proto, summary.proto
namespace hashloom::exports {
namespace {

namespace fs = std::filesystem;
using events::integer;
using events::text;
using nlohmann::json;

enum class Event : protozero::pbf_tag_type { wall_time = 1, step = 2, file_version = 3, summary = 5 };
enum class Value : protozero::pbf_tag_type { tag = 1, simple_value = 2, image = 4, metadata = 9 };
enum class Image : protozero::pbf_tag_type { height = 1, width = 2, colorspace = 3, encoded = 4 };
enum class Metadata : protozero::pbf_tag_type { description = 3 };

uint32_t masked_crc(std::string_view bytes) {
  boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;  // Castagnoli
  crc.process_bytes(bytes.data(), bytes.size());
  const uint32_t value = crc.checksum();
  return ((value >> 15) | (value << 17)) + 0xA282EAD8;
}

template <class T>
std::string raw(T value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

/// A record: its length, that length's checksum, the bytes, their checksum.
std::string record(const std::string& bytes) {
  const auto length = raw(static_cast<uint64_t>(bytes.size()));
  return length + raw(masked_crc(length)) + bytes + raw(masked_crc(bytes));
}

double wall(const json& event) { return events::number(event, "wall").value_or(0); }

/// An event of TensorBoard whose summary has one value.
std::string summary(const json& event, int64_t step, const std::string& value) {
  std::string summary, all;
  protozero::pbf_writer(summary).add_message(1, value);
  protozero::basic_pbf_builder<std::string, Event> builder(all);
  builder.add_double(Event::wall_time, wall(event));
  builder.add_int64(Event::step, step);
  builder.add_message(Event::summary, summary);
  return all;
}

std::string tag_of(const json& event, const std::string& name) {
  const auto stage = text(event, "stage");
  return (stage.empty() ? text(event, "loop") : stage) + "/" + name;
}

std::string figure(const std::string& tag, double number) {
  std::string value;
  protozero::basic_pbf_builder<std::string, Value> builder(value);
  builder.add_string(Value::tag, tag);
  builder.add_float(Value::simple_value, static_cast<float>(number));
  return value;
}

std::string image_of(const json& event, const std::string& png) {
  constexpr size_t kColourType = 25;  // of the header chunk; 0: grey
  std::string image;
  protozero::basic_pbf_builder<std::string, Image> builder(image);
  builder.add_int32(Image::height, static_cast<int32_t>(integer(event, "height").value_or(0)));
  builder.add_int32(Image::width, static_cast<int32_t>(integer(event, "width").value_or(0)));
  builder.add_int32(Image::colorspace, png[kColourType] == 0 ? 1 : 3);
  builder.add_bytes(Image::encoded, png);
  return image;
}

std::string picture(const json& event, const std::string& png) {
  std::string metadata, value;
  protozero::basic_pbf_builder<std::string, Metadata>(metadata).add_string(Metadata::description,
                                                                           text(event, "caption"));
  protozero::basic_pbf_builder<std::string, Value> builder(value);
  builder.add_string(Value::tag, tag_of(event, text(event, "name")));
  builder.add_message(Value::image, image_of(event, png));
  builder.add_message(Value::metadata, metadata);
  return value;
}

/// Writes records as the run's events come.
class Mirror {
 public:
  explicit Mirror(fs::path run) : run_(std::move(run)) {}

  void add(const json& event) {
    const auto kind = text(event, "kind");
    if (bytes_.empty()) begin(event);
    if (kind == "epoch") add_epoch(event);
    if (kind == "metric") add_figure(event, text(event, "name"), event.value("value", json()));
    if (kind == "round" && event.contains("changed_bits")) add_figure(event, "changed_bits", event["changed_bits"]);
    if (kind == "round" && event.contains("distinct_codes"))
      add_figure(event, "distinct_codes", event["distinct_codes"]);
    if (kind == "picture") add_picture(event);
  }

  const std::string& bytes() const { return bytes_; }
  Mirrored counted(fs::path file) const { return {std::move(file), figures_, pictures_}; }

 private:
  void begin(const json& event) {
    std::string first;
    protozero::basic_pbf_builder<std::string, Event> builder(first);
    builder.add_double(Event::wall_time, wall(event));
    builder.add_string(Event::file_version, "brain.Event:2");
    bytes_ += record(first);
  }

  /// Epochs count on from round to round.
  void add_epoch(const json& event) {
    ++epochs_[text(event, "stage")];
    if (const auto losses = event.find("losses"); losses != event.end() && losses->is_object())
      for (const auto& [name, loss] : losses->items()) add_figure(event, name, loss);
  }

  int64_t step_of(const json& event) const {
    const auto epochs = epochs_.find(text(event, "stage"));
    const bool is_in_epoch = integer(event, "epoch").value_or(0) > 0 && epochs != epochs_.end();
    return is_in_epoch ? epochs->second : integer(event, "round").value_or(0);
  }

  void add_figure(const json& event, const std::string& name, const json& number) {
    const double value = number.is_number() ? number.get<double>() : std::numeric_limits<double>::quiet_NaN();
    bytes_ += record(summary(event, step_of(event), figure(tag_of(event, name), value)));
    ++figures_;
  }

  void add_picture(const json& event) {
    const auto png = bytes_of(run_ / "blobs" / fs::path(text(event, "blob")).filename());
    if (!png.starts_with("\x89PNG") || png.size() < 33) return;  // the blob was deleted
    bytes_ += record(summary(event, step_of(event), picture(event, png)));
    ++pictures_;
  }

  fs::path run_;
  std::string bytes_;
  std::map<std::string, int64_t> epochs_;  ///< done, by stage
  int64_t figures_ = 0, pictures_ = 0;
};

}  // namespace

Mirrored export_tensorboard(const fs::path& run, const fs::path& folder) {
  Mirror mirror(run);
  const auto events = events::read(run, {"run", "epoch", "metric", "round", "picture"});
  if (events.empty())
    throw DataError(fmt::format("'{}' is no run: it has no events", run.string()), "see: hashloom runs");
  for (const auto& event : events) mirror.add(event);
  const auto name = fmt::format("events.out.tfevents.{}.hashloom", static_cast<int64_t>(wall(events.front())));
  store::write_atomically(folder / name, mirror.bytes());
  return mirror.counted(folder / name);
}

}  // namespace hashloom::exports
