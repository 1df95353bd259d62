# hashloom_add_plugin(NAME SOURCES file... COMPONENTS role/name... [TRAINS] [LINK library...])
#
# Builds the plugin library lib/plugins/NAME.so and, beside it, the manifest NAME.json, which the host reads before it opens
# the library. TRAINS adds hashloom/train.hpp (modules, optimisers) with a precompiled header.
set(HASHLOOM_PLUGIN_DIR ${CMAKE_BINARY_DIR}/lib/plugins CACHE PATH "Where plugins are put")

function(hashloom_add_plugin NAME)
  cmake_parse_arguments(PARSE_ARGV 1 P "TRAINS" "OUTPUT_DIRECTORY" "SOURCES;COMPONENTS;LINK")
  if(NOT P_OUTPUT_DIRECTORY)
    set(P_OUTPUT_DIRECTORY ${HASHLOOM_PLUGIN_DIR})
  endif()
  set(target plugin_${NAME})
  add_library(${target} MODULE ${P_SOURCES})
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME ${NAME} PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${P_OUTPUT_DIRECTORY}
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_compile_options(${target} PRIVATE -fno-gnu-unique)
  target_link_libraries(${target} PRIVATE hashloom_sdk ${P_LINK})
  if(TARGET hashloom_options)
    target_link_libraries(${target} PRIVATE hashloom_options)
  endif()
  if(P_TRAINS)
    target_link_libraries(${target} PRIVATE hashloom_train)
    target_precompile_headers(${target} PRIVATE <hashloom/train.hpp>)
  endif()
  hashloom_write_manifest(${NAME} ${P_OUTPUT_DIRECTORY} "${P_COMPONENTS}")
endfunction()

# The manifest says what the library must fit, so that one that can't even be opened is explained.
function(hashloom_write_manifest NAME DIRECTORY COMPONENT_IDS)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
               ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../include/hashloom/abi.h)
  file(STRINGS ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../include/hashloom/abi.h abi_line REGEX "define HASHLOOM_SDK_ABI ")
  string(REGEX MATCH "[0-9]+" sdk_abi "${abi_line}")
  list(JOIN COMPONENT_IDS "\", \"" components)
  file(CONFIGURE OUTPUT ${DIRECTORY}/${NAME}.json CONTENT
"{
  \"plugin\": \"${NAME}\",
  \"library\": \"${NAME}.so\",
  \"sdk_abi\": ${sdk_abi},
  \"libtorch\": \"${HASHLOOM_LIBTORCH_VERSION}\",
  \"components\": [\"${components}\"]
}
")
endfunction()
