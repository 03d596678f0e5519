# Read by ctest, not by CMake: asks the test program `program` for its suites and makes each a test of its own.
get_filename_component(name "${program}" NAME)
if(NOT EXISTS "${program}")
  add_test(${name}_is_not_built ${name}_is_not_built)
  return()
endif()
execute_process(COMMAND "${program}" --gtest_list_tests
  OUTPUT_VARIABLE listing RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  add_test(${name}_does_not_start "${program}" --gtest_list_tests)
  return()
endif()
# A suite stands at the start of a line and ends in a dot, its tests are indented below it.
string(REGEX MATCHALL "(^|\n)[^ \n]+\\." suites "${listing}")
foreach(suite ${suites})
  string(REGEX REPLACE "^\n|\\.$" "" suite "${suite}")
  add_test(${suite} "${program}" "--gtest_filter=${suite}.*")
  set_tests_properties(${suite} PROPERTIES TIMEOUT 3600)
endforeach()
