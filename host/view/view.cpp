#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <events/fields.hpp>
#include <string_view>
#include <view/plain_view.hpp>
#include <view/terminal_view.hpp>
#include <view/view.hpp>

namespace hashloom::view {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool has_cursor(std::FILE* out) {
  const auto terminal = environment("TERM");
  return ::isatty(::fileno(out)) == 1 && !terminal.empty() && terminal != "dumb";
}

}  // namespace

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void View::on_event(const nlohmann::json& event) {
  const std::scoped_lock lock(mutex_);
  const auto kind = events::text(event, "kind");
  has_shown_error_ = has_shown_error_ || kind == "error";
  messages_.remember(event);
  show(event, kind);
}

bool View::has_shown_error() const {
  const std::scoped_lock lock(mutex_);
  return has_shown_error_;
}

std::unique_ptr<View> make_view(std::FILE* out) {
  if (!has_cursor(out)) return std::make_unique<PlainView>(out);
  const auto colours = environment("NO_COLOR").empty() ? Colours::yes : Colours::no;  // https://no-color.org
  return std::make_unique<TerminalView>(out, colours, [out] { return terminal_columns(out); });
}

}  // namespace hashloom::view
