# What `cmake --install` puts under a prefix that can be moved, and the Debian package that CPack makes of it:
#   bin/                         scripts that find LibTorch, then run the programs of their names
#   lib/hashloom/                the programs, the SDK's libraries, plugins/
#   include/, lib/cmake/         the SDK (sdk/cmake/Package.cmake)
#   share/hashloom/              workflows, templates of `plugins new`, setup.sh
# rpaths are relative; LibTorch is in none of them.
configure_file(cmake/launcher.sh.in ${CMAKE_BINARY_DIR}/launcher.sh @ONLY)
foreach(program hashloom hashloom-validate)
  install(PROGRAMS ${CMAKE_BINARY_DIR}/launcher.sh DESTINATION bin RENAME ${program})
  install(TARGETS ${program} RUNTIME DESTINATION lib/hashloom)
endforeach()

if(HASHLOOM_DASHBOARD)  # `hashloom dash` starts it
  install(TARGETS hashloom-dash RUNTIME DESTINATION lib/hashloom)
endif()

get_property(plugins GLOBAL PROPERTY HASHLOOM_PLUGINS)
foreach(plugin IN LISTS plugins)
  install(TARGETS plugin_${plugin} LIBRARY DESTINATION lib/hashloom/plugins)
  install(FILES ${HASHLOOM_PLUGIN_DIR}/${plugin}.json DESTINATION lib/hashloom/plugins)
endforeach()
install(DIRECTORY workflows DESTINATION share/hashloom)
install(DIRECTORY sdk/templates DESTINATION share/hashloom)
install(PROGRAMS setup.sh DESTINATION share/hashloom)
install(FILES LICENSE DESTINATION share/doc/hashloom RENAME copyright)

get_target_property(libtorch LibTorch::cpu IMPORTED_LOCATION)
get_filename_component(libtorch ${libtorch} DIRECTORY)
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME hashloom)
set(CPACK_PACKAGE_CONTACT "Hashloom <hashloom@example.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${libtorch})  # no package has LibTorch
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "python3-pip, g++, cmake, ninja-build, lld")
include(CPack)
