#pragma once
#include <map>
#include <string>
#include <vector>
#include <workflow/workflow.hpp>

namespace hashloom::workflow::test {

/// What the command line and the folder would add.
struct Options {
  std::vector<std::string> sets = {};
  std::string profile = {};
  std::map<std::string, std::string> files = {};  ///< further files beside w.yaml: text by name
};

/// load() of a file w.yaml with this text and made-up components.
Workflow loaded(const std::string& text, const Options& options = {});

/// load_cells() of it.
std::vector<Workflow> loaded_cells(const std::string& text, const Options& options = {});

/// The rendered mistakes of such a file, without its folder; "no mistake" if it is accepted.
std::string told(const std::string& text, const Options& options = {});

/// The same for any file.
std::string told_of(const std::string& path);

/// A run of PGH with everything that a workflow can say.
extern const std::string kPgh;

/// A data set and a feature; a test adds lines, the first of which is line 4.
extern const std::string kStart;

}  // namespace hashloom::workflow::test
