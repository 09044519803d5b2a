# Checks that the compiler does not make. Sourced by ./test; each check counts as one test.

run_lint() {
    echo "== lint"
    check "layout of source files (dotnet format whitespace)" \
        dotnet format whitespace PgCdc.Orleans.sln --no-restore --verify-no-changes
    check "syntax of shell scripts" check_scripts
    check "no unfinished work in the sources" check_markers
}

check() {
    local name=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        add_failure "lint: $name"
    fi
}

check_scripts() {
    local script status=0
    while IFS= read -r script; do
        bash -n "$script" || status=1
    done < <(git ls-files | while IFS= read -r file; do
        [[ $file == *.sh ]] || head -n 1 "$file" 2>/dev/null | grep -aqE '^#!.*\b(bash|sh)$' && echo "$file"
    done)
    return "$status"
}

check_markers() {
    ! git grep -nE '\b(TODO|FIXME|XXX|NotImplementedException)\b' -- '*.cs' '*.csproj' '*.props' '*.targets'
}
