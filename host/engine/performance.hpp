#pragma once
#include <engine/job.hpp>
#include <engine/roles.hpp>
#include <engine/task.hpp>
#include <functional>

namespace hashloom::engine {

/// A stage's component and its context at one task, made where errors are told with their place.
class Performance {
 public:
  /// `is_silent`: the task is done, and something of it is made again.
  Performance(Job& job, const Task& task, bool is_silent, std::function<void()> on_random = {});

  Worker& worker() { return worker_; }
  StageContext& run() { return *run_; }
  const plugins::ComponentInfo& info() const { return info_; }

  void load(const std::map<std::string, Tensor>& tensors);
  std::map<std::string, Tensor> state();
  bool keeps_something() const;  ///< whether the component's state() asks for anything
  void learn();
  Ports outputs();  ///< without keys
  /// Runs what asks the component something else, told as its errors are.
  void guard(const std::function<void()>& work);

  /// Writes what the stage recorded and the event {kind: stage, state}, with `not_cached` (why) unless that is empty.
  /// Returns its number.
  int64_t tell(const std::string& state, const std::string& not_cached = "");
  /// Written and told at once, also by a silent one.
  void warn(const std::string& trouble, const std::string& evidence, const std::string& remedy);

 private:
  void warn_of_output();

  Job& job_;
  const Task& task_;
  const plugins::ComponentInfo& info_;
  bool is_silent_;
  Worker worker_;
  std::unique_ptr<StageContext> run_;
};

}  // namespace hashloom::engine
