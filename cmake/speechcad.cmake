# How every target of Speechcad is built. One place, so that a flag is changed once.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTORCC ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(CCACHE ccache)
if(CCACHE)
    # The two settings a precompiled header needs before ccache may reuse an object.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()
find_program(LLD ld.lld)
if(LLD)
    add_link_options(-fuse-ld=lld)
endif()

add_compile_options(-Wall -Wextra -Werror -fno-omit-frame-pointer)
if(CCACHE)
    add_compile_options(-fpch-preprocess)
endif()
add_compile_definitions(
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII
    QT_NO_URL_CAST_FROM_STRING
    QT_NO_FOREACH
    QT_NO_KEYWORDS
)
if(SPEECHCAD_TESTING)
    add_compile_definitions(SPEECHCAD_TESTING)
endif()

# What nearly every file includes; json.hpp alone costs a second a file. It is compiled once, for all targets: each of its
# own took a third of the whole build. That works as long as no target takes away a definition or option of this one.
function(speechcad_add_precompiled)
    add_library(speechcad_precompiled STATIC ${CMAKE_SOURCE_DIR}/cmake/precompiled.cpp)
    set_target_properties(speechcad_precompiled PROPERTIES AUTOMOC OFF AUTORCC OFF)
    target_link_libraries(speechcad_precompiled PRIVATE Qt6::Core nlohmann_json::nlohmann_json tl::expected)
    target_precompile_headers(speechcad_precompiled PRIVATE
        <QtCore/QtCore>
        <nlohmann/json.hpp>
        <tl/expected.hpp>
        <chrono>
        <functional>
        <memory>
        <optional>
        <span>
        <vector>
    )
endfunction()

function(speechcad_precompile target)
    target_precompile_headers(${target} REUSE_FROM speechcad_precompiled)
endfunction()

# Compiles a target's files in batches, as the headers and templates they share cost more than what they say themselves. For
# the targets where that saves most; in the others two files may use one name for different things.
function(speechcad_compile_in_batches target)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    # The compiler takes a file of a batch for a header, where a member of an unnamed namespace's type would be a mistake.
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
endfunction()

# speechcad_library(core SOURCES a.cpp ... LINKS Qt6::Core ...): one folder, one library, one namespace.
function(speechcad_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
    add_library(speechcad_${name} STATIC ${ARG_SOURCES})
    target_include_directories(speechcad_${name} PUBLIC ${CMAKE_SOURCE_DIR}/backend ${CMAKE_SOURCE_DIR})
    target_link_libraries(speechcad_${name} PUBLIC ${ARG_LINKS})
    speechcad_precompile(speechcad_${name})
endfunction()

# ThreadSanitizer misunderstands how QProcess starts a program; see the file.
function(speechcad_start_programs_under_tsan target)
    if(CMAKE_CXX_FLAGS MATCHES "fsanitize=thread")
        target_sources(${target} PRIVATE ${CMAKE_SOURCE_DIR}/tests/support/same_thread_clone.cpp)
    endif()
endfunction()

# speechcad_tests(unit LINKS ...): every tst_*.cpp of the folder goes into one executable, and each is a test of its own.
function(speechcad_tests folder)
    cmake_parse_arguments(ARG "" "TIMEOUT" "LINKS" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/tst_*.cpp)
    add_executable(tests_${folder} ${files} ${CMAKE_SOURCE_DIR}/tests/support/test_main.cpp)
    target_link_libraries(tests_${folder} PRIVATE ${ARG_LINKS} Qt6::Test)
    speechcad_start_programs_under_tsan(tests_${folder})
    target_include_directories(tests_${folder} PRIVATE ${CMAKE_SOURCE_DIR}/backend ${CMAKE_SOURCE_DIR})
    target_compile_definitions(tests_${folder} PRIVATE
        SPEECHCAD_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
        SPEECHCAD_BINARY_DIR="${CMAKE_BINARY_DIR}/bin")
    speechcad_precompile(tests_${folder})
    speechcad_compile_in_batches(tests_${folder})
    foreach(file ${files})
        get_filename_component(name ${file} NAME_WE)
        add_test(NAME ${folder}/${name} COMMAND tests_${folder} ${name})
        set_tests_properties(${folder}/${name} PROPERTIES
            TIMEOUT ${ARG_TIMEOUT}
            ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")
    endforeach()
endfunction()
