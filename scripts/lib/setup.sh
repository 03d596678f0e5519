# shellcheck shell=bash
# Installs missing Debian packages that the build needs. Sourced; call install_what_is_missing. If nothing is missing, it is
# silent and quick and does not ask for root privileges.

say() { echo "${0##*/}: $*" >&2; }

# True where CMAKE_PREFIX_PATH, or -DCMAKE_PREFIX_PATH=… in TINYVGG_CMAKE_ARGS, names a LibTorch of the user's own.
has_own_libtorch() {
    local paths="${CMAKE_PREFIX_PATH:-}" argument folder
    for argument in ${TINYVGG_CMAKE_ARGS:-}; do
        case "$argument" in
        -DCMAKE_PREFIX_PATH=* | -DCMAKE_PREFIX_PATH:*=*) paths+=":${argument#*=}" ;;
        esac
    done
    local -a folders
    IFS=':;' read -r -a folders <<< "$paths"
    for folder in "${folders[@]}"; do
        if [[ -f "$folder/share/cmake/Torch/TorchConfig.cmake" || -f "$folder/TorchConfig.cmake" ]]; then
            return 0
        fi
    done
    return 1
}

# The user's data folder, also for services without HOME.
data_home() {
    echo "${XDG_DATA_HOME:-${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}/.local/share}"
}

is_installed() { [[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2> /dev/null)" == installed ]]; }

# Prints the packages to install, one per line.
missing_packages() {
    local -a wanted=(g++ cmake ninja-build pkg-config
        qt6-base-dev qt6-charts-dev qt6-svg-dev libgl-dev libqt6sql6-sqlite qt6-qpa-plugins
        zlib1g-dev libzip-dev libexpected-dev nlohmann-json3-dev libcli11-dev libgtest-dev ca-certificates)
    has_own_libtorch || wanted+=(libtorch-dev libopenblas0-pthread)
    # A single query; packages unknown to dpkg are missing from the output.
    local installed package
    installed="$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2> /dev/null || true)"
    for package in "${wanted[@]}"; do
        grep -qxF "installed $package" <<< "$installed" || echo "$package"
    done
    # Packages that exist only in some releases, detected by a file that they provide.
    compgen -G '/usr/lib/*/cmake/Qt6OpenGL/Qt6OpenGLConfig.cmake' > /dev/null || echo libqt6opengl6-dev
    compgen -G '/usr/lib/*/qt6/plugins/iconengines/libqsvgicon.so' > /dev/null || echo qt6-svg-plugins
}

has_debian_packages() { command -v apt-get > /dev/null && command -v dpkg-query > /dev/null; }

# install_packages PACKAGE…: installs those that are missing, as root or with sudo. Skips packages that this release does
# not have.
install_packages() {
    local -a missing=() known=() as_root=()
    local package
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    [[ ${#missing[@]} -gt 0 ]] || return 0

    say "installing: ${missing[*]}"
    if [[ "$(id -u)" -ne 0 ]]; then
        if ! command -v sudo > /dev/null; then
            say "sudo is not available: install these packages as root. Continuing without them."
            return
        fi
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get -q update >&2 || say "the package lists could not be updated; continuing with the old ones."
    for package in "${missing[@]}"; do
        if apt-cache show "$package" > /dev/null 2>&1; then
            known+=("$package")
        fi
    done
    [[ ${#known[@]} -gt 0 ]] || return 0
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
        install --no-install-recommends "${known[@]}" >&2 ||
        say "not all packages could be installed; the build will report what is missing."
}

install_what_is_missing() {
    if ! has_debian_packages; then
        if [[ ! -f "${BUILD_FOLDER:-}/build.ninja" ]]; then
            say "this is not Debian or a derivative, so nothing is installed. The build needs: a C++20 compiler," \
                "CMake 3.25, Ninja, pkg-config, LibTorch, Qt 6.4 (Base, Charts, Svg, the SQLite driver), zlib, libzip," \
                "tl::expected, nlohmann-json, CLI11 and GoogleTest."
        fi
        return
    fi
    local -a missing
    mapfile -t missing < <(missing_packages)
    # Install optional packages only together with required ones: alone they do not justify asking for sudo.
    [[ ${#missing[@]} -eq 0 ]] || install_packages "${missing[@]}" ccache fonts-inter
}
