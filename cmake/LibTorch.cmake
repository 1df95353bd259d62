# LibTorch's C++ part as the imported target LibTorch::cpu, from
#   Torch_DIR (the folder of TorchConfig.cmake, any LibTorch >= 2.4), else
#   HASHLOOM_LIBTORCH (a folder with lib/ and include/), else what setup.sh put into the user's cache.
# The headers define the version; nothing here links CUDA: the host opens libtorch_cuda.so at start where it can be.
# Installed with the SDK, where HASHLOOM_SETUP is the installed setup.sh.
if(TARGET LibTorch::cpu)
  get_target_property(HASHLOOM_LIBTORCH_VERSION LibTorch::cpu HASHLOOM_LIBTORCH_VERSION)
  return()
endif()
if(NOT HASHLOOM_SETUP)
  set(HASHLOOM_SETUP ./setup.sh)
endif()

if(DEFINED ENV{XDG_CACHE_HOME})
  set(_hashloom_cache $ENV{XDG_CACHE_HOME}/hashloom)
else()
  set(_hashloom_cache $ENV{HOME}/.cache/hashloom)
endif()
if(NOT Torch_DIR AND DEFINED ENV{Torch_DIR})
  set(Torch_DIR $ENV{Torch_DIR})
endif()
if(Torch_DIR)
  get_filename_component(_libtorch ${Torch_DIR}/../../.. ABSOLUTE)
elseif(HASHLOOM_LIBTORCH)
  set(_libtorch ${HASHLOOM_LIBTORCH})
else()
  set(_libtorch ${_hashloom_cache}/torch-2.11.0/torch)
endif()
if(NOT EXISTS ${_libtorch}/lib/libtorch_cpu.so)
  message(FATAL_ERROR "no LibTorch in ${_libtorch}: run ${HASHLOOM_SETUP}, or set Torch_DIR to the folder of a TorchConfig.cmake")
endif()

set(_torch_version_header ${_libtorch}/include/torch/headeronly/version.h)
if(NOT EXISTS ${_torch_version_header})
  set(_torch_version_header ${_libtorch}/include/torch/csrc/api/include/torch/version.h)
endif()
file(STRINGS ${_torch_version_header} _torch_version_lines REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH)")
string(REGEX REPLACE ".*MAJOR ([0-9]+).*MINOR ([0-9]+).*PATCH ([0-9]+).*" "\\1.\\2.\\3"
       HASHLOOM_LIBTORCH_VERSION "${_torch_version_lines}")
if(HASHLOOM_LIBTORCH_VERSION VERSION_LESS 2.4)
  message(FATAL_ERROR "LibTorch ${HASHLOOM_LIBTORCH_VERSION} in ${_libtorch} is too old: 2.4 or newer is needed")
endif()
message(STATUS "LibTorch ${HASHLOOM_LIBTORCH_VERSION} in ${_libtorch}")

add_library(LibTorch::c10 SHARED IMPORTED GLOBAL)
set_target_properties(LibTorch::c10 PROPERTIES IMPORTED_LOCATION ${_libtorch}/lib/libc10.so)
# After the system's headers, because the folder also holds a copy of fmt that is not the one we link.
add_library(LibTorch::cpu SHARED IMPORTED GLOBAL)
set_target_properties(LibTorch::cpu PROPERTIES
  IMPORTED_LOCATION ${_libtorch}/lib/libtorch_cpu.so
  HASHLOOM_LIBTORCH_VERSION ${HASHLOOM_LIBTORCH_VERSION}
  INTERFACE_COMPILE_OPTIONS "-idirafter${_libtorch}/include;-idirafter${_libtorch}/include/torch/csrc/api/include"
  INTERFACE_COMPILE_DEFINITIONS "AT_PER_OPERATOR_HEADERS"
  INTERFACE_LINK_LIBRARIES LibTorch::c10)
# libtorch_cpu.so finds cudart and cupti by its own rpath; the linker must not try to.
target_link_options(LibTorch::cpu INTERFACE -Wl,--allow-shlib-undefined)
