# The library `templates`: every *.html of this folder and those below it,
# embedded, and the table page_templates of templates.h. A page is known by its
# path: scores/board.html is "scores/board". May be included from anywhere.
include_guard(GLOBAL)
add_library(templates STATIC)
target_include_directories(templates PRIVATE ${PROJECT_SOURCE_DIR})
target_link_libraries(templates PUBLIC view)

file(GLOB_RECURSE pages RELATIVE ${CMAKE_CURRENT_LIST_DIR} CONFIGURE_DEPENDS
	${CMAKE_CURRENT_LIST_DIR}/*.html)
list(SORT pages)
set(declarations "")
set(rows "")
foreach(page IN LISTS pages)
	string(REGEX REPLACE "\\.html$" "" name ${page})
	string(MAKE_C_IDENTIFIER page_html_${name} symbol)
	hailong_embed(templates NAME ${symbol}
		FILE ${CMAKE_CURRENT_LIST_DIR}/${page})
	string(APPEND declarations "extern const char ${symbol}[];\n")
	string(APPEND rows "\t{\"${name}\", ${symbol}},\n")
endforeach()
list(LENGTH pages count)
file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/page_templates.c @ONLY
	CONTENT "/* made by templates.cmake */
#include \"server/pages/templates.h\"
@declarations@
static const struct template_file files[] = {
@rows@};
const struct template_set page_templates = {files, @count@};
")
target_sources(templates PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/page_templates.c)
