#pragma once
#include <support/training_set.hpp>

#include "dcgan_model.hpp"
#include "gan_health.hpp"

/// Measures a GAN on up to 256 training images, with noise from `run`.
GanHealth probe(const DcganModel& model, const hashloom::support::TrainingSet& data, hashloom::Context& run);
