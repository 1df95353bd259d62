#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <events/reader.hpp>
#include <events/writer.hpp>
#include <limits>

#include "temporary_folder.hpp"

using hashloom::events::Writer;
using nlohmann::json;
using testing::HasSubstr;

namespace {

std::span<const std::byte> bytes(const std::string& text) { return std::as_bytes(std::span(text)); }

template <class Exception>
std::string message_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Exception& error) {
    return error.what();
  }
  return "nothing was thrown";
}

}  // namespace

TEST(Writer, WritesOneLineAnEventWithNumberAndTimes) {
  const TemporaryFolder run;
  const double before = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();

  Writer(run.path()).write({{"kind", "warning"}, {"trouble", "two\nlines"}});

  const auto text = text_of(run / "events.jsonl");
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  const auto event = json::parse(text);
  EXPECT_EQ(event["schema"], 1);
  EXPECT_EQ(event["seq"], 0);
  EXPECT_EQ(event["kind"], "warning");
  EXPECT_EQ(event["trouble"], "two\nlines");
  EXPECT_NEAR(event["wall"].get<double>(), before, 10);
  EXPECT_GT(event["mono"].get<double>(), 0);
}

TEST(Writer, GoesOnNumberingWhereAnEarlierOneEnded) {
  const TemporaryFolder run;
  {
    Writer first(run.path());
    first.write({{"kind", "run"}});
    first.write({{"kind", "progress"}});
  }

  Writer second(run.path());

  EXPECT_EQ(second.last_seq(), 1);
  EXPECT_EQ(second.write({{"kind", "resume"}, {"after", 0}}), 2);
}

TEST(Writer, HasNoNumberBeforeTheFirstEvent) {
  const TemporaryFolder run;
  EXPECT_EQ(Writer(run.path()).last_seq(), -1);
}

TEST(Writer, CutsOffATornLastLine) {
  const TemporaryFolder run;
  Writer(run.path()).write({{"kind", "run"}});
  const auto whole = text_of(run / "events.jsonl");
  append_text(run / "events.jsonl", R"({"schema":1,"seq":1,"ki)");

  const Writer writer(run.path());

  EXPECT_EQ(text_of(run / "events.jsonl"), whole);
  EXPECT_EQ(writer.last_seq(), 0);
}

TEST(Writer, CutsOffAFileThatIsOneTornLine) {
  const TemporaryFolder run;
  write_text(run / "events.jsonl", R"({"schema":1,"seq":0)");

  const Writer writer(run.path());

  EXPECT_EQ(text_of(run / "events.jsonl"), "");
  EXPECT_EQ(writer.last_seq(), -1);
}

TEST(Writer, NumbersOnPastLinesThatAreNoEvents) {
  const TemporaryFolder run;
  write_text(run / "events.jsonl", "{\"seq\":6}\n{\"seq\":7}\nrubbish\n\n{\"seq\":\"nine\"}\n");
  EXPECT_EQ(Writer(run.path()).last_seq(), 7);
}

TEST(Writer, KeepsAnEventWhoseTextIsNoUtf8) {
  const TemporaryFolder run;
  Writer(run.path()).write({{"kind", "error"}, {"what", "no file caf\xe9.gz"}});
  EXPECT_EQ(json::parse(text_of(run / "events.jsonl"))["what"], "no file caf\xef\xbf\xbd.gz");
}

TEST(Writer, WritesWhatIsNotANumberAsNull) {
  const TemporaryFolder run;
  Writer(run.path()).write({{"kind", "metric"}, {"value", std::numeric_limits<double>::quiet_NaN()}});
  EXPECT_TRUE(json::parse(text_of(run / "events.jsonl"))["value"].is_null());
}

TEST(Writer, NamesTheFileWhenTheDiskIsFull) {
  const TemporaryFolder run;
  std::filesystem::create_symlink("/dev/full", run / "events.jsonl");
  Writer writer(run.path());

  const auto message = message_of<std::system_error>([&] { writer.write({{"kind", "run"}}); });

  EXPECT_THAT(message, HasSubstr((run / "events.jsonl").string()));
  EXPECT_THAT(message, HasSubstr("No space left on device"));
  EXPECT_EQ(writer.last_seq(), -1);
}

