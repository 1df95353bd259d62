#pragma once
#include <filesystem>
#include <hashloom/plugin.hpp>
#include <string>
#include <temporary_folder.hpp>

namespace hashloom::test {

/// A folder of a tiny data set that the test may spoil; removed with the object. 40 training images of 2 x 3 pixels,
/// image i all of value i, and 30 test images of value 100 + i; labels are i % 10.
class TinyMnist {
 public:
  enum class As { plain, gzip };
  explicit TinyMnist(As as = As::plain);

  const std::filesystem::path& dir() const { return folder_.path(); }
  void write(const std::string& name, const std::string& bytes) const;       ///< as they are
  void write_gzip(const std::string& name, const std::string& bytes) const;  ///< packed
  std::string read(const std::string& name) const;
  void remove(const std::string& name) const;

 private:
  TemporaryFolder folder_;
};

/// The bytes of an IDX file.
std::string idx(uint32_t magic, const std::vector<uint32_t>& sizes, const std::string& data);

/// dataset/mnist with these parameters on the folder.
Instance mnist(const TinyMnist& files, std::map<std::string, ParamValue> values = {});

}  // namespace hashloom::test
