#include <fmt/format.h>

#include <workflow/parse.hpp>
#include <workflow/tree_builder.hpp>

namespace hashloom::workflow {
namespace {

int64_t text_bytes(const Node& node) {
  int64_t all = node.text.size();
  for (const auto& item : node.items) all += text_bytes(item);
  for (const auto& entry : node.entries) all += entry.key.size() + text_bytes(entry.value);
  return all;
}

}  // namespace

Source TreeBuilder::at(const YAML::Mark& mark, size_t width) const {
  return {{mark.line + 1, mark.column + 1, file_}, static_cast<int>(std::min<size_t>(width, 1000)), {}};
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  Node node{.source = at(mark)};
  count(node);
  finish(std::move(node), anchor);
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const auto known = anchors_.find(anchor);
  if (known == anchors_.end()) throw Refused{at(mark), "an alias stands inside what it names", "write it out"};
  count(known->second);
  put(known->second);
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& text) {
  const bool quoted = tag == "!";
  Node node{.kind = Node::Kind::scalar,
            .source = at(mark, text.size() + (quoted ? 2 : 0)),
            .text = text,
            .quoted = quoted || tag == "tag:yaml.org,2002:str"};
  count(node);
  finish(std::move(node), anchor);
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value) {
  open(Node::Kind::list, mark, anchor);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
  open(Node::Kind::map, mark, anchor);
}

void TreeBuilder::open(Node::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
  if (static_cast<int64_t>(open_.size()) >= kMaxDepth)
    throw Refused{at(mark), fmt::format("lists and maps are nested deeper than {} levels", kMaxDepth),
                  "a workflow needs fewer than ten"};
  open_.push_back({{.kind = kind, .source = at(mark)}, anchor, false, false, {}});
  count(open_.back().node);
}

void TreeBuilder::close() {
  Open done = std::move(open_.back());
  open_.pop_back();
  finish(std::move(done.node), done.anchor);
}

// Anchored nodes are kept and count twice, as do all below them.
void TreeBuilder::finish(Node node, YAML::anchor_t anchor) {
  if (anchor != 0) {
    count(node);
    anchors_[anchor] = node;
  }
  put(std::move(node));
}

void TreeBuilder::put(Node node) {
  if (open_.empty()) {
    root_ = std::move(node);
  } else if (open_.back().node.kind == Node::Kind::list) {
    open_.back().node.items.push_back(std::move(node));
  } else if (open_.back().has_key) {
    take_value(std::move(node));
  } else {
    take_key(node);
  }
}

void TreeBuilder::take_key(const Node& node) {
  Open& map = open_.back();
  map.has_key = true;
  map.keeps_value = false;
  if (node.kind != Node::Kind::scalar) return mistakes_.add(node.source, "a key must be text, not " + describe(node));
  if (node.text == "<<" && !node.quoted)
    return mistakes_.add(node.source, "merge keys ('<<') are not taken",
                         "write the keys out, or name the whole map: *ALIAS");
  const auto [first, is_new] = map.lines.emplace(node.text, node.source.place.line);
  map.keeps_value = is_new;
  if (is_new)
    map.node.entries.push_back({node.text, node.source, {}});
  else
    mistakes_.add(node.source, "the key " + quote(node.text) + " stands twice",
                  fmt::format("it stands in line {} too; keep one of them", first->second));
}

void TreeBuilder::take_value(Node node) {
  Open& map = open_.back();
  map.has_key = false;
  if (!map.keeps_value) return;
  Entry& entry = map.node.entries.back();
  // Where nothing is written, the parser's mark is that of what follows.
  if (node.kind == Node::Kind::nothing) node.source = entry.source;
  entry.value = std::move(node);
}

void TreeBuilder::count(const Node& node) {
  nodes_ += size(node);
  bytes_ += text_bytes(node);
  if (nodes_ > kMaxNodes)
    throw Refused{node.source, fmt::format("the file holds more than {} values, aliases counted", kMaxNodes),
                  "use fewer aliases"};
  if (bytes_ > 4 * kMaxBytes)
    throw Refused{node.source,
                  fmt::format("the file's texts are longer than {} MiB, aliases counted", 4 * (kMaxBytes >> 20)),
                  "use fewer aliases"};
}

}  // namespace hashloom::workflow
