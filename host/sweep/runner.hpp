#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace hashloom::sweep {

/// How cells are run: `program arguments... CELL`, each in a process of its own, so that one that crashes takes no
/// other with it. What it prints goes to CELL/console.log.
struct How {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  int64_t at_once = 1;
  bool fail_fast = false;  ///< the first failure stops the others and begins no more
  /// A cell that ended with status 0 and is not finished has failed (status 1): a component may have called _exit().
  bool (*is_finished)(const std::filesystem::path& cell) = nullptr;
};

struct Ended {
  std::filesystem::path cell;
  int status = 0;  ///< as Child::status
  double seconds = 0;
};

/// Is told what happens, from the thread that called run_cells.
class Watcher {
 public:
  virtual ~Watcher() = default;
  virtual void on_start(const std::filesystem::path& cell) = 0;
  virtual void on_end(const Ended& ended) = 0;
};

/// Runs the cells, and hands on to those that go on what the user asks by signals (engine::stop_asked). Gives those
/// that ended, in that order; those missing were not begun because of a stop. Throws std::system_error.
std::vector<Ended> run_cells(const std::vector<std::filesystem::path>& cells, const How& how, Watcher& watcher);

}  // namespace hashloom::sweep
