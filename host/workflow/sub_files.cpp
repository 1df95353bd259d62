#include <fmt/format.h>

#include <workflow/parse.hpp>
#include <workflow/sub_files.hpp>

namespace hashloom::workflow {
namespace {

void move_to(int file, Source& source) {
  if (source.place.line != 0) source.place.file = file;
}

void move_to(int file, Node& node) {
  move_to(file, node.source);
  for (auto& item : node.items) move_to(file, item);
  for (auto& entry : node.entries) move_to(file, entry.source), move_to(file, entry.value);
}

}  // namespace

std::optional<Node> SubFiles::document(const std::filesystem::path& path, const Source& used_at,
                                       const std::string& user) {
  const int index = mistakes_.add_file(path, used_at, user);
  auto known = files_.find(path);
  if (known == files_.end()) known = files_.emplace(path, read_file(index, used_at)).first;
  const File& file = known->second;
  if (!file.document || (counted_.insert(index).second && !has_room(file, used_at))) return {};
  mistakes_.set_text(file.text, index);
  auto document = file.document;
  move_to(index, *document);
  return document;
}

SubFiles::File SubFiles::read_file(int index, const Source& used_at) {
  auto text = read(index, used_at, mistakes_);
  if (!text) return {};
  mistakes_.set_text(*text, index);
  auto document = parse(*text, index, mistakes_);
  const int64_t values = document ? size(*document) : 0;
  return {std::move(*text), std::move(document), values};
}

bool SubFiles::has_room(const File& file, const Source& used_at) {
  const bool had_room = values_ <= kMaxNodes && bytes_ <= kMaxBytes;
  values_ += file.values;
  bytes_ += static_cast<int64_t>(file.text.size());
  if (values_ <= kMaxNodes && bytes_ <= kMaxBytes) return true;
  if (had_room)
    mistakes_.add(
        used_at,
        fmt::format("sub-workflows hold more than {} values or {} MiB, each use counted", kMaxNodes, kMaxBytes >> 20),
        "use fewer of them");
  return false;
}

}  // namespace hashloom::workflow
