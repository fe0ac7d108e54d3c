# What a folder of src/ becomes: a library fenming_<folder> and a test program <folder>_test.

set(GENERATED ${CMAKE_BINARY_DIR}/gen)
file(MAKE_DIRECTORY ${GENERATED})
include_directories(${CMAKE_SOURCE_DIR}/src ${GENERATED})

# Test programs share one precompiled GoogleTest.
file(WRITE ${GENERATED}/gtest_pch.cpp "")
add_library(gtest_pch OBJECT ${GENERATED}/gtest_pch.cpp)
target_precompile_headers(gtest_pch PRIVATE <gtest/gtest.h> <string> <vector> <map>)
target_link_libraries(gtest_pch PRIVATE GTest::gtest)

set_property(GLOBAL PROPERTY FENMING_FOLDERS "")

# fenming_folder(NAME LINKS folder-or-library …): a folder without sources yet is passed over.
function(fenming_folder NAME)
  cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
  set(DIR ${CMAKE_SOURCE_DIR}/src/${NAME})
  file(GLOB SOURCES CONFIGURE_DEPENDS ${DIR}/*.cpp)
  file(GLOB TESTS CONFIGURE_DEPENDS ${DIR}/*_test.cpp)
  file(GLOB SQL CONFIGURE_DEPENDS ${DIR}/*.sql)
  if(TESTS)
    list(REMOVE_ITEM SOURCES ${TESTS})
  endif()
  list(REMOVE_ITEM SOURCES ${DIR}/main.cpp)
  set(TARGET fenming_${NAME})

  # X.sql → gen/X/sql.h: every statement, named, in both dialects (tools/sqlgen.py).
  file(GLOB MIGRATIONS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/store/migrations/*.sql)
  if(SQL)
    add_custom_command(
      OUTPUT ${GENERATED}/${NAME}/sql.h ${GENERATED}/${NAME}/statements.txt
      COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/sqlgen.py
              statements ${NAME} ${GENERATED}/${NAME}
      DEPENDS ${SQL} ${MIGRATIONS} ${CMAKE_SOURCE_DIR}/tools/sqlgen.py
              ${CMAKE_SOURCE_DIR}/tools/rests_on.py
      COMMENT "SQL of ${NAME}")
    list(APPEND SOURCES ${GENERATED}/${NAME}/sql.h)
  endif()
  if(NAME STREQUAL "store")
    add_custom_command(
      OUTPUT ${GENERATED}/store/schema.cpp
      COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/sqlgen.py schema ${GENERATED}/store
      DEPENDS ${MIGRATIONS} ${CMAKE_SOURCE_DIR}/tools/sqlgen.py
      COMMENT "Migrations and tables")
    list(APPEND SOURCES ${GENERATED}/store/schema.cpp)
  endif()
  if(NAME STREQUAL "base")
    file(GLOB WORDS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*/words.*.txt)
    # New refusals in headers are held against the words by the test `words`, not at every build.
    add_test(NAME words COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/words.py
             ${GENERATED}/words_checked.cpp)
    add_custom_command(
      OUTPUT ${GENERATED}/base/words_data.cpp
      COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/words.py
              ${GENERATED}/base/words_data.cpp
      DEPENDS ${WORDS} ${CMAKE_SOURCE_DIR}/tools/words.py
      COMMENT "Words in zh-CN and en")
    list(APPEND SOURCES ${GENERATED}/base/words_data.cpp)
  endif()

  if(NOT SOURCES)
    add_library(${TARGET} INTERFACE)
    set(KIND INTERFACE)
  else()
    add_library(${TARGET} STATIC ${SOURCES})
    set(KIND PUBLIC)
  endif()
  foreach(LINK ${ARG_LINKS})
    if(TARGET fenming_${LINK})
      target_link_libraries(${TARGET} ${KIND} fenming_${LINK})
      # Generated headers of lower folders must stand before this folder compiles.
      if(NOT KIND STREQUAL "INTERFACE")
        add_dependencies(${TARGET} fenming_${LINK})
      endif()
    else()
      target_link_libraries(${TARGET} ${KIND} ${LINK})
    endif()
  endforeach()

  if(TESTS)
    # Tests of a folder may use the helpers in test/support, which know store, trail and road.
    add_executable(${NAME}_test ${TESTS})
    if(NOT NAME MATCHES "^(base|crypto|sheet|api)$")
      target_link_libraries(${NAME}_test PRIVATE fenming_test_support)
    endif()
    target_precompile_headers(${NAME}_test REUSE_FROM gtest_pch)
    target_link_libraries(${NAME}_test PRIVATE ${TARGET} GTest::gtest_main Threads::Threads)
    target_compile_definitions(${NAME}_test PRIVATE SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_include_directories(${NAME}_test PRIVATE ${CMAKE_SOURCE_DIR})
    add_test(NAME ${NAME} COMMAND ${NAME}_test)
  endif()
  set_property(GLOBAL APPEND PROPERTY FENMING_FOLDERS ${NAME})
endfunction()

# The one binary.
function(fenming_program)
  if(EXISTS ${CMAKE_SOURCE_DIR}/src/cli/main.cpp)
    add_executable(fenming src/cli/main.cpp)
    target_link_libraries(fenming PRIVATE fenming_cli)
  endif()
endfunction()

# Worlds for tests: both databases, set clock, keys (test/support).
function(fenming_test_support)
  add_library(fenming_test_support STATIC ${CMAKE_SOURCE_DIR}/test/support/world.cpp)
  target_include_directories(fenming_test_support PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(fenming_test_support PUBLIC fenming_road GTest::gtest)
endfunction()
