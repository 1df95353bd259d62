#pragma once
#include <cstdint>
#include <filesystem>
#include <hashloom/schema.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace hashloom::workflow {

/// A place in a workflow's file; line and column count from 1, 0 means nowhere.
struct Place {
  int line = 0, column = 0;
  int file = 0;  ///< 0: the workflow's own; else a use of a sub-workflow, Workflow::used_files[file - 1]
  bool operator==(const Place&) const = default;
};

/// Where an input comes from: "gist.features", "pgh.codes", "pgh.previous.codes".
struct PortRef {
  std::string node;  ///< a stage, or a loop
  std::string port;  ///< an output of the stage, or a carried name of the loop
  bool is_loop = false;
  bool previous = false;  ///< what the loop's stages read in the round that just ended
  Place place;
  bool operator==(const PortRef&) const = default;
};

using Values = std::map<std::string, ParamValue>;

/// One combination of a matrix: its axes' values in the order of the file, each a flag, an integer, a number or a text.
using Cell = std::vector<std::pair<std::string, ParamValue>>;

/// "bits=16, seed=1"
std::string name_of(const Cell& cell);

/// One stage, complete and checked.
struct Stage {
  std::string name;  ///< "gist"; "start/hash" for the stage `hash` of the sub-workflow that the stage `start` uses
  std::string uses;  ///< a component's id
  std::string loop;  ///< the loop it lies in, empty outside
  bool observer = false;
  bool fresh = false;  ///< in a loop: made anew each round
  bool starts_at_zero =
      false;  ///< an observer that also runs before round 1: it reads no stage of its loop and no `previous`
  std::map<std::string, std::vector<PortRef>> inputs;  ///< by port; more than one only where the port is repeated
  Values params;                                       ///< all of the schema's, defaults filled in
  std::map<int64_t, Values> from_round;                ///< `rounds:` under `with`: overrides from that round on
  Place place;

  Values params_in(int64_t round) const;  ///< params with all overrides up to `round`
  bool operator==(const Stage&) const = default;
};

struct Loop {
  std::string name;
  std::map<std::string, PortRef> carry, next;  ///< same names in both
  int64_t rounds = 1;
  std::optional<double> until_changed_bits;  ///< stop after a round in which fewer train bits changed (fraction)
  std::vector<Stage> stages, observers;
  Place place;
  bool operator==(const Loop&) const = default;
};

/// A workflow with vars, profile and overrides applied, and everything that can be checked without running checked.
struct Workflow {
  std::string name;
  std::filesystem::path file;
  std::vector<std::filesystem::path> used_files;  ///< sub-workflows, one for each use
  uint64_t seed = 0;
  std::string device = "auto";     ///< auto, cpu, cuda:N
  std::string precision = "auto";  ///< auto, float32, bf16
  int64_t threads = 0;             ///< 0: as many as the machine has cores
  std::string profile;             ///< empty: none
  Values vars;                     ///< after profile, cell and overrides
  Cell cell;                       ///< of the matrix, of which this is one cell
  std::vector<Cell> cells;         ///< all of the matrix, of which everything else is the first; only from load()
  std::vector<Stage> stages;       ///< outside of loops
  std::vector<Loop> loops;
  std::optional<PortRef> encoder;  ///< the codes that encode foreign pictures: as named, else the last codes
  bool operator==(const Workflow&) const = default;
};

/// As it stands in run.json; from_json(to_json(w)) is w. from_json throws nlohmann::json::exception for other JSON.
nlohmann::json to_json(const Workflow& workflow);
Workflow from_json(const nlohmann::json& json);

/// A stage's parameters, likewise.
nlohmann::json to_json(const Values& values);
Values values_from_json(const nlohmann::json& json);

}  // namespace hashloom::workflow
