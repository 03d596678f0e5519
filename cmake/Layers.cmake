# A layer's headers are found in a folder of the build tree that holds a link to the layer's own folder and nothing else:
# a target sees its own layer and those that it links, so that including upwards does not compile.
#   add_layer_includes(engine)                  "engine/Result.h" is Result.h in the current folder
#   add_layer_includes(render AS ui/render)     "ui/render/X.h" is X.h in the current folder
function(add_layer_includes target)
  cmake_parse_arguments(ARG "" "AS" "" ${ARGN})
  if(NOT ARG_AS)
    set(ARG_AS ${target})
  endif()
  set(folder "${PROJECT_BINARY_DIR}/include/${target}")
  cmake_path(GET ARG_AS PARENT_PATH parent)
  file(MAKE_DIRECTORY "${folder}/${parent}")
  file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${folder}/${ARG_AS}" SYMBOLIC)
  target_include_directories(${target} PUBLIC "${folder}")
endfunction()
