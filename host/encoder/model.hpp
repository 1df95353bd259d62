#pragma once
#include <filesystem>
#include <hashloom/images.hpp>
#include <map>
#include <string>
#include <vector>
#include <workflow/workflow.hpp>

namespace hashloom::encoder {

/// One stage on the way from images to codes, as it was when the run ended.
struct ModelStage {
  std::string name, uses;
  std::string plugin, plugin_version, build_id;
  int64_t round = 0;          ///< that it learned last; 0 outside of loops
  std::string input, output;  ///< ports
  workflow::Values params;
  std::map<std::string, Tensor> state;
};

/// Everything that turns pictures into a run's codes, but the plugins' own code.
struct Model {
  std::string run;      ///< name of the run's workflow
  std::string codes;    ///< what they are in it: "pgh.codes"
  ImageSpec images;     ///< what every picture is fitted to
  int64_t bits = 0;     ///< code length
  int64_t threads = 1;  ///< of the run; another number may round otherwise
  std::vector<ModelStage> stages;
};

/// encoder.json: everything but what the stages have learned, and a hash of that.
std::string description_of(const Model& model);

/// Writes RUN/encoder/: encoder.json, which says what there is, last, and for each stage NAME.safetensors. Throws
/// std::system_error.
void save_in_run(const std::filesystem::path& run, const Model& model);

/// Says there why the run can't encode pictures.
void save_why_not(const std::filesystem::path& run, const std::string& why_not);

/// One file that any machine with the same plugins can encode with: a tensor file (safetensors) with every stage's
/// state and encoder.json as one of its tensors. It holds no code. Throws std::system_error.
void write_portable(const std::filesystem::path& file, const Model& model);

/// Of a run's folder, or of what write_portable() made. Throws DataError, with a remedy, if there is none or it is
/// altered, cut short or of a newer version.
Model read_model(const std::filesystem::path& run_or_file);

}  // namespace hashloom::encoder
