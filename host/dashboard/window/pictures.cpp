#include <dashboard/model/file_bytes.hpp>
#include <dashboard/window/gl.hpp>
#include <dashboard/window/pictures.hpp>
#include <events/png.hpp>

namespace hashloom::dash {
namespace {

constexpr int64_t kMostBytes = 64 << 20;

void forget(Texture& texture) {
  const auto name = static_cast<GLuint>(texture.id);
  if (name != 0) glDeleteTextures(1, &name);
}

Texture uploaded(const events::Pixels& pixels) {
  GLuint name = 0;
  glGenTextures(1, &name);
  glBindTexture(GL_TEXTURE_2D, name);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, pixels.width, pixels.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
               pixels.rgba.data());
  return {name, pixels.width, pixels.height, {}};
}

Texture read(const std::filesystem::path& file) {
  try {
    return uploaded(events::from_png(bytes_of(file)));
  } catch (const std::runtime_error& error) {
    return {0, 0, 0, error.what()};
  }
}

}  // namespace

Pictures::Pictures() : kept_(kMostBytes, forget) {}

const Texture& Pictures::of(const std::filesystem::path& file) {
  if (const auto* kept = kept_.find(file)) return *kept;
  auto texture = read(file);
  const auto bytes = int64_t{4} * texture.width * texture.height + 256;
  return kept_.put(file, std::move(texture), bytes);
}

}  // namespace hashloom::dash
