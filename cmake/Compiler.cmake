# Flags that every target of the project shares.
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Clones in different folders share one cache: paths are taken relative to the source folder.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
endif()

add_library(hashloom_options INTERFACE)
target_compile_options(hashloom_options INTERFACE -Wall -Wextra -Wno-unused-parameter)
if(HASHLOOM_SANITIZE)
  target_compile_options(hashloom_options INTERFACE -O1 -fsanitize=address,undefined -fno-omit-frame-pointer
                         -fno-sanitize-recover=undefined -fno-sanitize=vptr)
  target_link_options(hashloom_options INTERFACE -fsanitize=address,undefined)
endif()

find_program(LLD ld.lld)
if(LLD)
  target_link_options(hashloom_options INTERFACE -fuse-ld=lld)
endif()
