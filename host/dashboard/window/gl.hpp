#pragma once
// OpenGL 3.3 as GLFW's own loader gives it; gl.cpp has its body.
#include <glad/gl.h>