TEST(Writer, TakesBackALineThatFitsOnlyInPart) {
  const TemporaryFolder run;
  const pid_t child = ::fork();
  if (child == 0) {  // the limit is lowered for this process alone
    std::signal(SIGXFSZ, SIG_IGN);
    Writer writer(run.path());
    writer.write({{"kind", "run"}});
    const rlim_t limit = text_of(run / "events.jsonl").size() + 40;
    const rlimit few{limit, limit};
    ::setrlimit(RLIMIT_FSIZE, &few);
    const auto message = message_of<std::system_error>([&] { writer.write({{"kind", "progress"}}); });
    ::_exit(message.find("events.jsonl") == std::string::npos);
  }
  int status = 0;
  ::waitpid(child, &status, 0);

  EXPECT_EQ(status, 0);
  EXPECT_EQ(json::parse(text_of(run / "events.jsonl"))["kind"], "run");
  EXPECT_TRUE(text_of(run / "events.jsonl").ends_with("\n"));
}

TEST(Writer, NamesTheFileThatItCannotOpen) {
  const TemporaryFolder run;
  std::filesystem::create_directory(run / "events.jsonl");
  EXPECT_THAT(message_of<std::system_error>([&] { Writer{run.path()}; }), HasSubstr((run / "events.jsonl").string()));
}

TEST(Writer, NamesTheFolderThatItCannotMake) {
  const TemporaryFolder folder;
  write_text(folder / "run", "a file");
  EXPECT_THAT(message_of<std::system_error>([&] { Writer{folder / "run"}; }), HasSubstr((folder / "run").string()));
}

TEST(Writer, NamesTheFileWhereItMayNotWrite) {
  EXPECT_THAT(message_of<std::system_error>([] { Writer{"/proc/hashloom-run"}; }), HasSubstr("/proc/hashloom-run"));
}

TEST(Writer, StoresABlobUnderItsHash) {
  const TemporaryFolder run;

  const auto name = Writer(run.path()).put_blob(bytes("abc"), "png");

  // SHA-256 of "abc": FIPS 180-2, appendix B.1
  EXPECT_EQ(name, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.png");
  EXPECT_EQ(text_of(run.path() / "blobs" / name), "abc");
}

TEST(Writer, StoresAnEmptyBlob) {
  const TemporaryFolder run;
  const auto name = Writer(run.path()).put_blob({}, "npy");
  EXPECT_EQ(text_of(run.path() / "blobs" / name), "");
  EXPECT_TRUE(std::filesystem::exists(run.path() / "blobs" / name));
}

TEST(Writer, LeavesABlobThatIsThereAlone) {
  const TemporaryFolder run;
  Writer writer(run.path());
  const auto file = run.path() / "blobs" / writer.put_blob(bytes("abc"), "png");
  const auto long_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
  std::filesystem::last_write_time(file, long_ago);

  writer.put_blob(bytes("abc"), "png");

  EXPECT_EQ(std::filesystem::last_write_time(file), long_ago);
}

TEST(Writer, ReplacesABlobThatWasCutShort) {
  const TemporaryFolder run;
  Writer writer(run.path());
  const auto file = run.path() / "blobs" / writer.put_blob(bytes("abc"), "png");
  write_text(file, "a");

  writer.put_blob(bytes("abc"), "png");

  EXPECT_EQ(text_of(file), "abc");
}

TEST(Writer, LeavesNoTemporaryFile) {
  const TemporaryFolder run;
  Writer(run.path()).put_blob(bytes("abc"), "png");
  const std::filesystem::directory_iterator files(run / "blobs");
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST(Writer, NamesTheBlobThatItCannotWrite) {
  const TemporaryFolder run;
  Writer writer(run.path());
  std::filesystem::remove(run / "blobs");
  EXPECT_THAT(message_of<std::system_error>([&] { writer.put_blob(bytes("abc"), "png"); }),
              HasSubstr("blobs/ba7816bf"));
}
