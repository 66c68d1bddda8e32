# The schedule of --frictionless against a critical path written in the usual way. As a test it holds the two against each other on a small project.
add_executable(critical_path bench/critical_path.c)
target_include_directories(critical_path PRIVATE ${PROJECT_SOURCE_DIR}/sim)
target_link_libraries(critical_path PRIVATE orgsim_study)
add_test(NAME bench_critical_path COMMAND critical_path ${CMAKE_CURRENT_SOURCE_DIR}/scenario/psplib/kitchen.sm 20000)
set_tests_properties(bench_critical_path PROPERTIES LABELS study TIMEOUT 120)
