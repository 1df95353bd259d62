#include <unistd.h>

#include <cli/wait_policy.hpp>
#include <cstdlib>

namespace hashloom::cli {

void let_threads_sleep(char** arguments) {
  constexpr const char *kPolicy = "OMP_WAIT_POLICY", *kTurns = "GOMP_SPINCOUNT";
  constexpr const char* kTenMicroseconds = "10000";
  if (std::getenv(kPolicy)) return;
  if (::setenv(kPolicy, "passive", 0) != 0 || ::setenv(kTurns, kTenMicroseconds, 0) != 0) return;
  ::execv("/proc/self/exe", arguments);
}

}  // namespace hashloom::cli
