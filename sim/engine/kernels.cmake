# The week, compiled once for each instruction set from the same source (sim/engine/kernel.c): LANES worlds side by side.
function(orgsim_kernel isa lanes)
    add_library(orgsim_kernel_${isa} OBJECT ${PROJECT_SOURCE_DIR}/sim/engine/kernel.c)
    target_include_directories(orgsim_kernel_${isa} PRIVATE ${PROJECT_SOURCE_DIR}/sim)
    target_link_libraries(orgsim_kernel_${isa} PRIVATE orgsim_flags)
    target_compile_definitions(orgsim_kernel_${isa} PRIVATE LANES=${lanes} KERNEL=${isa})
    target_compile_options(orgsim_kernel_${isa} PRIVATE -falign-functions=64 ${ARGN}) # the same speed wherever the linker puts it
    target_sources(orgsim_engine PRIVATE $<TARGET_OBJECTS:orgsim_kernel_${isa}>)
endfunction()

orgsim_kernel(scalar 1 -fno-tree-vectorize -fno-tree-slp-vectorize)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    orgsim_kernel(sse2 4 -msse2)
    orgsim_kernel(avx2 8 -mavx2)
    orgsim_kernel(avx512 16 -mavx512f -mavx512dq -mavx512vl -mavx512bw -mprefer-vector-width=512)
endif()
