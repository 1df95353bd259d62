#pragma once
#include <hashloom/abi.h>
#include <torch/version.h>

#include <concepts>
#include <hashloom/params.hpp>
#include <hashloom/roles.hpp>
#include <string_view>
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

template <class C>
concept HasSchema = requires {
  { C::schema() } -> std::same_as<Schema>;
};

/// True if `id` is "ROLE/kebab-name".
consteval bool names_role(std::string_view id, std::string_view role) {
  return id.starts_with(role) && id.substr(role.size()).starts_with('/');
}

consteval bool is_kebab_case(std::string_view name) {
  bool may_end = false;
  for (const char c : name) {
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!is_word && (c != '-' || !may_end)) return false;
    may_end = is_word;
  }
  return may_end;
}

// Never called: the compiler names them in its error where an id is wrong.
inline void the_id_of_a_component_begins_with_the_role_of_its_class() {}
inline void the_id_of_a_component_ends_with_a_name_in_kebab_case() {}

}  // namespace detail

/// Describes the component class C, which has `static Schema schema()` and a constructor from `const Params&`. The id
/// is "role/kebab-name", with the role of the class.
template <class C>
consteval ComponentDescriptor component(const char* id) {
  static_assert(
      detail::role_of<C>() != nullptr,
      "a component derives from one role: Dataset, Feature, InitialHasher, Generator, HashNetwork or Evaluator");
  static_assert(detail::HasSchema<C>, "a component says what it is: static hashloom::Schema schema()");
  static_assert(!std::is_abstract_v<C>,
                "a component overrides each pure function of its role, const where it is const (hashloom/roles.hpp)");
  static_assert(std::is_abstract_v<C> || std::is_constructible_v<C, const Params&>,
                "a component has a constructor from const hashloom::Params&");
  constexpr bool is_right = detail::HasSchema<C> && !std::is_abstract_v<C> && std::is_constructible_v<C, const Params&>;
  if constexpr (is_right && detail::role_of<C>() != nullptr) {
    constexpr std::string_view role = detail::role_of<C>();
    if (!detail::names_role(id, role)) detail::the_id_of_a_component_begins_with_the_role_of_its_class();
    if (!detail::is_kebab_case(std::string_view(id).substr(role.size() + 1)))
      detail::the_id_of_a_component_ends_with_a_name_in_kebab_case();
    return {id, [] { return with_usual_ports(C::schema(), detail::role_of<C>()); }, &detail::make<C>};
  }
  return {};
}

}  // namespace hashloom

/// Once in each plugin: HASHLOOM_PLUGIN("lsh", "1.0.0", component<RandomHyperplanes>("hasher/lsh"), ...)
#define HASHLOOM_PLUGIN(plugin_name, plugin_version, ...)                                               \
  struct hashloom_plugin_stands_once_in_a_library {};                                                   \
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
