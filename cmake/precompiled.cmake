# The standard headers that most files include, read once for all rooms; and once more, with
# GoogleTest's, for all tests. Files include what they use all the same: the preset `clang` builds
# without these, so that a missing #include is seen.
set(standard_headers
  <algorithm> <array> <cctype> <cstddef> <functional> <map> <memory> <optional> <set> <span>
  <string> <string_view> <utility> <variant> <vector>)
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/precompiled.gen.cc CONTENT "// GENERATED\n")

function(composelint_precompiled name)
  add_library(composelint_precompiled_${name} OBJECT ${PROJECT_BINARY_DIR}/precompiled.gen.cc)
  target_compile_features(composelint_precompiled_${name} PUBLIC cxx_std_20)
  target_precompile_headers(composelint_precompiled_${name} PRIVATE ${standard_headers} ${ARGN})
endfunction()

composelint_precompiled(code)
if(COMPOSELINT_TESTS)
  composelint_precompiled(tests <gtest/gtest.h>)
  target_link_libraries(composelint_precompiled_tests PRIVATE GTest::gtest)
endif()

# Where GCC 12 then reports bounds that are broken inside std::string, which they are not. The sources
# stand in the folder of the call.
function(composelint_not_precompiled)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    set_source_files_properties(${ARGN} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  endif()
endfunction()

# Gives a target what is precompiled for `code` or `tests`.
function(composelint_use_precompiled target name)
  target_precompile_headers(${target} REUSE_FROM composelint_precompiled_${name})
  if(name STREQUAL tests AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU"
      AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${target} PRIVATE -Wno-array-bounds -Wno-stringop-overflow)
  endif()
endfunction()
