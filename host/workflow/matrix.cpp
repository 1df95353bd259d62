#include <fmt/format.h>

#include <algorithm>
#include <workflow/fields.hpp>
#include <workflow/matrix.hpp>
#include <workflow/scalar.hpp>

namespace hashloom::workflow {
namespace {

constexpr size_t kMostCells = 10'000;

struct Axis {
  std::string name;
  std::vector<Node> values;
  bool is_set;  ///< by --set, which replaces what stands in the file
};

const Node* value_in(const PlacedCell& cell, const std::string& name) {
  const auto at = std::ranges::find(cell, name, &Entry::key);
  return at == cell.end() ? nullptr : &at->value;
}

bool equal(const Node& a, const Node& b) { return natural(a) == natural(b); }

bool holds(const std::vector<Node>& values, const Node& value) {
  return std::ranges::any_of(values, [&](const Node& other) { return equal(other, value); });
}

std::string listed(const std::vector<Node>& values) {
  std::string all;
  for (const auto& value : values) all += (all.empty() ? "" : ", ") + value.text;
  return all;
}

void put(PlacedCell& cell, const Entry& entry) {
  const auto at = std::ranges::find(cell, entry.key, &Entry::key);
  if (at == cell.end())
    cell.push_back(entry);
  else
    at->value = entry.value;
}

class MatrixReader {
 public:
  MatrixReader(const Vars& vars, const std::vector<SetOption>& sets, Diagnostics& mistakes)
      : mistakes_(mistakes), names_(vars.names()) {
    names_.emplace_back("seed");
    for (const auto& set : sets) sets_[set.path] = &set.value;
  }

  std::vector<PlacedCell> read(const Node& matrix) {
    if (!expect_map(matrix, "'matrix'", mistakes_)) return {};
    const size_t known = mistakes_.count();
    for (const auto& entry : matrix.entries)
      if (entry.key != "exclude" && entry.key != "include") read_axis(entry);
    combine(matrix.source);
    for (const auto& entry : list_of(matrix, "exclude")) exclude(entry);
    cells_ = originals_;
    for (auto& entry : list_of(matrix, "include")) include(std::move(entry));
    if (cells_.empty() && mistakes_.count() == known)
      mistakes_.add(matrix.source, "the matrix has no cells", "write axes: matrix: {bits: [16, 32], seed: [1, 2]}");
    return std::move(cells_);
  }

 private:
  bool check_axis_name(const Entry& entry, const std::string& who) {
    if (std::ranges::find(names_, entry.key) != names_.end()) return true;
    mistakes_.add_misspelt(entry.source, fmt::format("{}: there is no var {}", who, quote(entry.key)), entry.key,
                           names_, "it takes");
    return false;
  }

  bool check_value(const Node& value, const std::string& who) {
    const bool refers = value.text.find("${") != std::string::npos;
    if (value.kind == Node::Kind::scalar && !refers) return true;
    mistakes_.add(value.source, fmt::format("{} can't be {}", who, refers ? quote(value.text) : describe(value)),
                  "it is a flag, an integer, a number or a text");
    return false;
  }

  void read_axis(const Entry& entry) {
    const auto who = fmt::format("matrix: axis '{}'", entry.key);
    if (!check_axis_name(entry, "matrix")) return;
    if (entry.value.kind != Node::Kind::list || entry.value.items.empty())
      return mistakes_.add(entry.source, fmt::format("{} has no values", who),
                           fmt::format("write a list: {}: [1, 2]", entry.key));
    Axis axis{entry.key, {}, false};
    for (const auto& value : entry.value.items) {
      if (!check_value(value, "a value of " + who)) continue;
      if (holds(axis.values, value))
        mistakes_.add(value.source, fmt::format("{} has {} twice", who, quote(value.text)), "keep one of them");
      else
        axis.values.push_back(value);
    }
    take_set(axis);
    axes_.push_back(std::move(axis));
  }

  void take_set(Axis& axis) {
    const auto set = sets_.find(axis.name);
    if (set == sets_.end()) return;
    axis.is_set = true;
    axis.values.clear();
    const bool is_list = set->second->kind == Node::Kind::list;
    for (const auto& value : is_list ? set->second->items : std::vector<Node>{*set->second})
      if (!holds(axis.values, value)) axis.values.push_back(value);
  }

  void combine(const Source& where) {
    if (axes_.empty()) return;
    originals_ = {{}};
    for (const auto& axis : axes_) {
      if (originals_.size() * axis.values.size() > kMostCells) {
        mistakes_.add(where, fmt::format("the matrix has more than {} cells", kMostCells),
                      "split it into several files");
        originals_.clear();
        return;
      }
      std::vector<PlacedCell> longer;
      for (const auto& cell : originals_)
        for (const auto& value : axis.values) put(longer.emplace_back(cell), {axis.name, value.source, value});
      originals_ = std::move(longer);
    }
  }

