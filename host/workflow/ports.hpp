#pragma once
#include <deque>
#include <map>
#include <set>
#include <workflow/bind.hpp>

namespace hashloom::workflow {

/// Who reads a port, and from where.
struct Reader {
  enum class Part { outside, stages, observe };
  std::string who;   ///< "stage 'gist': input 'images'"
  std::string loop;  ///< empty outside
  Part part = Part::outside;
};

/// What the names of a bound workflow mean. Points into it.
class Ports {
 public:
  explicit Ports(const Bound& bound);

  /// The type of what `ref` names; nothing, and a mistake, if `reader` can't read it. Nothing alone if the component
  /// could not be had. What names an input or output of a sub-workflow names the port behind it then, and is_loop is
  /// set.
  std::optional<std::string> resolve(PortRef& ref, const Reader& reader, Diagnostics& mistakes) const;

  /// The type behind `ref`, nothing if it is not known.
  std::optional<std::string> type(const PortRef& ref) const;

  const Stage* stage(const std::string& name) const;
  const Loop* loop(const std::string& name) const;

  /// Outputs of `type` that can be read in the file of `node` outside of loops, at most a few: "gist.features".
  std::vector<std::string> giving(const std::string& type, const std::string& node) const;

 private:
  bool can_read_loop(const PortRef& ref, const Reader& reader, Diagnostics& mistakes) const;
  bool can_read_stage(const PortRef& ref, const Reader& reader, Diagnostics& mistakes) const;
  std::optional<std::string> type(const PortRef& ref, std::set<std::string>& seen) const;
  /// What an input or output of a sub-workflow is; null if `ref` is neither, or if that is not known.
  const PortRef* behind(const PortRef& ref) const;
  /// Whether `ref` could be replaced by what it is at last.
  bool follow(PortRef& ref, const Reader& reader, Diagnostics& mistakes) const;
  /// All names of the file that `name` stands in.
  const std::vector<std::string>& names_beside(const std::string& name) const;

  const Bound& bound_;
  std::map<std::string, const Stage*> stages_;
  std::map<std::string, const Loop*> loops_;
  std::map<std::string, const Use*> uses_;                         ///< by the stage, and by "start/inputs"
  std::deque<Stage> insides_;                                      ///< the stages "start/inputs"
  mutable std::map<std::string, std::vector<std::string>> names_;  ///< of names_beside(), by prefix
};

/// "pgh.previous.codes", as it is written in its file.
std::string to_text(const PortRef& ref);

/// "hash" of "start/hash": a name as it is written in its file, and before it what its file's names begin with.
std::string local_name(const std::string& name);
std::string prefix_of(const std::string& name);

/// Where the reference stands.
Source source_of(const PortRef& ref);

}  // namespace hashloom::workflow
