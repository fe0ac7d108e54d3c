# test/simulation: the office from a seed, and the same with one planted bug each.

function(fenming_simulation)
  set(DIR ${CMAKE_SOURCE_DIR}/test/simulation)
  file(GLOB SOURCES CONFIGURE_DEPENDS ${DIR}/*.cpp)
  add_library(simulation_office OBJECT ${SOURCES})
  target_link_libraries(simulation_office PUBLIC fenming_test_support fenming_disbursement
                        Threads::Threads)
  add_executable(simulation)
  target_link_libraries(simulation PRIVATE simulation_office)

  add_test(NAME simulation COMMAND simulation --seeds 20)
  add_test(NAME simulation_postgres COMMAND simulation --database postgres --seeds 4 --days 200)
  add_test(NAME simulation_same COMMAND simulation --seeds 1 --from 7 --twice)
  # FENMING_SEEDS seeds, or 1,000.
  add_test(NAME simulation_soak COMMAND simulation --from 1000 --soak)
  set_tests_properties(simulation_soak PROPERTIES LABELS soak TIMEOUT 36000)

  # A program for each plant: its one file stands before the library, which then leaves its own out.
  file(GLOB PLANTS CONFIGURE_DEPENDS ${DIR}/plants/*.txt)
  set(PROGRAMS "")
  foreach(PLANT ${PLANTS})
    get_filename_component(NAME ${PLANT} NAME_WE)
    file(STRINGS ${PLANT} FILE REGEX "^src/")
    set(PLANTED ${CMAKE_BINARY_DIR}/gen/plants/${NAME}.cpp)
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/gen/plants)
    add_custom_command(
      OUTPUT ${PLANTED}
      COMMAND Python3::Interpreter ${DIR}/plant.py ${PLANT} ${PLANTED}
      DEPENDS ${PLANT} ${DIR}/plant.py ${CMAKE_SOURCE_DIR}/${FILE}
      COMMENT "Planting ${NAME}")
    add_executable(simulation_plant_${NAME} ${PLANTED})
    target_link_libraries(simulation_plant_${NAME} PRIVATE simulation_office)
    list(APPEND PROGRAMS $<TARGET_FILE:simulation_plant_${NAME}>)
  endforeach()
  add_test(NAME simulation_plants COMMAND Python3::Interpreter ${DIR}/plants_check.py
           $<TARGET_FILE:fenming> $<TARGET_FILE:simulation> ${PROGRAMS})
endfunction()
