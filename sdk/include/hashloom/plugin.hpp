#pragma once
#include <hashloom/abi.h>
#include <torch/version.h>

#include <hashloom/params.hpp>
#include <hashloom/roles.hpp>
#include <type_traits>

namespace hashloom {

/// Exactly one of these made the component; the host never asks a pointer for its dynamic type.
struct Instance {
  std::shared_ptr<Component> component;  ///< always the same object as the one below that is set
  Dataset* dataset = nullptr;
  Feature* feature = nullptr;
  InitialHasher* hasher = nullptr;
  Generator* generator = nullptr;
  HashNetwork* network = nullptr;
  Evaluator* evaluator = nullptr;
};

/// One component of a plugin: its id, its schema with all ports filled in, and how it is made.
struct ComponentDescriptor {
  const char* id;  ///< "role/kebab-name"
  Schema (*schema)();
  Instance (*make)(const Params& params);
};

/// Adds the usual ports of `role` for inputs or outputs that the schema does not declare at all. Throws
/// std::logic_error for a role that does not exist.
HASHLOOM_API Schema with_usual_ports(Schema schema, const std::string& role);

namespace detail {

template <class C>
constexpr const char* role_of() {
  if constexpr (std::is_base_of_v<Dataset, C>) return "dataset";
  if constexpr (std::is_base_of_v<Feature, C>) return "feature";
  if constexpr (std::is_base_of_v<InitialHasher, C>) return "hasher";
  if constexpr (std::is_base_of_v<Generator, C>) return "generator";
  if constexpr (std::is_base_of_v<HashNetwork, C>) return "network";
  if constexpr (std::is_base_of_v<Evaluator, C>) return "evaluator";
  return nullptr;
}

template <class C>
Instance make(const Params& params) {
  const auto object = std::make_shared<C>(params);
  Instance made{.component = object};
  if constexpr (std::is_base_of_v<Dataset, C>) made.dataset = object.get();
  if constexpr (std::is_base_of_v<Feature, C>) made.feature = object.get();
  if constexpr (std::is_base_of_v<InitialHasher, C>) made.hasher = object.get();
  if constexpr (std::is_base_of_v<Generator, C>) made.generator = object.get();
  if constexpr (std::is_base_of_v<HashNetwork, C>) made.network = object.get();
  if constexpr (std::is_base_of_v<Evaluator, C>) made.evaluator = object.get();
  return made;
}

}  // namespace detail

/// Describes the component class C, which has `static Schema schema()` and a constructor from `const Params&`.
template <class C>
constexpr ComponentDescriptor component(const char* id) {
  static_assert(
      detail::role_of<C>() != nullptr,
      "a component derives from one role: Dataset, Feature, InitialHasher, Generator, HashNetwork or Evaluator");
  static_assert(std::is_constructible_v<C, const Params&>,
                "a component has a constructor from const hashloom::Params&");
  return {id, [] { return with_usual_ports(C::schema(), detail::role_of<C>()); }, &detail::make<C>};
}

}  // namespace hashloom

/// Once in each plugin: HASHLOOM_PLUGIN("lsh", "1.0.0", component<RandomHyperplanes>("hasher/lsh"), ...)
#define HASHLOOM_PLUGIN(plugin_name, plugin_version, ...)                                               \
  static const ::hashloom::ComponentDescriptor hashloom_components[] = {__VA_ARGS__};                   \
  extern "C" __attribute__((visibility("default"))) const hashloom_entry* hashloom_plugin_entry(void) { \
    static const hashloom_entry entry{                                                                  \
        HASHLOOM_ENTRY_MAGIC, sizeof(hashloom_entry),                                                   \
        HASHLOOM_SDK_ABI,     sizeof(hashloom_components) / sizeof(hashloom_components[0]),             \
        TORCH_VERSION,        HASHLOOM_COMPILER_ABI,                                                    \
        plugin_name,          plugin_version,                                                           \
        hashloom_components};                                                                           \
    return &entry;                                                                                      \
  }
