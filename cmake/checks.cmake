# What ctest runs besides the test programs: the checks of the tree, and the tests of our tools.

# fenming_check(NAME SCRIPT [ARGUMENT …]): a Python program that is silent when all is right.
function(fenming_check NAME SCRIPT)
  add_test(NAME ${NAME} COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/${SCRIPT} ${ARGN})
endfunction()

function(fenming_checks)
  fenming_check(levels levels.py)  # src/LEVELS: who may know whom
  fenming_check(tidy tidy.py)      # the house rules
  fenming_check(plans plans.py)    # no statement walks a table without saying why
  # Every tools/*_test.py.
  add_test(NAME tools COMMAND Python3::Interpreter -m unittest discover -p *_test.py
           WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}/tools)
  set_tests_properties(tools PROPERTIES ENVIRONMENT PYTHONDONTWRITEBYTECODE=1)
endfunction()

# fenming_program_check(NAME SCRIPT [ARGUMENT …]): a Python program in test/ that runs the program.
function(fenming_program_check NAME SCRIPT)
  add_test(NAME ${NAME} COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/test/${SCRIPT}
           $<TARGET_FILE:fenming> ${ARGN})
  set_tests_properties(${NAME} PROPERTIES ENVIRONMENT PYTHONDONTWRITEBYTECODE=1)
endfunction()

function(fenming_cli_check)
  if(TARGET fenming)
    # The command line as its users have it, docs/cli.md against --help.
    fenming_program_check(command_line cli/cli_check.py ${CMAKE_SOURCE_DIR}/docs/cli.md)
    # Who may what over HTTP.
    fenming_program_check(matrix server/matrix_check.py)
    # What somebody writes into the database beside the program is refused or named.
    fenming_program_check(tampering cli/tamper_check.py)
    fenming_program_check(loss cli/loss_check.py)
    # Business days as text.
    fenming_program_check(journeys journeys/run.py)
    # Nobody stands anywhere in clear.
    fenming_program_check(privacy journeys/privacy.py)
    # A year of a large city and the proof of it; 40,000 people whom two counties approve at once.
    fenming_program_check(large_city cli/large_city_check.py)
    add_test(NAME large_counties COMMAND disbursement_test --gtest_filter=*opposite_order*)
    set_tests_properties(large_counties PROPERTIES ENVIRONMENT FENMING_SHARED_PEOPLE=40000)
    set_tests_properties(large_city large_counties PROPERTIES LABELS soak RUN_SERIAL TRUE)
  endif()
endfunction()
