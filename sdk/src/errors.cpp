#include <hashloom/errors.hpp>

namespace hashloom {

Error::Error(const std::string& what, std::string remedy) : std::runtime_error(what), remedy_(std::move(remedy)) {}
// Defined here so that each type's information exists once, in this library, and is caught by type across the border.
Error::~Error() = default;
ShapeError::~ShapeError() = default;
ParameterError::~ParameterError() = default;
DataError::~DataError() = default;
TrainingError::~TrainingError() = default;
Stopped::~Stopped() = default;

}  // namespace hashloom
