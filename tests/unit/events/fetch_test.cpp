#include <gmock/gmock.h>
#include <unistd.h>

#include <chrono>
#include <fetch/check.hpp>
#include <fetch/fetch.hpp>
#include <hashloom/errors.hpp>

#include "http_server.hpp"
#include "temporary_folder.hpp"

using namespace hashloom;
using fetch::Options;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

struct Recorder final : events::Listener {
  void on_event(const json& event) override { events.push_back(event); }
  std::vector<json> events;
};

/// A server with one file, a folder for it to go to, a mirror.
class Fetch : public testing::Test {
 protected:
  Fetch() : server(served.path()) {}

  fetch::Fetched fetch_from(std::vector<std::string> ways) {
    options.urls.clear();
    for (const auto& way : ways) options.urls.push_back(server.url(way));
    return fetch_now();
  }

  fetch::Fetched fetch_from_mirror() {
    options.mirror = mirror.path();
    return fetch_now();
  }

  fetch::Fetched fetch_now() {
    options.target = target / "set";
    return fetch::fetch({"tiny", {}, {{"data.gz", server.md5()}}}, options, recorder);
  }

  template <class Exception>
  std::string failure(const std::function<void()>& act) {
    try {
      act();
    } catch (const Exception& error) {
      return std::string(error.what()) + "\n" + error.remedy();
    }
    return "nothing of that type was thrown";
  }

  std::string served_file() const { return text_of(served / "packed.gz"); }
  std::string fetched_file() const { return text_of(target.path() / "set/data.gz"); }
  void put(const std::string& name, const std::string& contents) {
    std::filesystem::create_directories(target / "set");
    write_text(target.path() / "set" / name, contents);
  }
  void put_into_mirror(const std::string& contents) {
    std::filesystem::create_directories(mirror / "tiny");
    write_text(mirror.path() / "tiny/data.gz", contents);
  }

  TemporaryFolder served, target, mirror;
  HttpServer server;
  Options options;
  Recorder recorder;
};

}  // namespace

TEST_F(Fetch, DownloadsAFile) {
  const auto fetched = fetch_from({"whole"});
  EXPECT_EQ(fetched_file(), served_file());
  EXPECT_EQ(fetched.came, 1);
  EXPECT_EQ(fetched.folder, target / "set");
  EXPECT_FALSE(std::filesystem::exists(target / "set/data.gz.part"));
}

TEST_F(Fetch, AsksForNothingWhereTheFileIsThereAndRight) {
  put("data.gz", served_file());
  const auto fetched = fetch_from({"whole"});
  EXPECT_EQ(fetched.were_there, 1);
  EXPECT_EQ(server.requests(), "");
}

TEST_F(Fetch, ReplacesAFileThatIsWrong) {
  put("data.gz", served_file().substr(0, 500));
  fetch_from({"whole"});
  EXPECT_EQ(fetched_file(), served_file());
}

TEST_F(Fetch, GoesOnAfterTheBytesThatAreThere) {
  put("data.gz.part", served_file().substr(0, 70000));
  fetch_from({"whole"});
  EXPECT_EQ(fetched_file(), served_file());
  EXPECT_EQ(server.requests(), "whole bytes=70000-\n");
}

TEST_F(Fetch, GoesOnWhenTheServerBreaksOff) {
  fetch_from({"cut"});
  EXPECT_EQ(fetched_file(), served_file());
  EXPECT_EQ(server.requests(), "cut -\ncut bytes=40000-\ncut bytes=80000-\n");
}

TEST_F(Fetch, StartsOverWhereTheServerCannotGoOn) {
  put("data.gz.part", served_file().substr(0, 70000));
  fetch_from({"norange"});
  EXPECT_EQ(fetched_file(), served_file());
}

TEST_F(Fetch, StartsOverWhenThePartIsNotOfThatFile) {
  put("data.gz.part", std::string(70000, 'x'));
  fetch_from({"whole"});
  EXPECT_EQ(fetched_file(), served_file());
}

TEST_F(Fetch, StartsOverWhenThePartIsLongerThanTheFile) {
  put("data.gz.part", std::string(200000, 'x'));
  fetch_from({"whole"});
  EXPECT_EQ(fetched_file(), served_file());
}

TEST_F(Fetch, TakesAPartThatIsComplete) {
  put("data.gz.part", served_file());
  fetch_from({"whole"});
  EXPECT_EQ(fetched_file(), served_file());
  EXPECT_EQ(server.requests(), "");
}

