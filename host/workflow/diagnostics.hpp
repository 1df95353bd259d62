#pragma once
#include <stdexcept>
#include <workflow/workflow.hpp>

namespace hashloom::workflow {

struct Mistake {
  Place place;
  std::string what;         ///< lower case, no full stop: "stage 'gist': feature/gist has no parameter 'orientation'"
  std::string note;         ///< the remedy, may be empty: "did you mean 'orientations'? It has: ..."
  int width = 1;            ///< columns to underline
  std::string origin = {};  ///< "--set gan.epochs" where the command line said it; empty: the file
  std::vector<std::string> context = {};  ///< where it comes from, each a note: "in the cell bits=5000"
};

/// All mistakes of one file, in the order of the file.
class Mistakes : public std::runtime_error {
 public:
  Mistakes(std::filesystem::path file, std::string text, std::vector<Mistake> mistakes);
  const std::vector<Mistake>& all() const { return mistakes_; }
  /// As a person reads it: file:line:column: error: ..., the line with its mark, the note; "2 errors; nothing was run."
  /// What the command line said has its option in place of file:line:column.
  std::string rendered() const { return what(); }

 private:
  std::vector<Mistake> mistakes_;
};

/// The candidate that `word` was probably meant to be; empty if none is near.
std::string nearest(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace hashloom::workflow
