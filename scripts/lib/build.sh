# shellcheck shell=bash
# Configures and builds in build/release, shared by all scripts; scripts/check uses further folders. Sourced; needs
# lib/setup.sh.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"

# use_preset NAME: selects the preset of CMakePresets.json to configure and build.
use_preset() {
    PRESET="$1"
    BUILD_FOLDER="$ROOT/build/$1"
    # Used by the scripts that source this file.
    # shellcheck disable=SC2034
    PROGRAM="$BUILD_FOLDER/app/tinyvgg-studio"
}
use_preset release

# Compiling LibTorch's headers takes more than a gigabyte: limit the jobs by cores and available memory.
build_jobs() {
    local cores gigabytes
    cores="$(nproc)"
    gigabytes="$(awk '/^MemAvailable:/ { print int($2 / 1500000) }' /proc/meminfo)"
    echo $((gigabytes < 1 ? 1 : gigabytes < cores ? gigabytes : cores))
}

configure() {
    local -a extra
    read -r -a extra <<< "${TINYVGG_CMAKE_ARGS:-}"
    # Ninja runs CMake again when a CMakeLists.txt has changed.
    local wanted="${TINYVGG_CMAKE_ARGS:-}|${CMAKE_PREFIX_PATH:-}" stamp="$BUILD_FOLDER/configured-with" log
    if [[ -f "$BUILD_FOLDER/build.ninja" && -f "$stamp" && "$(< "$stamp")" == "$wanted" ]]; then
        return
    fi
    say "configuring the build in $BUILD_FOLDER"
    rm -f "$stamp"
    log="$(mktemp)"
    # --fresh: earlier arguments must not persist in the cache.
    if ! (cd "$ROOT" && cmake --fresh --preset "$PRESET" "${extra[@]}") > "$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        say "configuring the build failed, see above."
        return 1
    fi
    rm -f "$log"
    echo "$wanted" > "$stamp"
}

# build TARGET…; "all" for everything. Prints nothing if there is nothing to do.
build() {
    configure
    local plan
    plan="$(ninja -C "$BUILD_FOLDER" -n "$@" 2>&1 || true)"
    if [[ "$plan" == *"no work to do"* ]]; then
        return
    fi
    say "building $* (the first build takes some minutes)"
    # Share the ccache between clones in different folders.
    export CCACHE_BASEDIR="$ROOT" CCACHE_NOHASHDIR=1
    ninja -C "$BUILD_FOLDER" -j "$(build_jobs)" "$@" >&2
}
