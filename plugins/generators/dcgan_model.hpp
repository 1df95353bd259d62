#pragma once
#include "conditional_gan.hpp"
#include "dcgan_discriminator.hpp"

/// Both networks of a GAN of canvases.
using DcganModel = ConditionalGan<DcganShape, DcganGenerator, DcganDiscriminator>;
