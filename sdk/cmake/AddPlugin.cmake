# hashloom_add_plugin(NAME SOURCES file... COMPONENTS role/name... [TRAINS] [LINK library...])
#
# Builds the plugin library NAME.so and, beside it, the manifest NAME.json, which the host reads before it opens the library;
# both in OUTPUT_DIRECTORY, else HASHLOOM_PLUGIN_DIR, else the folder plugins of the build folder. TRAINS adds
# hashloom/train.hpp (modules, optimisers) with a precompiled header.
find_program(HASHLOOM_LLD ld.lld)

function(hashloom_add_plugin NAME)
  cmake_parse_arguments(PARSE_ARGV 1 P "TRAINS" "OUTPUT_DIRECTORY" "SOURCES;COMPONENTS;LINK")
  if(NOT P_OUTPUT_DIRECTORY)
    set(P_OUTPUT_DIRECTORY ${HASHLOOM_PLUGIN_DIR})
  endif()
  if(NOT P_OUTPUT_DIRECTORY)
    set(P_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/plugins)
  endif()
  set(target plugin_${NAME})
  add_library(${target} MODULE ${P_SOURCES})
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME ${NAME} PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${P_OUTPUT_DIRECTORY} DEFINE_SYMBOL ""
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON CXX_EXTENSIONS OFF)
  target_compile_options(${target} PRIVATE -fno-gnu-unique)
  target_link_libraries(${target} PRIVATE HashloomSDK::sdk ${P_LINK})
  if(HASHLOOM_LLD)
    target_link_options(${target} PRIVATE -fuse-ld=lld)
  endif()
  if(TARGET hashloom_options)
    target_link_libraries(${target} PRIVATE hashloom_options)
  endif()
  if(P_TRAINS)
    target_link_libraries(${target} PRIVATE HashloomSDK::train)
    hashloom_precompile_train(${target} ${P_LINK})
  endif()
  set_property(GLOBAL APPEND PROPERTY HASHLOOM_PLUGINS ${NAME})
  hashloom_write_manifest(${NAME} ${P_OUTPUT_DIRECTORY} "${P_COMPONENTS}")
endfunction()

# The header takes half a minute to compile: plugins of a project that link the same libraries, so that they have the same
# defines, share what the first one has precompiled.
function(hashloom_precompile_train TARGET)
  string(MAKE_C_IDENTIFIER "HASHLOOM_TRAINER;${ARGN}" key)
  get_property(first GLOBAL PROPERTY ${key})
  if(first)
    target_precompile_headers(${TARGET} REUSE_FROM ${first})
  else()
    target_precompile_headers(${TARGET} PRIVATE <hashloom/train.hpp>)
    set_property(GLOBAL PROPERTY ${key} ${TARGET})
  endif()
endfunction()

# hashloom_test_plugin(NAME [WORKFLOW file]): the test NAME.validate keeps each component to its promises (hashloom-validate);
# NAME.workflow checks a workflow that uses them.
function(hashloom_test_plugin NAME)
  cmake_parse_arguments(PARSE_ARGV 1 T "" "WORKFLOW" "")
  get_target_property(folder plugin_${NAME} LIBRARY_OUTPUT_DIRECTORY)
  add_test(NAME ${NAME}.validate COMMAND ${HASHLOOM_ROOT}/bin/hashloom-validate $<TARGET_FILE:plugin_${NAME}>)
  if(T_WORKFLOW)
    add_test(NAME ${NAME}.workflow COMMAND ${HASHLOOM_ROOT}/bin/hashloom check ${CMAKE_CURRENT_SOURCE_DIR}/${T_WORKFLOW} --plugins ${folder})
  endif()
endfunction()

# The manifest says what the library must fit, so that one that can't even be opened is explained.
function(hashloom_write_manifest NAME DIRECTORY COMPONENT_IDS)
  list(JOIN COMPONENT_IDS "\", \"" components)
  file(CONFIGURE OUTPUT ${DIRECTORY}/${NAME}.json CONTENT
"{
  \"plugin\": \"${NAME}\",
  \"library\": \"${NAME}.so\",
  \"sdk_abi\": ${HASHLOOM_SDK_ABI},
  \"libtorch\": \"${HASHLOOM_LIBTORCH_VERSION}\",
  \"components\": [\"${components}\"]
}
")
endfunction()
