# A room is a static library of one folder of analyzer/. USES names the rooms above it: the link
# line then enforces the same direction as house_rules_test reads from the #include lines.
function(composelint_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  add_library(composelint_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(composelint_${name} PUBLIC
    ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR})
  target_compile_features(composelint_${name} PUBLIC cxx_std_20)
  foreach(room IN LISTS ROOM_USES)
    target_link_libraries(composelint_${name} PUBLIC composelint_${room})
  endforeach()
  target_link_libraries(composelint_${name} PRIVATE ${ROOM_LIBRARIES})
  composelint_use_precompiled(composelint_${name} code)
endfunction()

# Tests of a room: tests/<room>/*_test.cc, one executable a room, found by ctest one by one.
function(composelint_room_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  add_executable(${name}_test ${TEST_SOURCES})
  foreach(room IN LISTS TEST_USES)
    target_link_libraries(${name}_test PRIVATE composelint_${room})
  endforeach()
  target_link_libraries(${name}_test PRIVATE ${TEST_LIBRARIES} GTest::gtest_main)
  target_compile_definitions(${name}_test PRIVATE
    COMPOSELINT_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  composelint_use_precompiled(${name}_test tests)
  gtest_discover_tests(${name}_test TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60)
endfunction()
