#pragma once
// How Dear ImGui is built here (imconfig.h has what there is).
#define ImDrawIdx unsigned int  // a plot has more than 65,536 vertices
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_ENABLE_TEST_ENGINE
#define IMGUI_TEST_ENGINE_ENABLE_COROUTINE_STDTHREAD_IMPL 1
#define IMGUI_TEST_ENGINE_ENABLE_IMPLOT 0
