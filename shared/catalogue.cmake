# The built-in catalogue travels inside the programs: every table and form of
# catalogue/ is embedded under its own symbol (catalogue_units_csv, …), and
# catalogue_list.h names them all, so that a new form is just a new file.
set(folder ${CMAKE_CURRENT_LIST_DIR}/catalogue)
file(GLOB files RELATIVE ${folder} CONFIGURE_DEPENDS
	${folder}/*.csv ${folder}/forms/*.json)

set(list "/* made from shared/catalogue/ by catalogue.cmake */\n")
foreach(file IN LISTS files)
	string(REGEX REPLACE "^forms/" "form_" symbol ${file})
	string(REGEX REPLACE "[^a-z0-9]" "_" symbol catalogue_${symbol})
	hailong_embed(shared NAME ${symbol} FILE ${folder}/${file})
	# sizes are constants of the table, so a changed file configures again
	set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
		${folder}/${file})
	file(SIZE ${folder}/${file} size)
	string(APPEND list "CATALOGUE_FILE(\"${file}\", ${symbol}, ${size})\n")
endforeach()
file(CONFIGURE OUTPUT catalogue_list.h CONTENT "${list}" @ONLY)
target_include_directories(shared PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
