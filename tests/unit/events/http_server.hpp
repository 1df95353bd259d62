#pragma once
#include <nlohmann/json.hpp>
#include <string>

/// http_server.py, started on a port of 127.0.0.1 that is free, ended with this object.
class HttpServer {
 public:
  explicit HttpServer(const std::string& folder);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::string url(const std::string& way) const;  ///< of the folder "way"
  std::string md5() const { return said_["md5"]; }
  int64_t bytes() const { return said_["bytes"]; }
  std::string requests() const;  ///< "whole -\ncut bytes=40000-\n"

 private:
  std::string folder_;
  int process_ = -1, input_ = -1;
  nlohmann::json said_;
};
