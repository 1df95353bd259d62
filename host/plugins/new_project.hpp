#pragma once
#include <filesystem>
#include <string>

namespace hashloom::plugins {

/// What a project of `hashloom plugins new` is made for.
struct NewProject {
  std::string role, name;  ///< "hasher", "my-thing"
  std::string file;        ///< my_thing: what files, targets and the plugin are called
  std::string class_name;  ///< MyThingHasher
};

/// From "hasher/my-thing". Throws ParameterError for another role or a name that is not in kebab-case.
NewProject new_project(const std::string& id);

/// Writes the project's files from the templates beside the program into `folder`, which is missing or empty: all of
/// them or none. Throws ParameterError if the folder has something in it, Error if it can't be written.
void write_project(const NewProject& project, const std::filesystem::path& folder);

}  // namespace hashloom::plugins
