# `cmake --build --preset dev -t update-golden` rewrites what the golden tests compare with; `git
# diff` is then the review. A test executable that can do so registers itself:
#   composelint_golden_test(rule_fixtures_test)
# and rewrites instead of comparing when COMPOSELINT_UPDATE_GOLDEN is 1.
function(composelint_golden_test target)
  set_property(GLOBAL APPEND PROPERTY COMPOSELINT_GOLDEN_TESTS ${target})
endfunction()

# Called once, after every test has been declared.
function(composelint_update_golden_target)
  get_property(tests GLOBAL PROPERTY COMPOSELINT_GOLDEN_TESTS)
  set(commands)
  foreach(test IN LISTS tests)
    list(APPEND commands COMMAND
      ${CMAKE_COMMAND} -E env COMPOSELINT_UPDATE_GOLDEN=1 $<TARGET_FILE:${test}>)
  endforeach()
  add_custom_target(update-golden ${commands}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} COMMENT "Rewriting golden files" VERBATIM)
  if(tests)
    add_dependencies(update-golden ${tests})
  endif()
endfunction()
