# Puts files into a program: hailong_embed(TARGET NAME symbol FILE path) makes
# a C file with `const char symbol[]` (a NUL follows the last byte) and
# `const size_t symbol_size`. SQL, templates, styles, catalogues and translated
# words live in files of their own language and travel inside the program.
# Run as a script (cmake -P) it does the work for one file.
if(CMAKE_SCRIPT_MODE_FILE)
	file(READ "${IN}" hex HEX)
	string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
	string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
	file(WRITE "${OUT}" "/* made from a file by embed.cmake */
#include <stddef.h>
extern const char ${NAME}[];
extern const size_t ${NAME}_size;
_Alignas(16) const char ${NAME}[] = {${bytes}0x00};
const size_t ${NAME}_size = sizeof(${NAME}) - 1;
")
	return()
endif()

set(HAILONG_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})
function(hailong_embed TARGET)
	cmake_parse_arguments(E "" "NAME;FILE" "" ${ARGN})
	set(out ${CMAKE_CURRENT_BINARY_DIR}/${E_NAME}.c)
	get_filename_component(in ${E_FILE} ABSOLUTE)
	add_custom_command(OUTPUT ${out}
		COMMAND ${CMAKE_COMMAND} -DIN=${in} -DOUT=${out} -DNAME=${E_NAME}
			-P ${HAILONG_EMBED_SCRIPT}
		DEPENDS ${in} ${HAILONG_EMBED_SCRIPT} VERBATIM)
	target_sources(${TARGET} PRIVATE ${out})
	# bytes above 0x7f do not fit a signed char by value; they are meant to wrap
	set_source_files_properties(${out} PROPERTIES
		COMPILE_OPTIONS "-Wno-conversion;-Wno-overflow;-funsigned-char;-Wno-constant-conversion"
		SKIP_LINTING ON)
endfunction()
