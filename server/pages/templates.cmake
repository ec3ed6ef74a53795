# The library `templates`: every *.html beside this file, embedded, and the
# table page_templates of templates.h. May be included from anywhere.
include_guard(GLOBAL)
add_library(templates STATIC)
target_include_directories(templates PRIVATE ${PROJECT_SOURCE_DIR})
target_link_libraries(templates PUBLIC view)

file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.html)
list(SORT pages)
set(declarations "")
set(rows "")
foreach(page IN LISTS pages)
	get_filename_component(name ${page} NAME_WE)
	hailong_embed(templates NAME page_html_${name} FILE ${page})
	string(APPEND declarations "extern const char page_html_${name}[];\n")
	string(APPEND rows "\t{\"${name}\", page_html_${name}},\n")
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
