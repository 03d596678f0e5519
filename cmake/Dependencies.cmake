find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(tl-expected REQUIRED)
find_package(nlohmann_json REQUIRED)
if(NOT TINYVGG_ENGINE_ONLY)
  find_package(CLI11 REQUIRED)
  find_package(Qt6 REQUIRED COMPONENTS Core Gui Network Sql Svg Widgets Charts)
  qt_standard_project_setup()
endif()

# CMAKE_PREFIX_PATH selects an official LibTorch archive; otherwise Debian's is found. LibTorch's CMake files set
# compile options and, in older versions, C++14: this wrapper uses its headers as system headers without them.
find_package(Torch REQUIRED)
message(STATUS "LibTorch ${Torch_VERSION} in ${TORCH_INSTALL_PREFIX}")
add_library(libtorch INTERFACE)
target_link_libraries(libtorch INTERFACE ${TORCH_LIBRARIES})
target_include_directories(libtorch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
# Official archives from 2.5 on export parts of libstdc++, and their std::filesystem::remove_all() crashes
# (https://github.com/pytorch/pytorch/issues/133437): link the compiler's libstdc++ first.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_link_options(libtorch INTERFACE LINKER:--push-state,--no-as-needed -lstdc++ LINKER:--pop-state)
endif()
# libzip's own CMake file asks for command-line tools that Debian packs separately.
find_package(PkgConfig REQUIRED)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
