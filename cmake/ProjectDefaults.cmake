# Settings for our own targets.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
# Debian's LibTorch brings Qt 5 into the process by way of OpenCV: our symbols stay ours.
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set_property(GLOBAL PROPERTY USE_FOLDERS ON)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # ccache requires this sloppiness for precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    "${CMAKE_COMMAND}" -E env "CCACHE_SLOPPINESS=pch_defines,time_macros" "${CCACHE_PROGRAM}")
endif()

add_library(project_defaults INTERFACE)
target_compile_options(project_defaults INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor)
if(TINYVGG_WARNINGS_AS_ERRORS)
  target_compile_options(project_defaults INTERFACE -Werror)
  # Shown, but no errors: GCC derives these from what the optimizer made of the code, and is wrong at times.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(project_defaults INTERFACE -Wno-error=stringop-overflow -Wno-error=array-bounds
      -Wno-error=maybe-uninitialized -Wno-error=use-after-free)
  endif()
endif()
if(CCACHE_PROGRAM)
  target_compile_options(project_defaults INTERFACE -fpch-preprocess)
endif()
# GCC 12 takes the prepending of a literal to a string for an overlapping copy (its bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(project_defaults INTERFACE -Wno-restrict)
endif()
if(TINYVGG_SANITIZE)
  # What a sanitizer adds to the code confuses this warning.
  target_compile_options(project_defaults INTERFACE -fsanitize=${TINYVGG_SANITIZE} -fno-sanitize-recover=undefined
    -fno-omit-frame-pointer -Wno-maybe-uninitialized)
  target_compile_definitions(project_defaults INTERFACE _GLIBCXX_ASSERTIONS)
  target_link_options(project_defaults INTERFACE -fsanitize=${TINYVGG_SANITIZE})
endif()

# For the targets that use Qt. Torch's headers use the names that Qt's keyword macros would replace.
add_library(qt_defaults INTERFACE)
target_link_libraries(qt_defaults INTERFACE project_defaults)
target_compile_definitions(qt_defaults INTERFACE QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII)
