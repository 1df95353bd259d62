#pragma once
#include <engine/roles.hpp>

namespace hashloom::engine {

/// An immutable copy of a generator that has learned: a second instance made from its parameters, attached to its
/// training inputs and loaded with its state. Its samples are checked: ShapeError names the component.
GeneratorPtr snapshot(Worker& worker, const Ports& inputs, at::Device device);

}  // namespace hashloom::engine
