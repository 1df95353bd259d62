#pragma once
#include <dashboard/model/code_matrix.hpp>
#include <dashboard/model/history.hpp>
#include <optional>
#include <string>
#include <vector>

namespace hashloom::dash {

/// The training images that evaluator/embedding looks at, as a run's events tell of them in one round.
struct Sample {
  std::vector<double> x, y;              ///< where each stands
  std::vector<int64_t> items;            ///< indices into the training split
  std::vector<int> classes;              ///< -1: none
  std::optional<RecordedPicture> sheet;  ///< their images, row by row in squares
  std::string caption;                   ///< "2,000 of 10,000 training images, ..."

  int64_t size() const { return static_cast<int64_t>(items.size()); }
  /// Images stand in so many columns: the smallest square that holds them all.
  int64_t columns() const;

  struct Cell {
    double left = 0, top = 0, right = 1, bottom = 1;  ///< fractions of the sheet
  };
  Cell cell(int64_t place) const;

  bool operator==(const Sample&) const = default;
};

/// Nothing where the run has no evaluator/embedding, or it has not been at work yet. Throws std::runtime_error for
/// classes that are none of -1 to 999.
std::optional<Sample> sample_of(const History& history, int64_t round);

/// How many pairs of the sample lie at each distance (0 to bits), by whether their classes are the same. Pairs with an
/// item of no class count as of different ones.
struct Distances {
  std::vector<double> same, other;  ///< shares, each adding up to 1
};
Distances distances(const Sample& sample, const CodeMatrix& codes);

struct Neighbour {
  int64_t place = 0;  ///< in the sample
  int64_t distance = 0;
};
/// The sample's images by their distance to the one at `query`, which is left out; equal ones in the order of items.
std::vector<Neighbour> nearest(const Sample& sample, const CodeMatrix& codes, int64_t query, size_t count);

struct SharedCode {
  std::string hex;
  std::vector<int64_t> places;  ///< of the sample's images that have it
};
/// Codes of the sample, those that more images share first.
std::vector<SharedCode> shared_codes(const Sample& sample, const CodeMatrix& codes);

}  // namespace hashloom::dash
