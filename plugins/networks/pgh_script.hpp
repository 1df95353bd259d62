#pragma once
#include <hashloom/torch_script.hpp>

#include "pgh_network.hpp"

/// The network as TorchScript: forward takes uint8 [n, C, H, W] as `spec` says and gives its outputs, float32 [n, k] in
/// (0, 1); bits is forward > 0.5.
hashloom::TorchScript pgh_script(const PghNetworkImpl& network, const hashloom::ImageSpec& spec);

/// The same of a network of features: forward takes float32 [n, D].
hashloom::TorchScript feature_script(const PghNetworkImpl& network);
