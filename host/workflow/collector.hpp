#pragma once
#include <map>
#include <workflow/diagnostics.hpp>
#include <workflow/node.hpp>

namespace hashloom::workflow {

/// Collects what is wrong with a workflow and the files that it uses, at most kMost mistakes.
class Diagnostics {
 public:
  static constexpr size_t kMost = 1000;

  explicit Diagnostics(std::filesystem::path file) : files_{{std::move(file), {}}}, users_(1) {}

  /// Place::file of a sub-workflow, as the stage `user` uses it at `used_at`; the same for the same use.
  int add_file(const std::filesystem::path& path, const Source& used_at, const std::string& user);
  void set_text(std::string text, int file = 0) { files_.at(file).text = std::move(text); }
  const std::vector<SourceFile>& files() const { return files_; }

  void add(const Source& where, std::string what, std::string note = {});
  /// The note names the candidate that is nearest to `word`, and lists them all: "did you mean 'in'? It has: uses, in".
  void add_misspelt(const Source& where, std::string what, const std::string& word,
                    const std::vector<std::string>& candidates, const std::string& list = "it has");

  size_t count() const { return mistakes_.size(); }

  /// Whether further mistakes are left out.
  bool is_full() const { return mistakes_.size() >= kMost; }

  /// What is added from here on is wrong in this cell of a matrix; what is wrong in several cells is told once.
  void begin_cell(std::string name) { cell_ = std::move(name), ++cells_; }

  /// Throws Mistakes, in the order of the files, those of the command line last.
  void throw_if_any() const;

 private:
  /// The stage that uses a file, and where.
  struct User {
    Source used_at;
    std::string stage;
  };

  std::vector<std::string> context_of(const Mistake& mistake, const std::vector<std::string>& cells) const;

  std::vector<SourceFile> files_;
  std::vector<User> users_;                                  ///< of files_; none of the first
  std::map<std::pair<std::string, std::string>, int> uses_;  ///< a place in files_, by stage and path
  std::vector<Mistake> mistakes_;
  std::string cell_;  ///< empty: not in a cell
  size_t cells_ = 0;
  std::map<std::string, size_t> known_;             ///< where a mistake stands in mistakes_, by its place and text
  std::vector<std::vector<std::string>> found_in_;  ///< the cells of each mistake
};

}  // namespace hashloom::workflow
