#pragma once
#include <hashloom/schema.hpp>
#include <string>
#include <vector>

namespace hashloom::plugins {

/// The inputs of which exactly one is wired: those of images and of features where both kinds are there and none is
/// required ("images or features"). Empty: the schema has no such choice.
std::vector<std::string> alternatives(const Schema& schema);

}  // namespace hashloom::plugins
