#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <faults/last_words.hpp>
#include <optional>
#include <plugins/apart.hpp>
#include <system_error>
#include <thread>

namespace hashloom::plugins {
namespace {

using Clock = std::chrono::steady_clock;

/// A file without a name, which both processes hold.
class Sheet {
 public:
  Sheet() : file_(memfd_create("hashloom", 0)) {
    if (file_ < 0) throw std::system_error(errno, std::generic_category(), "memfd_create");
  }
  ~Sheet() { close(file_); }
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;

  int file() const { return file_; }
  void append(const std::string& text) const {
    for (size_t done = 0; done < text.size();) {
      const auto written = write(file_, text.data() + done, text.size() - done);
      if (written < 0) _exit(127);
      done += static_cast<size_t>(written);
    }
  }
  std::string text(off_t longest) const {
    const off_t size = std::min(lseek(file_, 0, SEEK_END), longest);
    std::string all(static_cast<size_t>(size), '\0');
    all.resize(static_cast<size_t>(std::max<ssize_t>(0, pread(file_, all.data(), all.size(), 0))));
    return all;
  }

 private:
  int file_;
};

constexpr off_t kLongestPrinted = 1 << 16, kLongestAnswer = 1 << 28;

/// The answer begins with one letter that says what it is.
std::string answer_of(const std::function<std::string()>& work) {
  try {
    return "A" + work();
  } catch (const std::exception& error) {
    return std::string("T") + error.what();
  } catch (...) {
    return "Tsomething was thrown that is no std::exception";
  }
}

[[noreturn]] void work_in_child(const std::function<std::string()>& work, const Sheet& answer, const Sheet& printed) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  faults::watch_no_longer();
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
  dup2(printed.file(), STDOUT_FILENO);
  dup2(printed.file(), STDERR_FILENO);
  const auto text = answer_of(work);
  std::fflush(nullptr);
  answer.append(text);
  _exit(0);
}

/// The child's status; nothing if it was still at work at the end of the limit, and was killed.
std::optional<int> status_of(pid_t child, std::chrono::seconds limit) {
  const auto deadline = Clock::now() + limit;
  int status = 0;
  for (auto pause = std::chrono::microseconds(200);;
       pause = std::min<std::chrono::microseconds>(2 * pause, std::chrono::milliseconds(20))) {
    const pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended == child) return status;
    if (ended < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
    if (Clock::now() > deadline) break;
    std::this_thread::sleep_for(pause);
  }
  kill(child, SIGKILL);
  waitpid(child, &status, 0);
  return {};
}

}  // namespace

std::string Apart::mishap(std::chrono::seconds limit) const {
  switch (end) {
    case End::exited:
      return fmt::format("called exit({})", code);
    case End::crashed:
      return fmt::format("crashed ({})", strsignal(code));
    case End::timed_out:
      return fmt::format("took longer than {} s", limit.count());
    default:
      return answer;
  }
}

Apart apart(const std::function<std::string()>& work, std::chrono::seconds limit) {
  const Sheet answer, printed;
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) work_in_child(work, answer, printed);
  const auto status = status_of(child, limit);
  Apart done{.printed = printed.text(kLongestPrinted)};
  const auto text = answer.text(kLongestAnswer);
  if (!status) {
    done.end = Apart::End::timed_out;
  } else if (WIFSIGNALED(*status)) {
    done.end = Apart::End::crashed;
    done.code = WTERMSIG(*status);
  } else if (text.empty()) {
    done.end = Apart::End::exited;
    done.code = WEXITSTATUS(*status);
  } else {
    done.end = text[0] == 'A' ? Apart::End::answered : Apart::End::threw;
    done.answer = text.substr(1);
  }
  return done;
}

}  // namespace hashloom::plugins
