# The CMake package HashloomSDK: in the build folder, so that a plugin can be built against it where nothing is installed
# (-DHashloomSDK_DIR=BUILD/lib/cmake/HashloomSDK), and installed.
set(package_folder lib/cmake/HashloomSDK)
set(package_build_folder ${CMAKE_BINARY_DIR}/${package_folder})

include(CMakePackageConfigHelpers)
configure_file(cmake/HashloomSDKConfig.cmake.in ${package_build_folder}/HashloomSDKConfig.cmake @ONLY)
configure_file(cmake/AddPlugin.cmake ${package_build_folder}/AddPlugin.cmake COPYONLY)
configure_file(${PROJECT_SOURCE_DIR}/cmake/LibTorch.cmake ${package_build_folder}/LibTorch.cmake COPYONLY)
write_basic_package_version_file(${package_build_folder}/HashloomSDKConfigVersion.cmake COMPATIBILITY SameMinorVersion)

# Where the program looks for templates, in the build folder as under a prefix.
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/share/hashloom)
file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/templates ${CMAKE_BINARY_DIR}/share/hashloom/templates SYMBOLIC)

install(TARGETS hashloom_sdk hashloom_train EXPORT HashloomSDK LIBRARY DESTINATION lib/hashloom)
install(DIRECTORY include/hashloom DESTINATION include)
install(EXPORT HashloomSDK NAMESPACE HashloomSDK:: FILE HashloomSDKTargets.cmake DESTINATION ${package_folder})
export(EXPORT HashloomSDK NAMESPACE HashloomSDK:: FILE ${package_build_folder}/HashloomSDKTargets.cmake)
install(FILES ${package_build_folder}/HashloomSDKConfig.cmake ${package_build_folder}/HashloomSDKConfigVersion.cmake
              ${package_build_folder}/AddPlugin.cmake ${package_build_folder}/LibTorch.cmake
        DESTINATION ${package_folder})
