# The built-in catalogues travel inside the programs: every table and form of
# catalogue/ is embedded under its own symbol (catalogue_units_csv, …), and
# catalogue_list.h names them all, so that a new form is just a new file. What a
# later edition has otherwise stands in catalogue-YEAR/ under the same name.
set(folder ${CMAKE_CURRENT_LIST_DIR}/catalogue)
file(GLOB files RELATIVE ${folder} CONFIGURE_DEPENDS
	${folder}/*.csv ${folder}/forms/*.json)

set(list "/* made from shared/catalogue/ by catalogue.cmake */\n")
set(list_2025 "${list}")

# hailong_catalogue_file(FOLDER FILE LIST...): embeds it, adds it to the lists.
function(hailong_catalogue_file FOLDER FILE)
	string(REGEX REPLACE "^forms/" "form_" symbol ${FILE})
	get_filename_component(edition ${FOLDER} NAME)
	string(REGEX REPLACE "[^a-z0-9]" "_" symbol ${edition}_${symbol})
	hailong_embed(shared NAME ${symbol} FILE ${FOLDER}/${FILE})
	# sizes are constants of the table, so a changed file configures again
	set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
		${FOLDER}/${FILE})
	file(SIZE ${FOLDER}/${FILE} size)
	foreach(each IN LISTS ARGN)
		set(${each}
			"${${each}}CATALOGUE_FILE(\"${FILE}\", ${symbol}, ${size})\n"
			PARENT_SCOPE)
	endforeach()
endfunction()

foreach(file IN LISTS files)
	if(EXISTS ${folder}-2025/${file})
		hailong_catalogue_file(${folder} ${file} list)
		hailong_catalogue_file(${folder}-2025 ${file} list_2025)
	else()
		hailong_catalogue_file(${folder} ${file} list list_2025)
	endif()
endforeach()
file(CONFIGURE OUTPUT catalogue_list.h CONTENT "${list}" @ONLY)
file(CONFIGURE OUTPUT catalogue_2025_list.h CONTENT "${list_2025}" @ONLY)
target_include_directories(shared PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
