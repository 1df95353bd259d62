#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <c10/util/Exception.h>
#include <fmt/format.h>

#include <algorithm>
#include <plugins/apart.hpp>
#include <plugins/library.hpp>
#include <validate/check.hpp>
#include <validate/validate.hpp>

namespace hashloom::validate {
namespace {

using nlohmann::json;
using plugins::Apart;

/// LibTorch's own warnings are no output of the plugin.
class NoWarnings final : public c10::WarningHandler {
 public:
  void process(const c10::Warning&) override {}
};

void prepare() {
  static NoWarnings silent;
  c10::WarningUtils::set_warning_handler(&silent);
  at::set_num_threads(1);
  at::globalContext().setDeterministicAlgorithms(true, /*warn_only=*/true);
}

/// Texts of a plugin may be no UTF-8.
std::string written(Verdict verdict, const std::string& reason, const std::string& remedy) {
  return json{{"verdict", verdict}, {"reason", reason}, {"remedy", remedy}}.dump(-1, ' ', false,
                                                                                 json::error_handler_t::replace);
}

/// In the process of its own.
std::string checked(const plugins::Manifest& manifest, const std::string& id, const Check& check) {
  prepare();
  const auto all = plugins::open_library(manifest);
  const auto component = std::ranges::find(all, id, &plugins::ComponentInfo::id);
  try {
    const auto found = check.run(*component);
    return found ? written(Verdict::fail, found->reason, found->remedy) : written(Verdict::pass, "", "");
  } catch (const Skipped& skipped) {
    return written(Verdict::skip, skipped.what(), skipped.remedy());
  }
}

std::string remedy_of(const Apart& done) {
  switch (done.end) {
    case Apart::End::exited:
      return "return, or throw what hashloom/errors.hpp has: a component never ends the program";
    case Apart::End::crashed:
      return "build it with -g -fsanitize=address,undefined and look at where it stops";
    case Apart::End::timed_out:
      return "look for a loop that does not end; give it more time with --limit";
    default:
      return "see what it threw; the data is 96 grey images of 28 x 28 or features [96, 64], codes of 16 bits";
  }
}

Result result_of(const Check& check, const Apart& done, std::chrono::seconds limit) {
  Result result{check.name, check.promise};
  if (done.end == Apart::End::answered) {
    const auto answer = json::parse(done.answer);
    result.verdict = answer["verdict"];
    result.reason = answer["reason"];
    result.remedy = answer["remedy"];
  } else {
    result.verdict = Verdict::fail;
    result.reason = (done.end == Apart::End::threw ? "it threw: " : "it ") + done.mishap(limit);
    result.remedy = remedy_of(done);
  }
  return result;
}

/// Judged by what all other checks printed.
Result silence(const std::string& printed) {
  Result result{"silence", "it writes nothing to standard output or standard error"};
  if (printed.empty()) return result;
  result.verdict = Verdict::fail;
  result.reason = fmt::format("it wrote '{}'", printed.substr(0, std::min<size_t>(printed.find('\n'), 100)));
  result.remedy = "tell by run.progress(), run.metric() or run.warn()";
  return result;
}

}  // namespace

const char* name(Verdict verdict) {
  static constexpr const char* kNames[] = {"pass", "fail", "skip"};
  return kNames[static_cast<int>(verdict)];
}

Validated validate(const plugins::Manifest& manifest, const std::string& component, std::chrono::seconds limit) {
  Validated validated{component, {}};
  std::string printed;
  for (const auto& check : checks()) {
    const auto done = plugins::apart([&] { return checked(manifest, component, check); }, limit);
    validated.results.push_back(result_of(check, done, limit));
    printed += done.printed;
  }
  validated.results.push_back(silence(printed));
  return validated;
}

}  // namespace hashloom::validate