TEST_F(Fetch, TakesTheNextUrlWhereOneHasNothing) {
  fetch_from({"missing", "page", "dead", "whole"});
  EXPECT_EQ(fetched_file(), served_file());
}

TEST_F(Fetch, TakesTheSameContentsPackedInAnotherWay) {
  fetch_from({"other"});
  EXPECT_NE(fetched_file(), served_file());
  EXPECT_EQ(fetch::objection(target / "set/data.gz", server.md5()), "");
}

TEST_F(Fetch, NamesFileUrlAndRemedyWhereNothingCanBeDownloaded) {
  const auto said = failure<Error>([&] { fetch_from({"missing"}); });
  EXPECT_THAT(
      said, AllOf(StartsWith("can't download data.gz"), HasSubstr(server.url("missing") + "data.gz"), HasSubstr("404"),
                  HasSubstr("put it into " + (target / "set").string()), HasSubstr("hashloom fetch tiny --mirror")));
}

TEST_F(Fetch, NamesBothChecksumsWhereTheContentsAreWrong) {
  options.urls = {server.url("whole")};
  options.target = target.path();
  const fetch::RemoteDataset other{"tiny", {}, {{"data.gz", "900150983cd24fb0d6963f7d28e17f72"}}};
  const auto said = failure<Error>([&] { fetch::fetch(other, options, recorder); });
  EXPECT_THAT(said, AllOf(HasSubstr("MD5 " + server.md5()), HasSubstr("900150983cd24fb0d6963f7d28e17f72 is expected")));
  EXPECT_FALSE(std::filesystem::exists(target / "data.gz.part"));
}

TEST_F(Fetch, SaysThatAPageIsNoGzipFile) {
  EXPECT_THAT(failure<Error>([&] { fetch_from({"page"}); }), HasSubstr("what came is no gzip file"));
}

TEST_F(Fetch, KeepsWhatCameWhenTheServerStaysAway) {
  put("data.gz.part", served_file().substr(0, 1000));
  EXPECT_THAT(failure<Error>([&] { fetch_from({"dead"}); }), HasSubstr("can't download"));
  EXPECT_EQ(text_of(target.path() / "set/data.gz.part"), served_file().substr(0, 1000));
}

TEST_F(Fetch, SaysThatNobodyListens) {
  options.urls = {"http://127.0.0.1:1/"};
  EXPECT_THAT(failure<Error>([&] { fetch_now(); }),
              AllOf(HasSubstr("http://127.0.0.1:1/data.gz"), HasSubstr("connect")));
}

TEST_F(Fetch, LeavesNothingWhereNothingCame) {
  failure<Error>([&] { fetch_from({"missing"}); });
  EXPECT_TRUE(std::filesystem::is_empty(target / "set"));
}

TEST_F(Fetch, SaysThatAHostIsUnknown) {
  options.urls = {"http://host.invalid/"};  // RFC 2606: never exists
  options.patience.connect = 5;
  EXPECT_THAT(failure<Error>([&] { fetch_now(); }), HasSubstr("host.invalid"));
}

TEST_F(Fetch, DoesNotWaitForASilentServer) {
  options.patience.silence = 1;
  const auto began = std::chrono::steady_clock::now();
  EXPECT_THAT(failure<Error>([&] { fetch_from({"silent"}); }), HasSubstr("can't download"));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
}

TEST_F(Fetch, SaysThatTheDiskIsFull) {
  std::filesystem::create_directories(target / "set");
  std::filesystem::create_symlink("/dev/full", target / "set/data.gz.part");
  const auto said = failure<Error>([&] { fetch_from({"whole"}); });
  EXPECT_THAT(said, AllOf(HasSubstr("data.gz.part: No space left on device"), HasSubstr("make room")));
}

TEST_F(Fetch, SaysThatTheFolderCannotBeMade) {
  write_text(target / "set", "a file");
  EXPECT_THAT(failure<Error>([&] { fetch_from({"whole"}); }), HasSubstr("can't write " + (target / "set").string()));
}

TEST_F(Fetch, DoesNotReadFilesByUrl) {
  options.urls = {"file://" + served.path().string() + "/"};
  EXPECT_THAT(failure<Error>([&] { fetch_now(); }), HasSubstr("can't download"));
}

