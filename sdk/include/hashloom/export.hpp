#pragma once

/// Types and functions that cross the border between host and plugins.
#define HASHLOOM_API __attribute__((visibility("default")))
