#pragma once
#include <engine/machine.hpp>
#include <filesystem>
#include <string>
#include <vector>
#include <workflow/workflow.hpp>

namespace hashloom::engine {

/// What run.json holds that a run needs to go on.
struct RunRecord {
  workflow::Workflow workflow;
  Machine machine;
  std::string instructions = instruction_set();  ///< of the processor that it began on
  std::vector<std::string> forced = {};          ///< stages whose results are not taken from the cache
};

/// Makes runs/<name>-<time>/, which was not there before; a number is added where two runs start in one second. Throws
/// std::filesystem::filesystem_error.
std::filesystem::path fresh_folder(const std::filesystem::path& runs, const std::string& name);

/// Where a run, or all cells of a sweep, come from.
struct Origin {
  std::vector<std::string> command;
  std::string commit;    ///< of the workflow's repository; empty where there is none
  bool changed = false;  ///< what is there differs from the commit
};
/// Asks git.
Origin origin_of(const std::vector<std::string>& command, const std::filesystem::path& workflow);

/// Writes run.json: the workflow as resolved, versions, device, threads, seed, command, host, git state. Throws
/// std::system_error if that can't be written.
void write_run_record(const std::filesystem::path& folder, const RunRecord& record, const Origin& origin);

/// Both.
std::filesystem::path make_run_folder(const std::filesystem::path& runs, const RunRecord& record,
                                      const std::vector<std::string>& command);

/// Throws DataError if `run` is no run's folder or its run.json can't be read.
RunRecord read_run_record(const std::filesystem::path& run);

/// Removes the half-written files that a process left behind which ended in the middle of writing. Nobody else writes
/// the run.
void remove_drafts(const std::filesystem::path& run);

/// Adds to run.json what a data set used labels for besides evaluation.
void note_label_use(const std::filesystem::path& run, const std::string& stage, const std::string& use);

}  // namespace hashloom::engine
