#pragma once
#include <encoder/model.hpp>
#include <functional>
#include <hashloom/codes.hpp>
#include <hashloom/errors.hpp>
#include <plugins/components.hpp>

namespace hashloom::encoder {

/// Everything that keeps pictures from being encoded, told at once.
class BadInput : public std::runtime_error {
 public:
  explicit BadInput(std::vector<Error> mistakes);
  const std::vector<Error>& mistakes() const { return mistakes_; }

 private:
  std::vector<Error> mistakes_;
};

struct Encoded {
  std::vector<std::string> names;     ///< of the pictures, in order: the files' paths
  Codes codes;                        ///< an item a picture
  std::vector<std::string> warnings;  ///< a plugin that was rebuilt since the run
};

/// Codes of pictures: files, and folders, of which all *.png, *.jpg and *.jpeg below are taken in the order of their
/// paths. Each is fitted to model.images. Throws BadInput; nothing is encoded then.
Encoded encode(const Model& model, plugins::Components& components, const std::vector<std::filesystem::path>& pictures);

}  // namespace hashloom::encoder
