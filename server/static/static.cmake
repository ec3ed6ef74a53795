# The library `static_files`: the files below, embedded, and the table
# static_files of static.h. May be included from anywhere.
include_guard(GLOBAL)
add_library(static_files STATIC)
target_include_directories(static_files PRIVATE ${PROJECT_SOURCE_DIR})

set(mime_css "text/css; charset=utf-8")
set(mime_js "text/javascript; charset=utf-8")
set(mime_svg "image/svg+xml")
set(declarations "")
set(rows "")
foreach(name form.css style.css live.js paper.js icon.svg)
	string(MAKE_C_IDENTIFIER static_${name} symbol)
	string(REGEX MATCH "[a-z]+$" kind ${name})
	hailong_embed(static_files NAME ${symbol}
		FILE ${CMAKE_CURRENT_LIST_DIR}/${name})
	string(APPEND declarations "extern const char ${symbol}[];\n"
		"extern const size_t ${symbol}_size;\n")
	string(APPEND rows "\t{\"${name}\", \"${mime_${kind}}\", ${symbol},\n"
		"\t &${symbol}_size},\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/static_files.c @ONLY
	CONTENT "/* made by static.cmake */
#include \"server/static/static.h\"
@declarations@
const struct static_file static_files[] = {
@rows@};
const size_t static_files_count =
    sizeof(static_files) / sizeof(*static_files);
")
target_sources(static_files PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/static_files.c)
