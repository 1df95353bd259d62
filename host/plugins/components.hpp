#pragma once
#include <filesystem>
#include <hashloom/errors.hpp>
#include <hashloom/plugin.hpp>
#include <string>
#include <vector>

namespace hashloom::plugins {

/// A library that can't be used, or is not there; says which, why, and the remedy.
class PluginError : public Error {
 public:
  using Error::Error;
};

/// A component that a workflow can name.
struct ComponentInfo {
  std::string id;              ///< "hasher/lsh"
  std::string plugin;          ///< "lsh"
  std::string plugin_version;  ///< "1.0.0"
  std::string build_id;        ///< SHA-256 of the library file, hex
  Schema schema;               ///< with all ports
  Instance (*make)(const Params& params);
  std::filesystem::path library = {};  ///< absolute
};

/// What a workflow can name. The one real implementation is Catalogue; the checker's tests make their own.
class Components {
 public:
  virtual ~Components() = default;
  /// All ids that some manifest names, sorted; nothing is opened.
  virtual std::vector<std::string> ids() const = 0;
  /// Opens the library at the first call. `id` is one of ids(). Throws PluginError if it can't be used.
  virtual const ComponentInfo& get(const std::string& id) = 0;
};

}  // namespace hashloom::plugins
