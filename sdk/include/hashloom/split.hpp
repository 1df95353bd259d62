#pragma once
#include <array>
#include <hashloom/tensor.hpp>
#include <memory>

namespace hashloom {

enum class Split { train, query, database };
inline constexpr std::array<Split, 3> kSplits{Split::train, Split::query, Split::database};
HASHLOOM_API const char* name(Split split);  ///< "train", "query", "database"

/// One value for each split. Where the database is the training images, `database` shares `train`'s memory.
template <class T>
struct Splits {
  T train, query, database;

  const T& operator[](Split split) const {
    return split == Split::train ? train : split == Split::query ? query : database;
  }
  T& operator[](Split split) { return const_cast<T&>(std::as_const(*this)[split]); }
};

}  // namespace hashloom
