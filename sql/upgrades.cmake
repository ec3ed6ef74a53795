# Embeds upgrade/NNNN-title.sql, from 0002 on without a gap, and makes
# upgrades.h and sql_upgrades[]: number and text of each, then number 0.
file(GLOB upgrades CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}
	${CMAKE_CURRENT_SOURCE_DIR}/upgrade/*.sql)
list(SORT upgrades)
set(declarations "")
set(rows "")
set(expected 2)
foreach(file IN LISTS upgrades)
	if(NOT file MATCHES "^upgrade/([0-9][0-9][0-9][0-9])-[a-z0-9-]+\\.sql$")
		message(FATAL_ERROR "${file}: must be upgrade/NNNN-title.sql")
	endif()
	set(digits ${CMAKE_MATCH_1})
	math(EXPR number "1${digits} - 10000")
	if(NOT number EQUAL expected)
		message(FATAL_ERROR "${file}: the next upgrade is ${expected}")
	endif()
	math(EXPR expected "${expected} + 1")
	hailong_embed(sql NAME sql_upgrade_${digits} FILE ${file})
	string(APPEND declarations "extern const char sql_upgrade_${digits}[];\n")
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
"/* made from sql/upgrade/ by upgrades.cmake */
#include \"upgrades.h\"
#include <stddef.h>

${declarations}
const struct sql_upgrade sql_upgrades[] = {
${rows}	{0, NULL},
};
")
target_sources(sql PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/upgrades.c)
