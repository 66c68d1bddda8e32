# gcc and clang: the same bits. The program prints a hash for each kernel; the test builds it with the other compiler and compares.
add_executable(study_print_hash ${PROJECT_SOURCE_DIR}/tests/study/print_hash.c)
target_include_directories(study_print_hash PRIVATE ${PROJECT_SOURCE_DIR}/sim ${PROJECT_SOURCE_DIR}/tests)
target_compile_definitions(study_print_hash PRIVATE ORGSIM_SOURCE="${PROJECT_SOURCE_DIR}")
target_link_libraries(study_print_hash PRIVATE orgsim_study PkgConfig::CMOCKA)
add_test(NAME study_compilers COMMAND sh ${PROJECT_SOURCE_DIR}/tests/study/compilers.sh ${PROJECT_SOURCE_DIR}
    ${CMAKE_BINARY_DIR}/other-compiler $<TARGET_FILE:study_print_hash> ${CMAKE_C_COMPILER_ID} ${CMAKE_GENERATOR})
set_tests_properties(study_compilers PROPERTIES LABELS study TIMEOUT 300 SKIP_RETURN_CODE 77)

# Processes that wait for one another take minutes under the thread sanitizer on a busy machine.
set_tests_properties(study_exchange study_exchange_searches PROPERTIES TIMEOUT 1800)
