# bench/NAME.cpp → build/bench/NAME, a program that measures; ./dev bench runs them. It may use
# every folder of src.

function(fenming_benches)
  file(GLOB SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/*.cpp)
  foreach(SOURCE ${SOURCES})
    get_filename_component(NAME ${SOURCE} NAME_WE)
    add_executable(bench_${NAME} ${SOURCE})
    target_link_libraries(bench_${NAME} PRIVATE fenming_cli)
    set_target_properties(bench_${NAME} PROPERTIES OUTPUT_NAME ${NAME}
                          RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
  endforeach()
endfunction()
