# The rules as one library. A file rules/run-without-rm.cc defines `run_without_rm`; the table of
# all of them is written here, so that a new rule is that one file.
#
# The glob is the point of it. CONFIGURE_DEPENDS makes a build look again.
function(composelint_rule_library)
  file(GLOB rule_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/rules/*.cc)
  set(slugs)
  foreach(rule_file IN LISTS rule_files)
    cmake_path(GET rule_file STEM slug)
    list(APPEND slugs ${slug})
  endforeach()
  list(SORT slugs)

  set(declarations "")
  set(pointers "")
  foreach(slug IN LISTS slugs)
    if(NOT slug MATCHES "^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
      message(FATAL_ERROR "composelint: rules/${slug}.cc: a rule is named in lower case with hyphens")
    endif()
    string(REPLACE "-" "_" identifier ${slug})
    string(APPEND declarations "extern const Rule ${identifier};\n")
    string(APPEND pointers "    &rules::${identifier},\n")
  endforeach()
  list(LENGTH slugs count)
  set(registry ${PROJECT_BINARY_DIR}/registry.gen.cc)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/registry.gen.cc.in ${registry} @ONLY)

  add_library(composelint_rules STATIC ${rule_files} ${registry})
  target_compile_features(composelint_rules PUBLIC cxx_std_20)
  # A rule includes public headers and signs/, as house_rules_test sees to.
  target_link_libraries(composelint_rules PUBLIC composelint_signs composelint_engine)
  composelint_use_precompiled(composelint_rules code)
endfunction()
