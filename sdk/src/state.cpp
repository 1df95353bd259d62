#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/scalar_tensor.h>

#include <cstring>
#include <hashloom/errors.hpp>
#include <hashloom/state.hpp>

namespace hashloom {
namespace {

Tensor bytes_of(const std::string& text) {
  Tensor bytes = at::empty({static_cast<int64_t>(text.size())}, at::kByte);
  if (!text.empty()) std::memcpy(bytes.mutable_data_ptr(), text.data(), text.size());
  return bytes;
}

Tensor words_of(const Codes& codes) {
  Tensor words = at::empty({codes.items(), codes.words_per_item()}, at::kLong);
  if (!codes.words().empty()) std::memcpy(words.mutable_data_ptr(), codes.words().data(), codes.words().size_bytes());
  return words;
}

}  // namespace

State::State(std::map<std::string, Tensor> tensors) : loading_(true), tensors_(std::move(tensors)) {}

const Tensor& State::saved(const std::string& name) const {
  const auto at = tensors_.find(name);
  if (at == tensors_.end()) throw ShapeError("the saved state has no '" + name + "'");
  return at->second;
}

void State::save(const std::string& name, Tensor tensor) {
  if (!tensors_.emplace(name, std::move(tensor)).second) throw ShapeError("the state has '" + name + "' twice");
}

State& State::operator()(const std::string& name, Tensor& tensor) {
  const at::NoGradGuard no_grad;
  if (!loading_) {
    // int8 [0] stands for an undefined tensor; no component has a use for it otherwise.
    save(name, tensor.defined() ? tensor.detach().to(at::kCPU).contiguous().clone() : at::empty({0}, at::kChar));
    return *this;
  }
  const Tensor& from = saved(name);
  if (from.scalar_type() == at::kChar && from.numel() == 0) {
    tensor = Tensor();
  } else if (!tensor.defined()) {
    tensor = from.clone();
  } else if (tensor.sizes() != from.sizes() || tensor.scalar_type() != from.scalar_type()) {
    throw ShapeError("state '" + name + "' is " + describe(tensor) + ", the saved one " + describe(from));
  } else {
    tensor.copy_(from);
  }
  return *this;
}

State& State::operator()(const std::string& name, int64_t& value) {
  if (loading_)
    value = saved(name).item().toLong();
  else
    save(name, at::scalar_tensor(value, at::kLong));
  return *this;
}

State& State::operator()(const std::string& name, double& value) {
  if (loading_)
    value = saved(name).item().toDouble();
  else
    save(name, at::scalar_tensor(value, at::kDouble));
  return *this;
}

State& State::operator()(const std::string& name, bool& value) {
  if (loading_)
    value = saved(name).item().toBool();
  else
    save(name, at::scalar_tensor(value, at::kBool));
  return *this;
}

State& State::operator()(const std::string& name, std::string& value) {
  if (!loading_) {
    save(name, bytes_of(value));
    return *this;
  }
  const Tensor bytes = saved(name);
  value.clear();
  if (bytes.numel() > 0) value.assign(static_cast<const char*>(bytes.const_data_ptr()), bytes.numel());
  return *this;
}

State& State::operator()(const std::string& name, Codes& value) {
  int64_t bits = value.bits();
  (*this)(name + ".bits", bits);
  if (!loading_) {
    save(name + ".words", words_of(value));
    return *this;
  }
  const Tensor words = saved(name + ".words");
  const auto* first = reinterpret_cast<const uint64_t*>(words.const_data_ptr<int64_t>());
  const auto all = words.numel() > 0 ? std::vector<uint64_t>(first, first + words.numel()) : std::vector<uint64_t>();
  value = bits == 0 ? Codes() : Codes::from_words(all, words.size(0), bits);
  return *this;
}

}  // namespace hashloom
