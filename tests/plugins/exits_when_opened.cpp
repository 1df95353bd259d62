// Ends the program before its entry is asked for.
#include <cstdlib>

struct Leaver {
  Leaver() { std::exit(3); }
};
static const Leaver kLeaver;