TEST_F(Fetch, CopiesFromAMirror) {
  put_into_mirror(served_file());
  EXPECT_EQ(fetch_from_mirror().came, 1);
  EXPECT_EQ(fetched_file(), served_file());
  EXPECT_EQ(server.requests(), "");
}

TEST_F(Fetch, CanWriteWhatAReadOnlyMirrorGave) {
  put_into_mirror(served_file());
  std::filesystem::permissions(mirror / "tiny/data.gz", std::filesystem::perms::owner_read);
  fetch_from_mirror();
  const auto permissions = std::filesystem::status(target / "set/data.gz").permissions();
  EXPECT_NE(permissions & std::filesystem::perms::owner_write, std::filesystem::perms::none);
}

TEST_F(Fetch, NamesTheFileThatAMirrorLacks) {
  const auto said = failure<DataError>([&] { fetch_from_mirror(); });
  EXPECT_THAT(said,
              AllOf(HasSubstr((mirror / "tiny/data.gz").string() + " is not there"), HasSubstr("leave --mirror out")));
}

TEST_F(Fetch, RefusesATruncatedFileOfAMirror) {
  put_into_mirror(served_file().substr(0, 50000));
  EXPECT_THAT(failure<DataError>([&] { fetch_from_mirror(); }), HasSubstr("tiny/data.gz is truncated"));
  EXPECT_FALSE(std::filesystem::exists(target / "set/data.gz"));
}

TEST_F(Fetch, RefusesADamagedFileOfAMirror) {
  auto damaged = served_file();
  damaged[50000] = static_cast<char>(damaged[50000] ^ 1);
  put_into_mirror(damaged);
  EXPECT_THAT(failure<DataError>([&] { fetch_from_mirror(); }), HasSubstr("tiny/data.gz is damaged"));
}

TEST_F(Fetch, RefusesAnEmptyFileOfAMirror) {
  put_into_mirror("");
  EXPECT_THAT(failure<DataError>([&] { fetch_from_mirror(); }), HasSubstr("tiny/data.gz is"));
}

TEST_F(Fetch, TellsAViewHowFarItIs) {
  fetch_from({"whole"});
  EXPECT_EQ(recorder.events.front()["state"], "started");
  EXPECT_EQ(recorder.events.front()["stage"], "data.gz");
  EXPECT_EQ(recorder.events.back()["state"], "finished");
  const auto& progress = recorder.events[recorder.events.size() - 2];
  EXPECT_EQ(progress["kind"], "progress");
  EXPECT_DOUBLE_EQ(progress["done"], static_cast<double>(server.bytes()) / 1e6);
  EXPECT_EQ(progress["done"], progress["total"]);
}

TEST_F(Fetch, TellsAViewWhatItHasAlready) {
  put("data.gz", served_file());
  fetch_from({"whole"});
  ASSERT_EQ(recorder.events.size(), 1);
  EXPECT_EQ(recorder.events[0]["state"], "cached");
}

TEST_F(Fetch, TellsAViewThatItFailed) {
  failure<Error>([&] { fetch_from({"missing"}); });
  EXPECT_EQ(recorder.events.back()["state"], "failed");
}

TEST(FetchCatalogue, SaysWhereFashionMnistComesFrom) {
  Recorder recorder;
  try {
    fetch::fetch("fashion-mnist", {}, recorder);
    FAIL() << "nothing was thrown";
  } catch (const ParameterError& error) {
    EXPECT_THAT(error.remedy(), HasSubstr("dataset-fashion-mnist"));
  }
}

TEST(FetchCatalogue, RefusesAnUnknownDataset) {
  Recorder recorder;
  EXPECT_THROW(fetch::fetch("imagenet", {}, recorder), ParameterError);
}

TEST(FetchCatalogue, KnowsMnistsFourFiles) {
  EXPECT_EQ(fetch::find_dataset("mnist").files.size(), 4);
  for (const auto& url : fetch::find_dataset("mnist").urls)
    EXPECT_THAT(url, AllOf(StartsWith("https://"), testing::EndsWith("/")));
}

TEST(FetchFolder, LiesInTheUsersDataFolder) {
  ::setenv("XDG_DATA_HOME", "/data", 1);
  EXPECT_EQ(fetch::default_folder("mnist"), "/data/hashloom/datasets/mnist");
  ::unsetenv("XDG_DATA_HOME");
  ::setenv("HOME", "/home/somebody", 1);
  EXPECT_EQ(fetch::default_folder("mnist"), "/home/somebody/.local/share/hashloom/datasets/mnist");
}
