#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <workflow/parse.hpp>
#include <workflow/tree_builder.hpp>

namespace hashloom::workflow {
namespace {

/// Bytes of the UTF-8 character at `at`; 0 if it is none, or a control character.
size_t character(const std::string& text, size_t at) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned first = byte(at), second = byte(at + 1);
  if (first < 0x80) return first >= 0x20 ? first != 0x7F : first == '\t' || first == '\n' || first == '\r';
  const size_t length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  for (size_t i = 1; i < length; ++i)
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool not_a_character = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return overlong || not_a_character ? 0 : length;
}

Place place_of(const std::string& text, size_t at) {
  const auto before = text.substr(0, at);
  const auto line = std::count(before.begin(), before.end(), '\n');
  const auto start = line ? before.rfind('\n') + 1 : 0;
  return {static_cast<int>(line) + 1, static_cast<int>(at - start) + 1};
}

std::string first_bytes(std::istream& file, int64_t most) {
  std::string text(most, '\0');
  file.read(text.data(), most);
  text.resize(file.gcount());
  return text;
}

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

/// A line whose indentation has a tab, which YAML forbids and its parser tells as something else.
bool is_indented_by_tabs(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (const auto first = line.find_first_not_of(' '); first != std::string::npos && line[first] == '\t') return true;
  return false;
}

std::string remedy_for(const std::string& text) {
  return is_indented_by_tabs(text) ? "indent with spaces; YAML takes no tabs there"
                                   : "quotes around a text with : # { } [ ] , & * ! | > % @ often help";
}

void refuse(const YAML::Exception& error, const std::string& text, const Source& from, Diagnostics& mistakes) {
  Place place{0, 0, from.place.file};
  if (!error.mark.is_null()) place.line = error.mark.line + 1, place.column = error.mark.column + 1;
  mistakes.add(from.origin.empty() ? Source{place, 1, {}} : from, "this is not YAML: " + error.msg, remedy_for(text));
}

/// What the text holds, nothing if it is refused.
std::optional<Node> document(const std::string& text, const Source& from, Diagnostics& mistakes) {
  std::istringstream stream(text);
  TreeBuilder builder(from.place.file, mistakes);
  try {
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
    Node root = builder.take();
    TreeBuilder rest(from.place.file, mistakes);
    if (!parser.HandleNextDocument(rest)) return root;
    mistakes.add({rest.take().source.place, 1, from.origin}, "a second document begins here",
                 "a file holds one workflow; remove '---'");
  } catch (const YAML::Exception& error) {
    refuse(error, text, from, mistakes);
  } catch (const Refused& refused) {
    mistakes.add(from.origin.empty() ? refused.source : from, refused.what, refused.note);
  }
  return {};
}

Node plain(const std::string& text, const Source& source) {
  Node scalar;
  scalar.kind = Node::Kind::scalar;
  scalar.source = source;
  scalar.text = text;
  return scalar;
}

void relocate(Node& node, const Source& source) {
  node.source = source;
  for (auto& item : node.items) relocate(item, source);
  for (auto& entry : node.entries) entry.source = source, relocate(entry.value, source);
}

/// Reads mistakes.files()[file], or tells why not.
class FileReader {
 public:
  FileReader(int file, const Source& named_at, Diagnostics& mistakes)
      : file_(file), named_at_(named_at), mistakes_(mistakes) {}

  std::nullopt_t refuse(const std::string& why, const std::string& note = "name a workflow's file") const {
    const auto path = mistakes_.files()[file_].path.string();
    const auto subject = file_ == 0 ? "the file" : fmt::format("the sub-workflow {}", quote(path));
    mistakes_.add(named_at_, fmt::format("{} {}", subject, why), note);
    return std::nullopt;
  }

  std::nullopt_t refuse_size() const {
    return refuse(fmt::format("is larger than {} MiB", kMaxBytes >> 20), "is it a workflow?");
  }

  std::optional<std::string> read(std::istream& stream) const {
    auto text = first_bytes(stream, kMaxBytes + 1);
    if (static_cast<int64_t>(text.size()) > kMaxBytes) return refuse_size();
    const size_t at = find_unprintable(text);
    if (at == std::string::npos) return text;
    Place place = place_of(text, at);
    place.file = file_;
    mistakes_.add({place, 1, {}},
                  fmt::format("the byte 0x{:02X} is not UTF-8 text", static_cast<unsigned char>(text[at])),
                  "save the file as UTF-8");
    return {};
  }

 private:
  int file_;
  const Source& named_at_;
  Diagnostics& mistakes_;
};

}  // namespace

std::optional<std::string> read(int file, const Source& named_at, Diagnostics& mistakes) {
  const auto& path = mistakes.files()[file].path;
  const FileReader reader(file, named_at, mistakes);
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return reader.refuse("can't be read: it is a folder");
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return reader.refuse(fmt::format("can't be read: {}", std::strerror(errno)));
  const auto size = std::filesystem::file_size(path, ignored);
  if (!ignored && size > static_cast<uintmax_t>(kMaxBytes)) return reader.refuse_size();
  return reader.read(stream);
}

std::optional<std::string> read_standard_input(Diagnostics& mistakes) {
  return FileReader(0, {}, mistakes).read(std::cin);
}

size_t find_unprintable(const std::string& text) {
  for (size_t at = 0; at < text.size();) {
    const size_t length = character(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::string::npos;
}

std::optional<Node> parse(const std::string& text, int file, Diagnostics& mistakes) {
  const Source start{{1, 1, file}, 1, {}};
  if (is_blank(text)) {
    mistakes.add(start, "the file is empty", "a workflow has at least 'stages:'");
    return {};
  }
  auto root = document(text, {{0, 0, file}, 1, {}}, mistakes);
  if (!root) return {};
  if (root->kind == Node::Kind::map) return root;
  const bool nothing = root->kind == Node::Kind::nothing;
  mistakes.add(nothing ? start : root->source,
               nothing ? "the file says nothing" : "a workflow is a map of keys, not " + describe(*root),
               "a workflow has at least 'stages:'");
  return {};
}

std::optional<Node> parse_value(const std::string& text, const Source& source, Diagnostics& mistakes) {
  if (find_unprintable(text) != std::string::npos) {
    mistakes.add(source, "the value is not UTF-8 text", "use text without control characters");
    return {};
  }
  if (text.empty() || std::string("[\"'").find(text[0]) == std::string::npos) return plain(text, source);
  auto value = document(text, source, mistakes);
  if (value) relocate(*value, source);
  return value;
}

}  // namespace hashloom::workflow
