#pragma once
#include <plugins/components.hpp>
#include <validate/check.hpp>
#include <validate/toy_context.hpp>
#include <validate/toy_data.hpp>

namespace hashloom::validate {

/// Tensors by name: "bits of train", "state planes", ...
using Results = std::map<std::string, Tensor>;

/// A component with its schema's defaults, except that a parameter named epochs is 2 at the most.
Instance made(const plugins::ComponentInfo& component);
Params quick_parameters(const Schema& schema);

/// Lets it learn from the toy data. Throws Skipped where it needs files that are not there.
void learn(const plugins::ComponentInfo& component, const Instance& instance, Context& run);

/// What it gives for the toy data, batches of `batch` at a time, and, of an evaluator, what it records.
Results results(const plugins::ComponentInfo& component, const Instance& instance, int64_t batch = 1000);

/// What state() saves.
Results saved(const Instance& instance);

/// A new instance with this state, as the host makes it: a generator attached before, a network after.
Instance restored(const plugins::ComponentInfo& component, const Results& state);

/// Nothing if both are the same to the bit, else the first difference: "'bits of train' differs in 3 of 960 values".
std::optional<std::string> difference(const Results& a, const Results& b);

}  // namespace hashloom::validate
