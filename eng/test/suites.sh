# Runs test projects and adds up their results. Sourced by ./test.

passed=0 failed=0 skipped=0
failures=()

run_unit() { run_project Engine.Tests && run_project Connectors.Tests; }
run_grains() { run_project Grains.Tests; }
run_fuzz() { run_project Fuzz; }
run_scenarios() { run_project Scenarios; }
# Figures, no judgement: it fails when a run does, never for being slow.
run_bench() { check "benchmarks end to end" bench/EndToEnd/run; }
run_soak() { PGCDC_SOAK=1 PGCDC_TEST_TIMEOUT=${PGCDC_TEST_TIMEOUT:-6h} run_project Scenarios -namespace PgCdc.Scenarios.Faults; }

# A project's own exit code and its result file must agree: a test program that dies half-way is a failure too.
run_project() {
    local project=$1 file="$results/$1.xml" exit_code=0 look=(-noLogo)
    shift
    [[ -t 1 ]] || look+=(-noColor)
    echo "== $project"
    rm -f "$file"
    timeout --foreground -k 30 "${PGCDC_TEST_TIMEOUT:-10m}" \
        dotnet "tests/$project/${output}PgCdc.$project.dll" "${look[@]}" -xml "$file" "$@" || exit_code=$?

    local failed_before=$failed
    [[ -s $file ]] && add_results "$project" "$file"
    if [[ $exit_code -ne 0 && $failed -eq $failed_before ]]; then
        add_failure "$project: the test program ended with exit code $exit_code"
    fi
    return 0
}

add_results() {
    local project=$1 file=$2 name
    passed=$((passed + $(sum_attribute passed "$file")))
    skipped=$((skipped + $(sum_attribute skipped "$file")))
    while IFS= read -r name; do
        add_failure "$project: $name"
    done < <(grep -o '<test [^>]*result="Fail"' "$file" | sed -E 's/^<test (.* )?name="([^"]*)".*/\2/; s/\\?&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g')
    local errors
    errors=$(sum_attribute errors "$file")
    [[ $errors -eq 0 ]] || add_failure "$project: $errors error(s) outside tests, see above"
}

# Sums an attribute over the <assembly> elements of an xunit result file.
sum_attribute() {
    grep -o '<assembly [^>]*>' "$2" | grep -oE " $1=\"[0-9]+\"" | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'
}

add_failure() {
    failed=$((failed + 1))
    failures+=("$1")
}

report() {
    if [[ ${CI:-} == true && $skipped -gt 0 ]]; then
        echo "$skipped test(s) were skipped, which counts as a failure in CI."
    fi
    if [[ $failed -gt 0 ]]; then
        echo "Failed:"
        printf '  %s\n' "${failures[@]}"
    fi
    echo "$passed passed, $failed failed, $skipped skipped"
    [[ $failed -eq 0 && $passed -gt 0 && ! (${CI:-} == true && $skipped -gt 0) ]]
}
