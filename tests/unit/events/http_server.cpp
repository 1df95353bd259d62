#include "http_server.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "temporary_folder.hpp"

namespace {

std::string first_line(int descriptor) {
  std::string line;
  for (char letter = 0; ::read(descriptor, &letter, 1) == 1 && letter != '\n';) line += letter;
  return line;
}

}  // namespace

HttpServer::HttpServer(const std::string& folder) : folder_(folder) {
  int input[2], output[2];
  if (::pipe2(input, O_CLOEXEC) != 0 || ::pipe2(output, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(input[0], 0);
    ::dup2(output[1], 1);
    ::execlp("python3", "python3", HASHLOOM_TEST_SERVER, folder.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(input[0]);
  ::close(output[1]);
  input_ = input[1];
  const auto line = first_line(output[0]);
  ::close(output[0]);
  said_ = nlohmann::json::parse(line);
}

HttpServer::~HttpServer() {
  ::close(input_);
  ::waitpid(process_, nullptr, 0);
}

std::string HttpServer::url(const std::string& way) const {
  return "http://127.0.0.1:" + std::to_string(said_["port"].get<int>()) + "/" + way + "/";
}

std::string HttpServer::requests() const { return text_of(folder_ + "/requests"); }
