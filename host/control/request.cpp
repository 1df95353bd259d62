#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <control/request.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <system_error>

namespace hashloom::control {
namespace {

using nlohmann::json;

constexpr int kSchema = 1;

std::filesystem::path file_of(const std::filesystem::path& run) { return run / "control.jsonl"; }

std::string new_id() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

std::string line_of(const Request& request) {
  json line{{"schema", kSchema},
            {"id", request.id},
            {"wall", std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count()},
            {"request", request.what}};
  for (const auto& [key, text] : {std::pair{"stage", request.stage},
                                  {"parameter", request.parameter},
                                  {"value", request.value},
                                  {"plugin", request.plugin}})
    if (!text.empty()) line[key] = text;
  return line.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string text_in(const json& line, const char* key) {
  return line.contains(key) && line[key].is_string() ? line[key].get<std::string>() : "";
}

Request request_in(const std::string& text) {
  const auto line = json::parse(text, nullptr, false);
  if (!line.is_object() || !line.contains("schema") || line["schema"] != kSchema) return {};
  return {text_in(line, "id"),        text_in(line, "request"), text_in(line, "stage"),
          text_in(line, "parameter"), text_in(line, "value"),   text_in(line, "plugin")};
}

}  // namespace

std::string send(const std::filesystem::path& run, Request request) {
  request.id = new_id();
  const auto line = line_of(request);
  const int file = open(file_of(run).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  const bool written = file >= 0 && write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  const int error = errno;
  if (file >= 0) close(file);
  if (!written) throw std::system_error(error, std::generic_category(), "can't write " + file_of(run).string());
  return request.id;
}

std::vector<Request> requests_after(const std::filesystem::path& run, int64_t skip) {
  std::ifstream in(file_of(run));
  std::vector<Request> requests;
  for (std::string line; std::getline(in, line) && !in.eof();)  // eof: the last line is not complete
    if (skip-- <= 0) requests.push_back(request_in(line));
  return requests;
}

}  // namespace hashloom::control
