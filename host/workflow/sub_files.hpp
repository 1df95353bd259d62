#pragma once
#include <set>
#include <workflow/collector.hpp>
#include <workflow/node.hpp>

namespace hashloom::workflow {

/// The files of sub-workflows. Each is read once; what is wrong with it as YAML is told where it is used first.
class SubFiles {
 public:
  explicit SubFiles(Diagnostics& mistakes) : mistakes_(mistakes) {}

  /// The document of `path`, whose places are those of this use by the stage `user`. Nothing, and a mistake, if it is
  /// refused, or if all uses together are larger than one file may be.
  std::optional<Node> document(const std::filesystem::path& path, const Source& used_at, const std::string& user);

 private:
  struct File {
    std::string text;
    std::optional<Node> document;
    int64_t values = 0;
  };

  File read_file(int file, const Source& used_at);
  bool has_room(const File& file, const Source& used_at);

  Diagnostics& mistakes_;
  std::map<std::filesystem::path, File> files_;
  std::set<int> counted_;
  int64_t values_ = 0, bytes_ = 0;
};

}  // namespace hashloom::workflow
