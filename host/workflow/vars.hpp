#pragma once
#include <workflow/collector.hpp>
#include <workflow/node.hpp>

namespace hashloom::workflow {

/// The vars of a document, and their way into texts.
class Vars {
 public:
  /// Those under `vars:`, with what the profile named `profile` sets (empty: none).
  Vars(const Node& document, const std::string& profile, Diagnostics& mistakes);

  bool has(const std::string& name) const { return vars_.contains(name); }
  /// A mistake where the value is not what the var takes; the var is unknown then.
  void set(const std::string& name, Node value);
  std::vector<std::string> names() const;
  Values values() const;  ///< those that are known
  /// The vars as parameters, their values in the file as defaults.
  std::vector<ParamSpec> specs() const;

  /// Replaces "${name}" in all scalars of `node`, keys left alone; what can't be replaced becomes `unknown`.
  void expand(Node& node);

 private:
  struct Var {
    Node value;
    ParamSpec spec;
    bool is_declared = false;  ///< with more than its value: others must fit
  };

  void read(const Entry& entry);
  void read_profiles(const Node& profiles, const std::string& profile);
  void read_profile(const std::string& name, const Node& profile, bool chosen);
  bool can_be_value(const Entry& entry);
  /// A profile's value: checked, and taken if the profile was chosen.
  void take(const Entry& entry, bool chosen);
  void expand_scalar(Node& node);
  /// The var between `open` and `close` of the text; null, and a mistake, if there is none.
  const Node* find(const Node& where, size_t open, size_t close);
  /// Whether there is room for one more value; a mistake when it is used up.
  bool count(const Node& where, const std::string& value, const Node& var);

  Diagnostics& mistakes_;
  std::map<std::string, Var> vars_;
  int64_t expanded_bytes_ = 0;
};

/// Keys at the top of a file that --set can name too, so that no var may have their names.
inline const std::vector<std::string> kSettings = {"seed", "device", "precision", "threads"};

}  // namespace hashloom::workflow
