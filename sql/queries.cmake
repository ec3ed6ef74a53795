# Makes queries.h from the "-- name: x" lines of queries.sql: enum query { Q_X,
# …, Q_COUNT }, and query_names.c with the same names as texts. CMake reads only
# the names; the text is cut at the marks when a connection opens
# (server/db/db_statements.c), so CMake never has to understand SQL.
# hailong_queries(TARGET FILE queries.sql)
function(hailong_queries TARGET)
	cmake_parse_arguments(A "" "FILE" "" ${ARGN})
	get_filename_component(file ${A_FILE} ABSOLUTE)
	set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
	file(STRINGS ${file} lines REGEX "^-- name: [a-z0-9_]+")
	set(enum "")
	set(texts "")
	foreach(line IN LISTS lines)
		string(REGEX REPLACE "^-- name: ([a-z0-9_]+).*" "\\1" name "${line}")
		string(APPEND texts "\t\"${name}\",\n")
		string(TOUPPER ${name} name)
		string(APPEND enum "\tQ_${name},\n")
	endforeach()
	file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/queries.h CONTENT
"/* made from queries.sql by queries.cmake */
#ifndef HAILONG_SQL_QUERIES_H
#define HAILONG_SQL_QUERIES_H

enum query {
${enum}	Q_COUNT
};

#endif
")
	file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/query_names.c CONTENT
"/* made from queries.sql by queries.cmake */
extern const char *const sql_query_names[];
const char *const sql_query_names[] = {
${texts}};
")
	target_sources(${TARGET} PRIVATE
		${CMAKE_CURRENT_BINARY_DIR}/query_names.c)
	hailong_embed(${TARGET} NAME sql_queries FILE ${A_FILE})
endfunction()
