#define GLAD_GL_IMPLEMENTATION
#include <dashboard/window/gl.hpp>
