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
# Which checks each value of HASHLOOM_SANITIZE adds.
set(_hashloom_checks_address address,undefined)
set(_hashloom_checks_thread thread)
set(_hashloom_checks_fuzzer fuzzer-no-link,address,undefined)
if(HASHLOOM_SANITIZE AND NOT DEFINED _hashloom_checks_${HASHLOOM_SANITIZE})
  message(FATAL_ERROR "HASHLOOM_SANITIZE is address, thread, fuzzer or empty, not '${HASHLOOM_SANITIZE}'")
endif()
set(_hashloom_checks ${_hashloom_checks_${HASHLOOM_SANITIZE}})
if(_hashloom_checks)
  target_compile_options(hashloom_options INTERFACE -O1 -fsanitize=${_hashloom_checks} -fno-omit-frame-pointer)
  target_link_options(hashloom_options INTERFACE -fsanitize=${_hashloom_checks})
endif()
if(_hashloom_checks MATCHES undefined)
  target_compile_options(hashloom_options INTERFACE -fno-sanitize-recover=undefined -fno-sanitize=vptr)
endif()

find_program(LLD ld.lld)
if(LLD)
  target_link_options(hashloom_options INTERFACE -fuse-ld=lld)
endif()
