// A library without HASHLOOM_PLUGIN.
extern "C" int something_else() { return 1; }
