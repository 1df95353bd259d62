#include <sys/prctl.h>
#include <unistd.h>

#include <boost/process.hpp>
#include <boost/process/extend.hpp>
#include <csignal>
#include <cstdio>
#include <sweep/child.hpp>

namespace hashloom::sweep {
namespace {

namespace bp = boost::process;

/// In the child, before it becomes the program.
void detach_from_terminal() {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
}

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

File opened(const std::filesystem::path& log) {
  File file(std::fopen(log.c_str(), "ae"));
  if (!file) throw std::system_error(errno, std::generic_category(), "can't write " + log.string());
  return file;
}

}  // namespace

struct Child::Process {
  bp::child child;
};

Child::Child(const std::filesystem::path& program, const std::vector<std::string>& arguments,
             const std::filesystem::path& log) {
  const File file = opened(log);
  const auto before_exec = bp::extend::on_exec_setup([](auto&) { detach_from_terminal(); });
  process_ = std::make_unique<Process>(
      Process{bp::child(bp::exe = program.string(), bp::args = arguments, (bp::std_out & bp::std_err) > file.get(),
                        bp::std_in < bp::null, before_exec)});
}

Child::~Child() {
  if (!process_ || !process_->child.valid()) return;
  std::error_code gone;
  if (!process_->child.running(gone)) return;
  ::kill(-process_->child.id(), SIGKILL);  // with all that it has started
  process_->child.wait(gone);
}

Child::Child(Child&&) noexcept = default;
Child& Child::operator=(Child&&) noexcept = default;

std::optional<int> Child::status() {
  if (process_->child.running()) return {};
  const int status = process_->child.native_exit_code();
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void Child::signal(int number) const { ::kill(process_->child.id(), number); }

}  // namespace hashloom::sweep
