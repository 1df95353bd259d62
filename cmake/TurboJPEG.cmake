# libjpeg-turbo's own interface as the imported target TurboJPEG; Debian's CMake files name programs that are not installed.
find_path(TURBOJPEG_INCLUDE turbojpeg.h REQUIRED)
find_library(TURBOJPEG_LIBRARY turbojpeg REQUIRED)
add_library(TurboJPEG UNKNOWN IMPORTED)
set_target_properties(TurboJPEG PROPERTIES IMPORTED_LOCATION ${TURBOJPEG_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${TURBOJPEG_INCLUDE})
