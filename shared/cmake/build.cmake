# How every file of the house is compiled: C11, POSIX and GNU names visible,
# warnings are errors, Release by default, sanitizers and coverage by option.
if(NOT CMAKE_BUILD_TYPE)
	set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

add_compile_definitions(_GNU_SOURCE HAILONG_VERSION="${PROJECT_VERSION}")
add_compile_options(-Wall -Wextra -Wshadow -Wconversion -Werror
	-Wstrict-prototypes -Wmissing-prototypes -Wformat=2
	-fstack-protector-strong -fno-omit-frame-pointer)
add_compile_options($<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
# Asserts state what must hold; they stay in Release (a survey collector has
# time for a comparison, and none for a silent lie).
string(REPLACE "-DNDEBUG" "" CMAKE_C_FLAGS_RELEASE "${CMAKE_C_FLAGS_RELEASE}")

if(HAILONG_SANITIZE)
	add_compile_options(-fsanitize=${HAILONG_SANITIZE} -fno-sanitize-recover=all)
	add_link_options(-fsanitize=${HAILONG_SANITIZE})
endif()
if(HAILONG_COVERAGE)
	add_compile_options(--coverage -O0)
	add_link_options(--coverage)
endif()

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

# A library of one layer: hailong_layer(NAME core SOURCES a.c b.c LINK shared m
# USES <private libraries>). Everything is found by its path from the root
# ("shared/buf.h"), so an #include line says from which room a thing comes.
function(hailong_layer)
	cmake_parse_arguments(L "" "NAME" "SOURCES;LINK;USES" ${ARGN})
	add_library(${L_NAME} STATIC ${L_SOURCES})
	target_include_directories(${L_NAME} PRIVATE ${PROJECT_SOURCE_DIR})
	target_link_libraries(${L_NAME} PUBLIC ${L_LINK} PRIVATE ${L_USES})
endfunction()

# A program in build/bin.
function(hailong_program)
	cmake_parse_arguments(P "" "NAME" "SOURCES;LINK" ${ARGN})
	add_executable(${P_NAME} ${P_SOURCES})
	target_include_directories(${P_NAME} PRIVATE ${PROJECT_SOURCE_DIR})
	target_link_libraries(${P_NAME} PRIVATE ${P_LINK})
endfunction()

# A test: hailong_check(docs_complete COMMAND docs/complete). It runs in tests/, so
# data is "data/…"; HAILONG_BIN names the folder of the programs. The limit is the
# only one there is, for what hangs; it says nothing about speed.
#   COST n    seconds of a processor, about; the dearest start first
#   SHARES n  n tests NAME_1 … NAME_n beside each other, of which each does its
#             share of the work (HAILONG_SHARE=i/n, tests/rigs/ledger.h)
function(hailong_check NAME)
	cmake_parse_arguments(T "" "COST;SHARES" "COMMAND" ${ARGN})
	set(names ${NAME})
	if(T_SHARES)
		set(names)
		foreach(i RANGE 1 ${T_SHARES})
			list(APPEND names ${NAME}_${i})
		endforeach()
	endif()
	set(i 0)
	foreach(name IN LISTS names)
		math(EXPR i "${i} + 1")
		set(environment "HAILONG_BIN=${PROJECT_BINARY_DIR}/bin")
		if(T_SHARES)
			list(APPEND environment "HAILONG_SHARE=${i}/${T_SHARES}")
		endif()
		add_test(NAME ${name} COMMAND ${T_COMMAND}
			WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}/tests)
		set_tests_properties(${name} PROPERTIES TIMEOUT 1800
			ENVIRONMENT "${environment}")
		if(T_COST)
			set_tests_properties(${name} PROPERTIES COST ${T_COST})
		endif()
	endforeach()
endfunction()

# A test program on cmocka: hailong_test(stats SOURCES test_stats.c LINK core)
# becomes test "stats"; COST and SHARES as above.
function(hailong_test NAME)
	cmake_parse_arguments(T "" "COST;SHARES" "SOURCES;LINK;ARGS" ${ARGN})
	add_executable(test_${NAME} ${T_SOURCES})
	target_include_directories(test_${NAME} PRIVATE ${PROJECT_SOURCE_DIR})
	target_link_libraries(test_${NAME} PRIVATE ${T_LINK} cmocka)
	hailong_check(${NAME} COMMAND test_${NAME} ${T_ARGS}
		COST ${T_COST} SHARES ${T_SHARES})
endfunction()

# A fuzzer: hailong_fuzzer(json SOURCES fuzz_json.c LINK shared)
function(hailong_fuzzer NAME)
	if(HAILONG_FUZZ)
		cmake_parse_arguments(F "" "" "SOURCES;LINK" ${ARGN})
		add_executable(fuzz_${NAME} ${F_SOURCES})
		target_include_directories(fuzz_${NAME} PRIVATE ${PROJECT_SOURCE_DIR})
		target_compile_options(fuzz_${NAME} PRIVATE -fsanitize=fuzzer)
		target_link_options(fuzz_${NAME} PRIVATE -fsanitize=fuzzer)
		target_link_libraries(fuzz_${NAME} PRIVATE ${F_LINK})
	endif()
endfunction()
