# Sourced by demo, test and release: makes what they need on a fresh Debian or Ubuntu machine.
#   need_system PACKAGE...   Debian packages; installed as root, otherwise the one command is printed
#   make_environment DIR REQUIREMENTS...   a virtual environment with the locked packages, made again when these change
#   add_project DIR   the project itself into it, as it stands here

# The interpreter: $PYTHON, or the first of these that is 3.11 to 3.13.
find_python() {
    local each
    for each in "${PYTHON:-python3}" python3.13 python3.12 python3.11 /usr/bin/python3; do
        if command -v "$each" >/dev/null 2>&1 &&
            "$each" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            command -v "$each"
            return 0
        fi
    done
    echo "Python 3.11, 3.12 or 3.13 is needed: sudo apt-get install python3 python3-venv" >&2
    return 3
}

need_system() {
    local missing=() each
    for each in "$@"; do
        dpkg-query -W -f '${Status}' "$each" 2>/dev/null | grep -q 'install ok installed' || missing+=("$each")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        echo "Some system packages are missing. Run this once, then try again:" >&2
        echo "    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
        return 3
    fi
    echo "Installing ${missing[*]}" >&2
    apt-get update -q >/dev/null || echo "apt-get update failed; trying with the lists that are here" >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null
}

make_environment() {
    local folder=$1 python stamp
    shift
    python=$(find_python) || return 3
    stamp=$(cat "$@" | sha256sum | cut -c1-16)-$("$python" -V | tr ' ' -)
    [ "$(cat "$folder/.stamp" 2>/dev/null)" = "$stamp" ] && return 0
    # Debian parts venv from Python; Python built by hand has it.
    "$python" -c 'import ensurepip' 2>/dev/null ||
        need_system "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv" || return 3
    rm -rf "$folder"
    "$python" -m venv "$folder"
    local arguments=() each
    for each in "$@"; do arguments+=(-r "$each"); done
    "$folder/bin/pip" install -q --disable-pip-version-check --require-hashes "${arguments[@]}" || return 5
    echo "$stamp" >"$folder/.stamp"
}

add_project() {
    local stamp
    stamp=$(sha256sum pyproject.toml | cut -c1-16)-$(cat "$1/.stamp")
    [ "$(cat "$1/.project" 2>/dev/null)" = "$stamp" ] && return 0
    "$1/bin/pip" install -q --disable-pip-version-check --no-deps --no-build-isolation -e . || return 5
    echo "$stamp" >"$1/.project"
}

# What validators of exports run in, and what reads PDFs back.
CHECKER_PACKAGES="default-jre-headless poppler-utils qpdf"
TESSERACT_PACKAGES="tesseract-ocr tesseract-ocr-nld tesseract-ocr-eng tesseract-ocr-osd"
