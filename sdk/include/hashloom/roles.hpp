#pragma once
#include <filesystem>
#include <hashloom/codes.hpp>
#include <hashloom/context.hpp>
#include <hashloom/errors.hpp>
#include <hashloom/images.hpp>
#include <hashloom/params.hpp>
#include <hashloom/split.hpp>
#include <hashloom/state.hpp>
#include <hashloom/torch_script.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hashloom {

class Generator;
using GeneratorPtr = std::shared_ptr<const Generator>;

/// What every component has. Made by its constructor from checked Params; used by one thread at a time.
class HASHLOOM_API Component {
 public:
  virtual ~Component();
  /// Visits everything that fit() or train() changed; see State.
  virtual void state(State& s) {}
  /// Between two epochs, when parameters were changed that the schema marks as tunable: all parameters as they are from
  /// here on. A component that has such parameters overrides it; here it throws std::logic_error.
  virtual void tune(const Params& p);
  /// For `hashloom export RUN network.pt`, of a component that has learned: `def forward(self, x: Tensor) -> Tensor` of
  /// a batch as it comes, which gives features, or the numbers that bits are made of (float32 [n, k]), and then `def
  /// bits(self, x: Tensor) -> Tensor` too. Its outputs are those of the component to 1e-5. Nothing: it can't.
  virtual std::optional<TorchScript> torch_script() const { return {}; }
};

/// What a trainer gets: the training split of each wired input, by port name. No labels: training is unsupervised by
/// construction. Readers throw std::logic_error for a port that the schema does not have or that is not wired.
class HASHLOOM_API TrainingInputs {
 public:
  std::map<std::string, ImagesPtr> images_by_port;
  std::map<std::string, Tensor> features_by_port;  ///< float32 [N, D] on the CPU
  std::map<std::string, Codes> codes_by_port;
  std::map<std::string, GeneratorPtr> generators_by_port;

  bool has(const std::string& port) const;
  const Images& images(const std::string& port = "images") const;
  const Tensor& features(const std::string& port = "features") const;
  const Codes& codes(const std::string& port = "codes") const;
  const Generator& generator(const std::string& port = "generator") const;
};

/// What an evaluator gets: all splits of each wired input, and labels. Readers throw as those of TrainingInputs.
class HASHLOOM_API EvaluationInputs {
 public:
  std::map<std::string, Splits<ImagesPtr>> images_by_port;
  std::map<std::string, Splits<Tensor>> features_by_port;
  std::map<std::string, Splits<Tensor>> labels_by_port;
  std::map<std::string, Splits<Codes>> codes_by_port;
  std::map<std::string, GeneratorPtr> generators_by_port;

  bool has(const std::string& port) const;
  const Splits<ImagesPtr>& images(const std::string& port = "images") const;
  const Splits<Tensor>& features(const std::string& port = "features") const;
  const Splits<Tensor>& labels(const std::string& port = "labels") const;
  const Splits<Codes>& codes(const std::string& port = "codes") const;
  const Generator& generator(const std::string& port = "generator") const;
};

/// Role dataset: -> images, labels.
class HASHLOOM_API Dataset : public Component {
 public:
  ~Dataset() override;
  /// The files that the parameters name; their contents are part of the stage's key. Called before load.
  virtual std::vector<std::filesystem::path> files() const { return {}; }
  /// Opens (or reads) the files. Throws DataError. Random choices come from `run`.
  virtual void load(Context& run) = 0;
  /// Queries are never in train or database. Where database is train, both are the same pointer.
  virtual Splits<ImagesPtr> images() const = 0;
  /// Per split int32 [N] (-1: none) or multi-hot bool [N, classes], in the order of images().
  virtual Splits<Tensor> labels() const = 0;
  /// What labels were used for besides evaluation: "queries: the first 100 of each class"; stands in run.json.
  virtual std::string label_use() const { return "none"; }
};

/// Role feature: images -> features.
class HASHLOOM_API Feature : public Component {
 public:
  ~Feature() override;
  virtual void fit(const Images& train, Context& run) {}
  /// images uint8 [n, C, H, W] -> float32 [n, D], both on the run's device; row i depends on image i alone.
  virtual Tensor features(const Tensor& images) const = 0;
};

/// Role hasher: features -> codes.
class HASHLOOM_API InitialHasher : public Component {
 public:
  ~InitialHasher() override;
  /// x: the training split, float32 [N, D] on the run's device.
  virtual void fit(const Tensor& x, Context& run) = 0;
  /// float32 [n, D] -> bool [n, k], both on the run's device; row i depends on row i alone. The host packs them.
  virtual Tensor bits(const Tensor& x) const = 0;
};

/// Role generator: images, codes -> generator. The instance learns; what goes out on the port is a snapshot: another
/// instance made from the same Params, attached to the training inputs, loaded by state(), and only sampled from.
class HASHLOOM_API Generator : public Component {
 public:
  ~Generator() override;
  /// Learns from in.images(), in.codes(); called once a round, the weights kept from round to round.
  virtual void train(const TrainingInputs& in, Context& run) = 0;
  /// Called on a snapshot before state() loads it, with what train() saw. Keep what sampling needs, copy nothing large.
  virtual void attach(const TrainingInputs& in, at::Device device) {}
  /// codes bool [n, k] and items int64 [n] (indices into the training split whose images asked for the codes, -1: none)
  /// -> float32 [n, C, H, W] in [-1, 1] of the data set's ImageSpec, on the run's device. Deterministic in its
  /// arguments; changes no state (batch statistics may be used, running ones are not updated); records no gradient.
  virtual Tensor sample(const Tensor& codes, const Tensor& items, uint64_t seed) const = 0;
};

/// Role network: images, codes, generator -> codes.
class HASHLOOM_API HashNetwork : public Component {
 public:
  ~HashNetwork() override;
  /// Called once a round; the weights are kept from round to round.
  virtual void train(const TrainingInputs& in, Context& run) = 0;
  /// Called before bits(), also where state() loaded what train() learned earlier: compute on this device from now on.
  virtual void attach(at::Device device) {}
  /// A batch of the first wired input that is images (uint8 [n, C, H, W]) or features (float32 [n, D]) -> bool [n, k],
  /// both on the run's device; row i depends on row i alone.
  virtual Tensor bits(const Tensor& batch) const = 0;
};

/// Role evaluator: anything -> metrics and pictures. All that it finds it records through `run`; it has no outputs.
class HASHLOOM_API Evaluator : public Component {
 public:
  ~Evaluator() override;
  virtual void evaluate(const EvaluationInputs& in, Context& run) const = 0;
};

}  // namespace hashloom
