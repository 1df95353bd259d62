#pragma once
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

  /// The type of what `ref` names, and ref.is_loop set; nothing, and a mistake, if `reader` can't read it. Nothing
  /// alone if the component could not be had.
  std::optional<std::string> resolve(PortRef& ref, const Reader& reader, Diagnostics& mistakes) const;

  /// The type behind `ref`, nothing if it is not known.
  std::optional<std::string> type(const PortRef& ref) const;

  const Stage* stage(const std::string& name) const;
  const Loop* loop(const std::string& name) const;

 private:
  bool can_read_loop(const PortRef& ref, const Reader& reader, Diagnostics& mistakes) const;
  bool can_read_stage(const PortRef& ref, const Reader& reader, Diagnostics& mistakes) const;
  std::optional<std::string> type(const PortRef& ref, std::set<std::string>& seen) const;

  const Bound& bound_;
  std::map<std::string, const Stage*> stages_;
  std::map<std::string, const Loop*> loops_;
  std::vector<std::string> names_;
};

/// "pgh.previous.codes"
std::string to_text(const PortRef& ref);

/// Where the reference stands.
Source source_of(const PortRef& ref);

}  // namespace hashloom::workflow
