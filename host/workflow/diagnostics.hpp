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

/// A file that was read, as Place::file counts them.
struct SourceFile {
  std::filesystem::path path;
  std::string text;
};

/// All mistakes of a workflow, in the order of its file, then of the sub-workflows that it uses.
class Mistakes : public std::runtime_error {
 public:
  Mistakes(const std::vector<SourceFile>& files, std::vector<Mistake> mistakes);
  const std::vector<Mistake>& all() const { return mistakes_; }
  const std::filesystem::path& file_of(const Mistake& mistake) const { return paths_.at(mistake.place.file); }
  /// As a person reads it: file:line:column: error: ..., the line with its mark, the note; "2 errors; nothing was run."
  /// What the command line said has its option in place of file:line:column.
  std::string rendered() const { return what(); }

 private:
  std::vector<std::filesystem::path> paths_;
  std::vector<Mistake> mistakes_;
};

/// A list of {file, line, column, width, severity, message, notes}; `line` 0 is the whole file; what the command line
/// said has its `option`.
nlohmann::json to_json(const Mistakes& mistakes);

/// "w.yaml:7:10"
std::string location(const std::filesystem::path& path, const Place& place);

/// The candidate that `word` was probably meant to be; empty if none is near.
std::string nearest(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace hashloom::workflow
