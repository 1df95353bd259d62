#include <encoder/image_spec.hpp>
#include <encoder/model.hpp>
#include <engine/encoder_saver.hpp>
#include <engine/recorded_codes.hpp>
#include <engine/stage_runner.hpp>
#include <workflow/encoder_path.hpp>
#include <workflow/ports.hpp>

namespace hashloom::engine {
namespace {

using workflow::EncoderPath;

int64_t last_round(const Job& job, const std::string& loop) {
  int64_t round = 0;
  while (job.ledger.done(loop + "/" + std::to_string(round + 1))) ++round;
  return round;
}

ImageSpec spec_of(const Job& job, const Value& images) {
  const auto key = images.key.substr(0, images.key.find('.'));
  try {
    if (const auto entry = job.cache.find(key); entry && !entry->record.images.is_null())
      return encoder::image_spec_from(entry->record.images);
  } catch (const store::CorruptFile&) {  // told by the next run that asks for it
  }
  return images.as<Splits<ImagesPtr>>().train->spec();
}

encoder::ModelStage stage_of(Job& job, const EncoderPath::Link& link, const Bindings& bindings) {
  const auto& stage = *link.stage;
  const bool is_in_loop = !stage.loop.empty();
  const int64_t round = is_in_loop ? last_round(job, stage.loop) : 0;
  const auto& info = job.control.component(stage, round);
  return {stage.name,
          stage.uses,
          info.plugin,
          info.plugin_version,
          info.build_id,
          round,
          link.input,
          link.output,
          job.control.params_at_start(stage, round),
          learned(job, {&stage, round, is_in_loop ? Ports{} : bindings.inputs_of(stage)})};
}

}  // namespace

void save_encoder(Job& job, const Bindings& bindings) {
  const auto path = workflow::encoder_path(job.workflow, job.components);
  if (!path.why_not.empty()) return encoder::save_why_not(job.folder, path.why_not);
  const auto& codes = *job.workflow.encoder;
  const auto own = bindings.get(codes).as<Splits<Codes>>();
  if (!codes.is_loop) record_codes(job.recorder, {{"stage", codes.node}}, codes.port, own);
  encoder::Model model{job.workflow.name, to_text(codes),      spec_of(job, bindings.get(path.images)),
                       own.train.bits(),  job.machine.threads, {}};
  for (const auto& link : path.links) model.stages.push_back(stage_of(job, link, bindings));
  encoder::save_in_run(job.folder, model);
}

}  // namespace hashloom::engine
