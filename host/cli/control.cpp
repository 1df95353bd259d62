#include <fmt/format.h>

#include <chrono>
#include <cli/command.hpp>
#include <control/request.hpp>
#include <events/heartbeat.hpp>
#include <events/reader.hpp>
#include <hashloom/errors.hpp>
#include <thread>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;
using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

constexpr const char* kRequests = "pause, continue, stop-after-round, set STAGE.PARAMETER=VALUE, reload PLUGIN";

control::Request setting(const std::string& text) {
  const auto dot = text.find('.'), equals = text.find('=');
  if (dot == std::string::npos || equals == std::string::npos || dot > equals)
    throw UsageError(fmt::format("'{}' is not STAGE.PARAMETER=VALUE; for example: gan.learning_rate=2e-4", text));
  return {"", "set", text.substr(0, dot), text.substr(dot + 1, equals - dot - 1), text.substr(equals + 1), ""};
}

control::Request request_in(const Texts& words) {
  const bool takes_more = words[0] == "set" || words[0] == "reload";
  const bool is_known = takes_more || words[0] == "pause" || words[0] == "continue" || words[0] == "stop-after-round";
  if (!is_known) throw UsageError(fmt::format("a run can't be asked to '{}'; it can: {}", words[0], kRequests));
  if (words.size() != (takes_more ? 2u : 1u))
    throw UsageError(
        fmt::format("'{}' takes {}; requests are: {}", words[0], takes_more ? "one word" : "nothing more", kRequests));
  if (words[0] == "set") return setting(words[1]);
  if (words[0] == "reload") return {"", "reload", "", "", "", words[1]};
  return {"", words[0], "", "", "", ""};
}

void throw_unless_running(const std::string& run) {
  if (!std::filesystem::exists(std::filesystem::path(run) / "run.json"))
    throw DataError(fmt::format("'{}' is no run's folder", run), "see: hashloom runs");
  if (!events::is_alive(run))
    throw DataError(fmt::format("nothing runs in {}", run), fmt::format("go on with: hashloom resume {}", run));
}

/// A stage that tells no progress hears of a request when it is done.
int wait_for_answer(const std::string& run, const std::string& id, std::chrono::seconds patience) {
  events::Tailer tailer(run);
  const auto start = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - start < patience) {
    for (const auto& event : tailer.poll().events) {
      if (event.value("kind", "") != "control" || event.value("id", "") != id) continue;
      const bool accepted = event.value("state", "") == "accepted";
      fmt::print(accepted ? stdout : stderr, "{}{}\n", accepted ? "" : "error: ", event.value("effect", ""));
      return accepted ? kSuccess : kUsersMistake;
    }
    if (!events::is_alive(run)) break;
    std::this_thread::sleep_for(100ms);
  }
  fmt::print(stderr, "no answer yet; the run takes it when its stage tells progress, or when it goes on\n");
  return kSuccess;
}

}  // namespace

int control(const Texts& arguments) {
  po::options_description options("options");
  options.add_options()("wait", po::value<int>()->default_value(10)->value_name("SECONDS"),
                        "how long to wait for its answer");
  const auto values = parse(command_named("control"), arguments, options, {"run", "request"});
  if (!values) return kSuccess;
  if (!values->count("run") || !values->count("request"))
    throw UsageError(fmt::format("name a run and what it is to do: {}", kRequests));
  const auto run = (*values)["run"].as<Texts>()[0];
  const auto request = request_in((*values)["request"].as<Texts>());
  throw_unless_running(run);
  return wait_for_answer(run, control::send(run, request), std::chrono::seconds((*values)["wait"].as<int>()));
}

}  // namespace hashloom::cli
