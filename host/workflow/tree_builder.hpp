#pragma once
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <map>
#include <set>
#include <string>
#include <vector>
#include <workflow/collector.hpp>
#include <workflow/node.hpp>

namespace hashloom::workflow {

/// A document that is refused as a whole: too large, too deep, or refers to itself.
struct Refused {
  Source source;
  std::string what, note;
};

/// Makes Nodes of the parser's events. Throws Refused.
class TreeBuilder final : public YAML::EventHandler {
 public:
  /// Places are in the file `file`, as Place counts them.
  TreeBuilder(int file, Diagnostics& mistakes) : file_(file), mistakes_(mistakes) {}
  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

 private:
  /// A list or map that is not complete yet.
  struct Open {
    Node node;
    YAML::anchor_t anchor;
    bool has_key = false, keeps_value = false;  // a map between a key and its value
    std::map<std::string, int> lines;           // of the keys
  };

  Source at(const YAML::Mark& mark, size_t width = 1) const;
  void open(Node::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor);
  void close();
  void finish(Node node, YAML::anchor_t anchor);
  void put(Node node);
  void take_key(const Node& node);
  void take_value(Node node);
  void count(const Node& node);

  int file_;
  Diagnostics& mistakes_;
  Node root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Node> anchors_;
  int64_t nodes_ = 0, bytes_ = 0;
};

}  // namespace hashloom::workflow
