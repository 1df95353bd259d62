#pragma once
#include <hashloom/schema.hpp>
#include <map>

namespace hashloom {

/// A component's parameters: complete (defaults filled in) and checked against its schema before a component sees them.
/// Each reader throws std::logic_error for a name that the schema does not have or has with another type.
class HASHLOOM_API Params {
 public:
  Params() = default;
  explicit Params(std::map<std::string, ParamValue> values) : values_(std::move(values)) {}

  int64_t integer(const std::string& name) const;
  double number(const std::string& name) const;
  bool flag(const std::string& name) const;
  const std::string& text(const std::string& name) const;
  const std::vector<int64_t>& integers(const std::string& name) const;
  const std::vector<double>& numbers(const std::string& name) const;
  const std::vector<std::string>& texts(const std::string& name) const;

  const std::map<std::string, ParamValue>& values() const { return values_; }

 private:
  std::map<std::string, ParamValue> values_;
};

}  // namespace hashloom
