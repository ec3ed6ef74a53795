# Embeds upgrade/NNNN-title.sql, from 0002 on without a gap, and makes
# upgrades.h and sql_upgrades[]: number and text of each, then number 0.
# hailong_upgrades(TARGET FOLDER upgrade)
function(hailong_upgrades TARGET)
	cmake_parse_arguments(A "" "FOLDER" "" ${ARGN})
	get_filename_component(folder ${A_FOLDER} ABSOLUTE)
	file(GLOB files CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*.sql)
	list(SORT files)
	set(declarations "")
	set(rows "")
	set(expected 2)
	foreach(file IN LISTS files)
		if(NOT file MATCHES "^([0-9][0-9][0-9][0-9])-[a-z0-9-]+\\.sql$")
			message(FATAL_ERROR "${folder}/${file}: NNNN-title.sql, please")
		endif()
		set(digits ${CMAKE_MATCH_1})
		math(EXPR number "1${digits} - 10000")
		if(NOT number EQUAL expected)
			message(FATAL_ERROR "${folder}: upgrade ${expected} is missing")
		endif()
		math(EXPR expected "${expected} + 1")
		hailong_embed(${TARGET} NAME sql_upgrade_${digits}
			FILE ${folder}/${file})
		string(APPEND declarations
			"extern const char sql_upgrade_${digits}[];\n")
		string(APPEND rows "\t{${number}, sql_upgrade_${digits}},\n")
	endforeach()
	file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/upgrades.h CONTENT
"/* made by upgrades.cmake */
#ifndef HAILONG_SQL_UPGRADES_H
#define HAILONG_SQL_UPGRADES_H

struct sql_upgrade {
	int number; /* of the schema it leads to */
	const char *text;
};

extern const struct sql_upgrade sql_upgrades[];

#endif
")
	file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/upgrades.c CONTENT
"/* made from the folder upgrade by upgrades.cmake */
#include \"upgrades.h\"
#include <stddef.h>

${declarations}
const struct sql_upgrade sql_upgrades[] = {
${rows}	{0, NULL},
};
")
	target_sources(${TARGET} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/upgrades.c)
endfunction()
