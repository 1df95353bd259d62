#pragma once
#include <hashloom/context.hpp>

namespace hashloom::support {

/// What goes wrong in training; see Context::warn.
struct Trouble {
  std::string name, evidence, remedy;
  bool operator==(const Trouble&) const = default;
};

inline void warn(Context& run, const std::vector<Trouble>& troubles) {
  for (const auto& trouble : troubles) run.warn(trouble.name, trouble.evidence, trouble.remedy);
}

}  // namespace hashloom::support
