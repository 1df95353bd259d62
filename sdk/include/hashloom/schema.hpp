#pragma once
#include <cstdint>
#include <hashloom/export.hpp>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace hashloom {

/// A parameter's value. Text written in a workflow becomes the type of the parameter's default.
using ParamValue = std::variant<bool, int64_t, double, std::string, std::vector<int64_t>, std::vector<double>,
                                std::vector<std::string>>;

/// Of a default as it is written in a schema: 32, 0.5, true, "pixel", a vector.
template <class T>
ParamValue to_param_value(T value) {
  if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>)
    return static_cast<int64_t>(value);
  else if constexpr (std::is_floating_point_v<T>)
    return static_cast<double>(value);
  else if constexpr (std::is_constructible_v<ParamValue, T>)
    return ParamValue(std::move(value));
  else
    static_assert(sizeof(T) == 0,
                  "a parameter is a flag, an integer, a number, a text, or a vector of int64_t, double or std::string");
}

/// "true", "32", "0.5", "pixel", "[8, 8, 4]": as it would be written in a workflow.
HASHLOOM_API std::string to_text(const ParamValue& value);

/// "flag", "integer", "number", "text", "list of integers", "list of numbers", "list of texts".
HASHLOOM_API std::string type_name(const ParamValue& value);

/// What a parameter's value (each element of a list) must satisfy; both ends of the bounds are allowed.
struct Bounds {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  std::vector<std::string> choices = {};  ///< empty: any text
};

inline Bounds anything() { return {}; }
inline Bounds between(double low, double high) { return {low, high}; }
inline Bounds at_least(double low) { return {low}; }
HASHLOOM_API Bounds one_of(std::vector<std::string> choices);

struct ParamSpec {
  std::string name;
  ParamValue fallback;  ///< the default; gives the type
  Bounds bounds;
  std::string help;      ///< one line
  std::string unit;      ///< "bits", "pixels", "epochs"; empty: none
  bool tunable = false;  ///< may be changed while the stage runs

  /// Nothing if `value` (already of the right type) fits, else why not: "200000 is above 4096".
  std::optional<std::string> objection(const ParamValue& value) const;
};

/// Types that ports carry. Compared as text, so that no type crosses the border by identity.
namespace port {
inline constexpr const char* kImages = "images";        ///< Splits<ImagesPtr>
inline constexpr const char* kLabels = "labels";        ///< Splits<Tensor>; may go to evaluators only
inline constexpr const char* kFeatures = "features";    ///< Splits<Tensor>, float32 [N, D]
inline constexpr const char* kCodes = "codes";          ///< Splits<Codes>
inline constexpr const char* kGenerator = "generator";  ///< GeneratorPtr
}  // namespace port

enum class Need { required, optional, repeated };

struct PortSpec {
  std::string name;
  std::string type;  ///< one of port::k...
  Need need = Need::required;
  std::string help;
};

/// What a component is: the one source for validation, --help, the schema that editors complete from and the manual.
/// Ports that are not named here are those of the role (see component()).
class HASHLOOM_API Schema {
 public:
  explicit Schema(std::string help);

  /// Adds a parameter; its type is that of `fallback`. Throws std::logic_error for a name that stands already.
  Schema& param(std::string name, ParamValue fallback, Bounds bounds, std::string help);
  template <class T>
  Schema& param(std::string name, T fallback, Bounds bounds, std::string help) {
    return param(std::move(name), to_param_value(std::move(fallback)), std::move(bounds), std::move(help));
  }

  Schema& unit(std::string unit);  ///< of the parameter added last
  Schema& tunable();               ///< the parameter added last may be changed while running

  /// Says that the same seed does not give the same result, and why; such results are never cached.
  Schema& not_deterministic(std::string why);

  Schema& input(std::string name, std::string type, Need need, std::string help);
  Schema& output(std::string name, std::string type, std::string help);

  const std::string& help() const { return help_; }
  const std::string& why_not_deterministic() const { return why_not_deterministic_; }  ///< empty: deterministic
  const std::vector<ParamSpec>& params() const { return params_; }
  const std::vector<PortSpec>& inputs() const { return inputs_; }
  const std::vector<PortSpec>& outputs() const { return outputs_; }
  const ParamSpec* find_param(const std::string& name) const;
  const PortSpec* find_input(const std::string& name) const;
  const PortSpec* find_output(const std::string& name) const;

 private:
  std::string help_, why_not_deterministic_;
  std::vector<ParamSpec> params_;
  std::vector<PortSpec> inputs_, outputs_;
};

}  // namespace hashloom
