#include <fmt/format.h>

#include <algorithm>
#include <workflow/encoder_path.hpp>
#include <workflow/ports.hpp>

namespace hashloom::workflow {
namespace {

class PathFinder {
 public:
  PathFinder(const Workflow& workflow, plugins::Components& components) : components_(components) {
    const auto add = [this](const std::vector<Stage>& stages) {
      for (const auto& stage : stages) stages_[stage.name] = &stage;
    };
    add(workflow.stages);
    for (const auto& loop : workflow.loops) {
      add(loop.stages);
      loops_[loop.name] = &loop;
    }
  }

  EncoderPath from(const PortRef& codes) {
    follow(codes, "");
    std::ranges::reverse(path_.links);
    return std::move(path_);
  }

 private:
  /// Goes back from `ref`, which a stage of `reader`'s loop reads, to images.
  void follow(PortRef ref, std::string loop) {
    while (path_.why_not.empty()) {
      if (ref.is_loop && ref.node == loop) return reads_what_is_carried(ref);
      while (ref.is_loop) ref = loops_.at(ref.node)->next.at(ref.port);
      const Stage& stage = *stages_.at(ref.node);
      const auto& component = components_.get(stage.uses);
      if (component.schema.find_output(ref.port)->type == port::kImages) return begins_at(ref, stage);
      const auto input = mapped_input(stage, component);
      if (!input) return void(path_.why_not = fmt::format("'{}' reads no images", stage.name));
      path_.links.push_back({&stage, *input, ref.port});
      ref = stage.inputs.at(*input).front();
      loop = stage.loop;
    }
  }

  void begins_at(const PortRef& images, const Stage& stage) {
    path_.images = images;
    if (!stage.loop.empty())
      path_.why_not = fmt::format("its images come from '{}', which lies in the loop '{}'", stage.name, stage.loop);
  }

  void reads_what_is_carried(const PortRef& ref) {
    path_.why_not =
        fmt::format("'{}' reads '{}', which is another in each round", path_.links.back().stage->name, to_text(ref));
  }

  /// What a component maps: images where it reads some, but for hashers, else features.
  static std::optional<std::string> mapped_input(const Stage& stage, const plugins::ComponentInfo& component) {
    for (const char* type : {port::kImages, port::kFeatures}) {
      if (type == port::kImages && stage.uses.starts_with("hasher/")) continue;
      for (const auto& [name, refs] : stage.inputs)
        if (component.schema.find_input(name)->type == type && !refs.empty()) return name;
    }
    return {};
  }

  plugins::Components& components_;
  std::map<std::string, const Stage*> stages_;
  std::map<std::string, const Loop*> loops_;
  EncoderPath path_;
};

}  // namespace

EncoderPath encoder_path(const Workflow& workflow, plugins::Components& components) {
  if (!workflow.encoder) return {{}, {}, "no stage of its workflow gives codes"};
  return PathFinder(workflow, components).from(*workflow.encoder);
}

}  // namespace hashloom::workflow
