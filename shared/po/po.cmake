# The words for people: every language of LINGUAS is checked and compiled by
# msgfmt and embedded into `shared` as po_vi_mo, po_en_mo (read by text.c).
find_program(MSGFMT msgfmt REQUIRED)
file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/LINGUAS HAILONG_LINGUAS REGEX "^[a-z]+$")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
	${CMAKE_CURRENT_LIST_DIR}/LINGUAS)

foreach(lang IN LISTS HAILONG_LINGUAS)
	set(po ${CMAKE_CURRENT_LIST_DIR}/${lang}.po)
	set(mo ${CMAKE_CURRENT_BINARY_DIR}/${lang}.mo)
	add_custom_command(OUTPUT ${mo}
		COMMAND ${MSGFMT} --check --no-hash -o ${mo} ${po}
		DEPENDS ${po} VERBATIM)
	hailong_embed(shared NAME po_${lang}_mo FILE ${mo})
endforeach()
