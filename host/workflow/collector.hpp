#pragma once
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

  bool is_empty() const { return mistakes_.empty(); }
  /// Whether further mistakes are left out.
  bool is_full() const { return mistakes_.size() >= kMost; }

  /// Throws Mistakes, in the order of the file, those of the command line last.
  void throw_if_any() const;

 private:
  std::filesystem::path file_;
  std::string text_;
  std::vector<Mistake> mistakes_;
};

}  // namespace hashloom::workflow
