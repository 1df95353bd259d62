#pragma once
#include <chrono>
#include <nlohmann/json.hpp>
#include <plugins/folder.hpp>

namespace hashloom::validate {

enum class Verdict { pass, fail, skip };
const char* name(Verdict verdict);

/// How a component did in one check; reason and remedy are empty where it passed.
struct Result {
  std::string check, promise;
  Verdict verdict = Verdict::pass;
  std::string reason, remedy;
};

struct Validated {
  std::string component;
  std::vector<Result> results;
};

/// Does all checks of one component of a plugin, each in a process of its own that has `limit` to end.
Validated validate(const plugins::Manifest& manifest, const std::string& component, std::chrono::seconds limit);

}  // namespace hashloom::validate
