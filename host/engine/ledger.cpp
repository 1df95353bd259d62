#include <engine/ledger.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <store/atomic_file.hpp>
#include <store/tensor_file.hpp>

namespace hashloom::engine {

Ledger::Ledger(const std::filesystem::path& run) : file_(run / "checkpoints" / "ledger.json") {
  if (!std::filesystem::exists(file_)) return;
  try {
    std::ifstream in(file_);
    const auto json = nlohmann::json::parse(in);
    seconds_ = json.at("done").get<std::map<std::string, double>>();
    seq_ = json.at("seq");
  } catch (const nlohmann::json::exception& error) {
    throw store::CorruptFile(file_.string() + ": not a ledger: " + error.what(),
                             "restore the file, or begin anew with: hashloom run");
  }
}

double Ledger::seconds_below(const std::string& prefix) const {
  double sum = 0;
  for (const auto& [unit, seconds] : seconds_)
    if (unit.starts_with(prefix)) sum += seconds;
  return sum;
}

void Ledger::mark(const std::string& unit, double seconds, int64_t seq) {
  seconds_[unit] = seconds;
  seq_ = seq;
  store::write_atomically(file_, nlohmann::json{{"seq", seq_}, {"done", seconds_}}.dump(1));
}

}  // namespace hashloom::engine
