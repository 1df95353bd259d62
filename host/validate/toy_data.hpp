#pragma once
#include <hashloom/plugin.hpp>

namespace hashloom::validate {

/// What components are tried on: grey 28 x 28 images of four classes of stripes in noise, 96 to train with, 24 queries;
/// the database is the train split. Always the same.
struct ToyData {
  Splits<ImagesPtr> images;
  Splits<Tensor> features;  ///< float32 [N, 64]
  Splits<Tensor> labels;    ///< int32 [N]
  Splits<Codes> codes;      ///< 16 bits
  GeneratorPtr generator;   ///< real images, brighter or darker by the seed
  GeneratorPtr generator_of_features;
};

const ToyData& toy_data();  ///< made once

/// Whether one of the schema's inputs is of this type.
bool takes(const Schema& schema, const char* type);

/// Of toy_data(), by the type of each input of the schema.
TrainingInputs training_inputs(const ToyData& data, const Schema& schema);
EvaluationInputs evaluation_inputs(const ToyData& data, const Schema& schema);

}  // namespace hashloom::validate