  /// The maps listed under `key`.
  std::vector<Node> list_of(const Node& matrix, const std::string& key) {
    const Node* list = matrix.find(key);
    if (!list) return {};
    const auto is_right = [](const Node& item) { return item.kind == Node::Kind::map && !item.entries.empty(); };
    if (list->kind == Node::Kind::list && std::ranges::all_of(list->items, is_right)) return list->items;
    mistakes_.add(list->source, fmt::format("matrix: '{}' is no list of maps", key),
                  fmt::format("write it as {}: [{{bits: 16, seed: 2}}]", key));
    return {};
  }

  const Axis* axis_of(const std::string& name) const {
    const auto at = std::ranges::find(axes_, name, &Axis::name);
    return at == axes_.end() ? nullptr : &*at;
  }

  bool check_excluded(const Entry& entry) {
    const Axis* axis = axis_of(entry.key);
    std::vector<std::string> axes;
    for (const auto& known : axes_) axes.push_back(known.name);
    if (!axis)
      mistakes_.add_misspelt(entry.source, fmt::format("exclude: there is no axis {}", quote(entry.key)), entry.key,
                             axes, "axes");
    else if (check_value(entry.value, fmt::format("exclude: '{}'", entry.key)) && !axis->is_set &&
             !holds(axis->values, entry.value))
      mistakes_.add(entry.value.source,
                    fmt::format("exclude: the axis '{}' has no {}", entry.key, quote(entry.value.text)),
                    "its values: " + listed(axis->values));
    return axis;
  }

  void exclude(const Node& entry) {
    bool is_right = true;
    for (const auto& part : entry.entries) is_right &= check_excluded(part);
    if (!is_right) return;
    std::erase_if(originals_, [&](const PlacedCell& cell) {
      return std::ranges::all_of(entry.entries,
                                 [&](const Entry& part) { return equal(*value_in(cell, part.key), part.value); });
    });
  }

  /// A --set of a var that is no axis holds in every cell.
  void drop_what_is_set(Node& entry) const {
    std::erase_if(entry.entries, [&](const Entry& part) { return sets_.contains(part.key) && !axis_of(part.key); });
  }

  /// Whether --set gave an axis other values than the entry's.
  bool is_ruled_out(const Node& entry) const {
    return std::ranges::any_of(entry.entries, [&](const Entry& part) {
      const Axis* axis = axis_of(part.key);
      return axis && axis->is_set && !holds(axis->values, part.value);
    });
  }

  void include(Node entry) {
    bool is_right = true;
    for (const auto& part : entry.entries)
      is_right &= check_axis_name(part, "include") && check_value(part.value, fmt::format("include: '{}'", part.key));
    if (!is_right) return;
    drop_what_is_set(entry);
    if (entry.entries.empty() || is_ruled_out(entry)) return;
    if (!add_to_originals(entry) &&
        std::ranges::none_of(cells_, [&](const PlacedCell& cell) { return cell_of(cell) == cell_of(entry.entries); }))
      cells_.push_back(entry.entries);
  }

  /// Whether there is a combination that the entry agrees with in all axes that it names; its other values go there.
  bool add_to_originals(const Node& entry) {
    bool is_added = false;
    for (size_t i = 0; i < originals_.size(); ++i) {
      const bool agrees = std::ranges::all_of(entry.entries, [&](const Entry& part) {
        return !axis_of(part.key) || equal(*value_in(originals_[i], part.key), part.value);
      });
      if (!agrees) continue;
      for (const auto& part : entry.entries) put(cells_[i], part);
      is_added = true;
    }
    return is_added;
  }

  Diagnostics& mistakes_;
  std::vector<std::string> names_;
  std::map<std::string, const Node*> sets_;
  std::vector<Axis> axes_;
  std::vector<PlacedCell> originals_;  ///< combinations of the axes that are not excluded
  std::vector<PlacedCell> cells_;      ///< the same with what is included, in the same order
};

}  // namespace

std::vector<PlacedCell> cells_of(const Node& matrix, const Vars& vars, const std::vector<SetOption>& sets,
                                 Diagnostics& mistakes) {
  return MatrixReader(vars, sets, mistakes).read(matrix);
}

Cell cell_of(const PlacedCell& placed) {
  Cell cell;
  for (const auto& [name, source, value] : placed) cell.emplace_back(name, *natural(value));
  return cell;
}

}  // namespace hashloom::workflow
