# What the tests need from the machine. Sourced by ./test.

install_requirements() {
    if ! command -v dotnet >/dev/null; then
        stop_without "the .NET 10 SDK (https://dotnet.microsoft.com/download)"
    fi

    local missing=()
    has_postgresql || missing+=(postgresql)
    command -v promtool >/dev/null || missing+=(prometheus)
    command -v runuser >/dev/null || missing+=(util-linux)
    [[ ${#missing[@]} -gt 0 ]] || return 0

    if [[ $EUID -ne 0 ]] || ! command -v apt-get >/dev/null; then
        stop_without "these Debian packages: ${missing[*]} (apt-get install ${missing[*]})"
    fi
    echo "== install ${missing[*]}"
    apt_install "${missing[@]}" || stop_without "these Debian packages, which apt-get could not install: ${missing[*]}"
}

has_postgresql() {
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null
}

# The package lists of a fresh image are empty or old, so a first failure is followed by an update.
apt_install() {
    local install=(apt-get install -y -q --no-install-recommends "$@")
    DEBIAN_FRONTEND=noninteractive "${install[@]}" >/dev/null 2>&1 && return
    apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive "${install[@]}" >/dev/null
}

stop_without() {
    echo "The tests need $1." >&2
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
}
