#include <gtest/gtest.h>

#include <sweep/capacity.hpp>
#include <thread>

using hashloom::engine::Machine;
using namespace hashloom::sweep;

namespace {

int64_t cores() { return std::thread::hardware_concurrency(); }

}  // namespace

TEST(Capacity, IsNoMoreThanCoresAllowForACellsThreads) {
  EXPECT_LE(cells_at_once({at::kCPU, false, 1}, 1000), cores());
  EXPECT_EQ(cells_at_once({at::kCPU, false, cores()}, 1000), 1);
  EXPECT_EQ(cells_at_once({at::kCPU, false, 100 * cores()}, 1000), 1);
}

TEST(Capacity, IsNoMoreThanThereAreCells) { EXPECT_EQ(cells_at_once({at::kCPU, false, 1}, 1), 1); }

TEST(Capacity, IsOneCellOnAGpu) { EXPECT_EQ(cells_at_once({at::Device("cuda:0"), false, 1}, 1000), 1); }

TEST(ThreadsOfACell, ShareTheCoresAmongTheCellsThatRunAtOnce) {
  EXPECT_EQ(threads_of_a_cell(1000, 0), 1);
  EXPECT_EQ(threads_of_a_cell(1, 0), cores());
  EXPECT_EQ(threads_of_a_cell(1000, 1), cores());
  EXPECT_EQ(threads_of_a_cell(1, 10 * cores()), cores());
  EXPECT_EQ(threads_of_a_cell(1000, 10 * cores()), 1);
}
