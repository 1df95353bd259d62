#pragma once
#include <map>
#include <workflow/diagnostics.hpp>
#include <workflow/node.hpp>

namespace hashloom::workflow {

/// Collects what is wrong with one file, at most kMost mistakes.
class Diagnostics {
 public:
  static constexpr size_t kMost = 1000;

  explicit Diagnostics(std::filesystem::path file) : file_(std::move(file)) {}
  void set_text(std::string text) { text_ = std::move(text); }

  void add(const Source& where, std::string what, std::string note = {});
  /// The note names the candidate that is nearest to `word`, and lists them all: "did you mean 'in'? It has: uses, in".
  void add_misspelt(const Source& where, std::string what, const std::string& word,
                    const std::vector<std::string>& candidates, const std::string& list = "it has");

  size_t count() const { return mistakes_.size(); }

  /// Whether further mistakes are left out.
  bool is_full() const { return mistakes_.size() >= kMost; }

  /// What is added from here on is wrong in this cell of a matrix; what is wrong in several cells is told once.
  void begin_cell(std::string name) { cell_ = std::move(name), ++cells_; }

  /// Throws Mistakes, in the order of the file, those of the command line last.
  void throw_if_any() const;

 private:
  std::filesystem::path file_;
  std::string text_;
  std::vector<Mistake> mistakes_;
  std::string cell_;  ///< empty: not in a cell
  size_t cells_ = 0;
  std::map<std::string, size_t> known_;             ///< where a mistake stands in mistakes_, by its place and text
  std::vector<std::vector<std::string>> found_in_;  ///< the cells of each mistake
};

}  // namespace hashloom::workflow
