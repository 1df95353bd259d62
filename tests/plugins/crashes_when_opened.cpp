// Crashes before its entry is asked for.
#include <csignal>

static const int kBegun = raise(SIGSEGV);
