#pragma once

namespace hashloom::cli {

/// Starts the program anew, as the same process, with OMP_WAIT_POLICY=passive and GOMP_SPINCOUNT=10000 (some ten
/// microseconds), unless the user has set the first. LibTorch's threads else spin for milliseconds while they wait for
/// each other, which on a machine that has other work too makes two threads slower than one; without any spinning an
/// idle machine trains a quarter slower. OpenMP reads both when it is loaded, before main(). Returns if the variable is
/// set already or the program can't be started anew.
void let_threads_sleep(char** arguments);

}  // namespace hashloom::cli
