#include "plugin_under_test.hpp"

#include <ATen/CPUGeneratorImpl.h>
#include <dlfcn.h>

#include <stdexcept>

namespace hashloom::test {

Instance make(const std::string& plugin, const std::string& id, std::map<std::string, ParamValue> values) {
  void* library = dlopen((std::string(HASHLOOM_PLUGIN_FOLDER "/") + plugin + ".so").c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) throw std::runtime_error(dlerror());
  const auto entry = reinterpret_cast<hashloom_entry_function>(dlsym(library, HASHLOOM_ENTRY_SYMBOL))();
  const auto* first = static_cast<const ComponentDescriptor*>(entry->components);
  for (const auto& component : std::span(first, entry->component_count)) {
    if (component.id != id) continue;
    const Schema schema = component.schema();
    for (const auto& [name, value] : values) {
      const auto* spec = schema.find_param(name);
      if (!spec || spec->fallback.index() != value.index() || spec->objection(value))
        throw std::runtime_error(id + " does not take " + name + ": " + to_text(value));
    }
    for (const auto& spec : schema.params()) values.emplace(spec.name, spec.fallback);
    return component.make(Params(values));
  }
  throw std::runtime_error(plugin + " has no " + id);
}

RecordingContext::RecordingContext(uint64_t seed, int64_t round)
    : seed_(seed), round_(round), random_(at::make_generator<at::CPUGeneratorImpl>(seed)) {}

void RecordingContext::progress(int64_t, int64_t, std::string_view, Losses) {}
void RecordingContext::metric(std::string_view name, double value, const MetricStyle&) {
  metrics[std::string(name)].push_back(value);
}
void RecordingContext::picture(const Picture& picture) { pictures[std::string(picture.name)] = picture; }
void RecordingContext::curve(const Curve& curve) {
  curves[std::string(curve.name)] = {{curve.x.begin(), curve.x.end()}, {curve.y.begin(), curve.y.end()}};
}
void RecordingContext::warn(std::string_view trouble, const std::string& evidence, const std::string&) {
  warnings.push_back(std::string(trouble) + ": " + evidence);
}
void RecordingContext::start_epoch(int64_t epoch, int64_t) { random_.set_current_seed(seed_ * 1000 + epoch); }

}  // namespace hashloom::test
