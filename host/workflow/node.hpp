#pragma once
#include <string>
#include <vector>
#include <workflow/workflow.hpp>

namespace hashloom::workflow {

/// Where a mistake is told: a place in the file, or the option of the command line that said it.
struct Source {
  Place place;
  int width = 1;       ///< columns to underline
  std::string origin;  ///< "--set bits"; empty: the file
};

struct Entry;

/// A piece of the workflow's text as a tree, each piece with its place.
struct Node {
  enum class Kind {
    nothing,
    scalar,
    list,
    map,
    unknown  ///< an expression that could not be expanded; told already, so that nobody tells more about it
  };
  Kind kind = Kind::nothing;
  Source source = {};
  std::string text = {};  ///< of a scalar
  bool quoted = false;    ///< a scalar that is text whatever it looks like
  std::vector<Node> items = {};
  std::vector<Entry> entries;  ///< of a map, in the order of the file; no key stands twice

  const Node* find(const std::string& key) const;
  Node* find(const std::string& key);
  /// The value under `key`, added if it was not there; what was `nothing` becomes a map.
  Node& at(const std::string& key);
};

struct Entry {
  std::string key;
  Source source;  ///< of the key
  Node value;
};

/// A node and all below it.
int64_t size(const Node& node);

/// Whether the node, or an item of it, could not be expanded.
bool is_unknown(const Node& node);

/// "the text 'many'", "the integer 8", "a list", "nothing": for messages.
std::string describe(const Node& node);

/// `text` in quotes, shortened, without control characters: for messages.
std::string quote(const std::string& text);

}  // namespace hashloom::workflow
