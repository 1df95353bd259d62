#pragma once
#include <hashloom/state.hpp>

namespace hashloom::support {

/// Moves what `learned` keeps to another device: it is saved, `current` changes, and loading builds it anew there.
template <class Learned>
void move_state(Learned& learned, at::Device& current, at::Device device) {
  if (current == device) return;
  State saved;
  learned.state(saved);
  current = device;
  State loading(saved.tensors());
  learned.state(loading);
}

}  // namespace hashloom::support
