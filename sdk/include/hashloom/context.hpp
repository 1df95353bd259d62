#pragma once
#include <ATen/core/Generator.h>

#include <hashloom/tensor.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hashloom {

class Epochs;

/// What a figure is, so that it is shown and compared rightly.
struct MetricStyle {
  std::string_view unit = "";  ///< "%" (value is a fraction in [0, 1]), "bits", "codes", "" for a plain number
  bool headline = false;       ///< one of the columns of a run's table
  bool higher_is_better = true;
};

/// A picture to record: uint8 [H, W] or [H, W, 3] on the CPU.
struct Picture {
  std::string_view name;
  Tensor pixels;
  std::string caption;  ///< what is to be seen, with "n of N" where it is a sample
};

/// A curve to record, such as precision over recall. x and y have equal lengths.
struct Curve {
  std::string_view name, x_label, y_label;
  std::span<const double> x, y;
};

/// All that a component may ask of the host. A component prints nothing, opens no file that its parameters do not name,
/// and takes random numbers from here only, so that the same seed gives the same bits.
class HASHLOOM_API Context {
 public:
  virtual ~Context();

  virtual int64_t round() const = 0;      ///< 1, 2, ... in a loop, 0 outside of one or before round 1
  virtual at::Device device() const = 0;  ///< where tensors given to this component are, and where it computes
  virtual bool bf16() const = 0;          ///< matrix products may run in bfloat16 (see Autocast in train.hpp)

  /// A generator on the CPU, seeded by the run's seed, the stage, the round and (within epochs()) the epoch. Asking for
  /// it marks the stage as depending on the seed.
  virtual at::Generator random() = 0;
  Tensor randn(at::IntArrayRef sizes);  ///< normal float32 on device(), the same numbers on every device
  Tensor rand(at::IntArrayRef sizes);   ///< uniform in [0, 1), float32 on device()
  Tensor randperm(int64_t n);           ///< a permutation, int64 [n] on the CPU
  uint64_t draw_seed();                 ///< a seed of its own, e.g. for Generator::sample

  /// for (const int64_t epoch : run.epochs(n)) { ... } runs epochs 1 to n. On entry the host restores state() if an
  /// earlier try of this stage got further, and starts after the epoch saved last; after each epoch it saves state().
  /// Throws Stopped between epochs when the user asked to stop.
  Epochs epochs(int64_t count);

  /// Tells how far the current epoch (or fit) is: `done` of `total` `unit`s, with the latest losses. Cheap; call it
  /// each step. Throws Stopped when the user asked to stop at once.
  using Losses = std::span<const std::pair<std::string_view, double>>;
  virtual void progress(int64_t done, int64_t total, std::string_view unit, Losses losses = {}) = 0;

  virtual void metric(std::string_view name, double value, const MetricStyle& style = {}) = 0;
  virtual void picture(const Picture& picture) = 0;
  virtual void curve(const Curve& curve) = 0;

  /// Something goes wrong in training without being an error. `trouble` is its short name ("codes collapse"),
  /// `evidence` the figure that shows it, `remedy` what the user can change.
  virtual void warn(std::string_view trouble, const std::string& evidence, const std::string& remedy) = 0;

  virtual bool stop_requested() const = 0;

 private:
  friend class Epochs;
  virtual int64_t first_epoch(int64_t count) = 0;  ///< restores state(); the epoch to start with
  virtual void start_epoch(int64_t epoch, int64_t count) = 0;
  virtual void finish_epoch(int64_t epoch, int64_t count) = 0;
};

/// A range of epochs; see Context::epochs.
class HASHLOOM_API Epochs {
 public:
  class Iterator {
   public:
    Iterator(Context* run, int64_t epoch, int64_t count) : run_(run), epoch_(epoch), count_(count) {}
    int64_t operator*() const { return epoch_; }
    bool operator!=(const Iterator& end) const { return epoch_ <= end.count_; }
    HASHLOOM_API Iterator& operator++();

   private:
    Context* run_;
    int64_t epoch_, count_;
  };

  Epochs(Context& run, int64_t count) : run_(&run), count_(count) {}
  Iterator begin() const;
  Iterator end() const { return {run_, count_ + 1, count_}; }

 private:
  Context* run_;
  int64_t count_;
};

}  // namespace hashloom
