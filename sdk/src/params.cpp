#include <hashloom/params.hpp>
#include <stdexcept>

namespace hashloom {
namespace {

template <class T>
const T& get(const std::map<std::string, ParamValue>& values, const std::string& name) {
  const auto at = values.find(name);
  if (at == values.end()) throw std::logic_error("the schema has no parameter '" + name + "'");
  if (const T* value = std::get_if<T>(&at->second)) return *value;
  throw std::logic_error("parameter '" + name + "' is a " + type_name(at->second) + ", not a " + type_name(T{}));
}

}  // namespace

int64_t Params::integer(const std::string& name) const { return get<int64_t>(values_, name); }
double Params::number(const std::string& name) const { return get<double>(values_, name); }
bool Params::flag(const std::string& name) const { return get<bool>(values_, name); }
const std::string& Params::text(const std::string& name) const { return get<std::string>(values_, name); }
const std::vector<int64_t>& Params::integers(const std::string& name) const {
  return get<std::vector<int64_t>>(values_, name);
}
const std::vector<double>& Params::numbers(const std::string& name) const {
  return get<std::vector<double>>(values_, name);
}
const std::vector<std::string>& Params::texts(const std::string& name) const {
  return get<std::vector<std::string>>(values_, name);
}

}  // namespace hashloom
