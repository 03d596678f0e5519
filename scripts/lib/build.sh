# shellcheck shell=bash
# Configures and builds in build/release, which all scripts share; scripts/check has further folders. Sourced; needs
# lib/setup.sh.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"

# use_preset NAME: of CMakePresets.json; from now on it is what is configured and built.
use_preset() {
    PRESET="$1"
    BUILD_FOLDER="$ROOT/build/$1"
    # Read by the scripts that source this file.
    # shellcheck disable=SC2034
    PROGRAM="$BUILD_FOLDER/app/tinyvgg-studio"
}
use_preset release

# A compiler that reads LibTorch's headers takes more than a gigabyte: as many at a time as cores and memory allow.
build_jobs() {
    local cores gigabytes
    cores="$(nproc)"
    gigabytes="$(awk '/^MemAvailable:/ { print int($2 / 1500000) }' /proc/meminfo)"
    echo $((gigabytes < 1 ? 1 : gigabytes < cores ? gigabytes : cores))
}

configure() {
    local -a extra
    read -r -a extra <<< "${TINYVGG_CMAKE_ARGS:-}"
    # Ninja itself runs CMake again when a CMakeLists.txt has changed.
    local wish="${TINYVGG_CMAKE_ARGS:-}|${CMAKE_PREFIX_PATH:-}" stamp="$BUILD_FOLDER/configured-with" log
    if [[ -f "$BUILD_FOLDER/build.ninja" && -f "$stamp" && "$(< "$stamp")" == "$wish" ]]; then
        return
    fi
    say "configuring the build in $BUILD_FOLDER"
    rm -f "$stamp"
    log="$(mktemp)"
    # --fresh: an argument of the last time must not live on in the cache.
    if ! (cd "$ROOT" && cmake --fresh --preset "$PRESET" "${extra[@]}") > "$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        say "the build cannot be configured, see above."
        return 1
    fi
    rm -f "$log"
    echo "$wish" > "$stamp"
}

# build TARGET…; "all" for everything. Says nothing where there is nothing to do.
build() {
    configure
    local plan
    plan="$(ninja -C "$BUILD_FOLDER" -n "$@" 2>&1 || true)"
    if [[ "$plan" == *"no work to do"* ]]; then
        return
    fi
    say "building $* (the first time takes some minutes)"
    # What ccache keeps serves every clone, wherever it lies.
    export CCACHE_BASEDIR="$ROOT" CCACHE_NOHASHDIR=1
    ninja -C "$BUILD_FOLDER" -j "$(build_jobs)" "$@" >&2
}
