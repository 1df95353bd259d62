#include <fmt/format.h>

#include <engine/run_folder.hpp>
#include <events/fields.hpp>
#include <events/npy.hpp>
#include <events/reader.hpp>
#include <export/bytes.hpp>
#include <export/codes.hpp>
#include <hashloom/codes.hpp>
#include <hashloom/split.hpp>
#include <map>
#include <store/atomic_file.hpp>

namespace hashloom::exports {
namespace {

namespace fs = std::filesystem;
using events::integer;
using events::text;
using nlohmann::json;

bool is_of(const json& event, const workflow::PortRef& codes) {
  return text(event, "kind") == "codes" && text(event, codes.is_loop ? "loop" : "stage") == codes.node &&
         text(event, "port") == codes.port;
}

/// The encoder's codes events of the last round, by split.
std::map<std::string, json> recorded_codes(const fs::path& run) {
  const auto codes = engine::read_run_record(run).workflow.encoder;
  std::map<std::string, json> last;
  for (const auto& event : events::read(run, {"codes"})) {
    if (!codes || !is_of(event, *codes)) continue;
    if (!last.empty() && integer(event, "round") != integer(last.begin()->second, "round")) last.clear();
    last[text(event, "split")] = event;
  }
  if (!last.contains("train") || !last.contains("query"))
    throw DataError(fmt::format("{} has recorded no codes", run.string()),
                    fmt::format("a run does that after each round, or at its end: hashloom resume {}", run.string()));
  if (!last.contains("database")) last["database"] = last["train"];
  return last;
}

/// The blob's matrix of words; throws DataError if it is not what the event says.
Codes codes_in(const fs::path& run, const json& event) {
  const auto file = run / "blobs" / fs::path(text(event, "blob")).filename();
  try {
    const auto bytes = bytes_of(file);
    const auto matrix = events::from_npy(std::as_bytes(std::span(bytes)));
    return Codes::from_words(std::get<std::vector<uint64_t>>(matrix.values), matrix.rows,
                             integer(event, "bits").value_or(0));
  } catch (const std::exception& error) {
    throw DataError(fmt::format("{}: {}", file.string(), error.what()), "the run's folder is damaged; run it again");
  }
}

std::vector<std::byte> npy_of(const Codes& codes, Packing packing) {
  if (packing == Packing::words) return events::npy(codes.words(), codes.items(), codes.words_per_item());
  const Tensor bits = codes.unpack().to(at::kByte);
  return events::npy(std::span(bits.const_data_ptr<uint8_t>(), bits.numel()), codes.items(), codes.bits());
}

fs::path file_for(const fs::path& target, const std::string& split) {
  if (target.extension() != ".npy") return target / (split + ".npy");
  return target.parent_path() / fmt::format("{}-{}.npy", target.stem().string(), split);
}

}  // namespace

std::vector<CodesFile> export_codes(const fs::path& run, const fs::path& target, Packing packing) {
  const auto recorded = recorded_codes(run);
  std::vector<CodesFile> files;
  for (const Split split : kSplits) {
    const auto codes = codes_in(run, recorded.at(name(split)));
    const auto file = file_for(target, name(split));
    store::write_atomically(file, {npy_of(codes, packing)});
    if (packing == Packing::words)
      files.push_back({file, "uint64", codes.items(), codes.words_per_item(), codes.bits()});
    else
      files.push_back({file, "uint8", codes.items(), codes.bits(), codes.bits()});
  }
  return files;
}

}  // namespace hashloom::exports
