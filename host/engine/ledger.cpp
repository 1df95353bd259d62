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
    for (const auto& [unit, mark] : json.at("done").items()) done_[unit] = {mark.at("seconds"), mark.at("key")};
    seq_ = json.at("seq");
  } catch (const nlohmann::json::exception& error) {
    throw store::CorruptFile(file_.string() + ": not a ledger: " + error.what(),
                             "restore the file, or begin anew with: hashloom run");
  }
}

bool Ledger::done(const std::string& unit) const {
  const std::lock_guard lock(mutex_);
  return done_.contains(unit);
}

double Ledger::seconds(const std::string& unit) const {
  const std::lock_guard lock(mutex_);
  return done_.at(unit).seconds;
}

std::string Ledger::key(const std::string& unit) const {
  const std::lock_guard lock(mutex_);
  return done_.at(unit).key;
}

double Ledger::seconds_below(const std::string& prefix) const {
  const std::lock_guard lock(mutex_);
  double sum = 0;
  for (const auto& [unit, mark] : done_)
    if (unit.starts_with(prefix)) sum += mark.seconds;
  return sum;
}

void Ledger::mark(const std::string& unit, const Mark& mark, int64_t seq) {
  const std::lock_guard lock(mutex_);
  done_[unit] = mark;
  seq_ = std::max(seq_, seq);
  nlohmann::json done = nlohmann::json::object();
  for (const auto& [name, its] : done_) done[name] = {{"seconds", its.seconds}, {"key", its.key}};
  store::write_atomically(file_, nlohmann::json{{"seq", seq_}, {"done", done}}.dump(1));
}

int64_t Ledger::seq() const {
  const std::lock_guard lock(mutex_);
  return seq_;
}

}  // namespace hashloom::engine
