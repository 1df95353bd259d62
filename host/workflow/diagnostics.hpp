#pragma once
#include <workflow/workflow.hpp>

#include <stdexcept>

namespace hashloom::workflow {

struct Mistake {
  Place place;
  std::string what;   ///< lower case, no full stop: "stage 'gist': feature/gist has no parameter 'orientation'"
  std::string note;   ///< the remedy, may be empty: "did you mean 'orientations'? It has: ..."
  int width = 1;      ///< columns to underline
};

/// All mistakes of one file, in the order of the file.
class Mistakes : public std::runtime_error {
 public:
  Mistakes(std::filesystem::path file, std::string text, std::vector<Mistake> mistakes);
  const std::vector<Mistake>& all() const { return mistakes_; }
  /// As a person reads it: file:line:column: error: ..., the line with its mark, the note; "2 errors; nothing was run."
  std::string rendered() const;

 private:
  std::filesystem::path file_;
  std::string text_;
  std::vector<Mistake> mistakes_;
};

/// The candidate that `word` was probably meant to be; empty if none is near.
std::string nearest(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace hashloom::workflow
