# bash completion for pgcdc; load it with: source <(pgcdc completion bash)
_pgcdc() {
    local IFS=$'\n' found
    local word="${COMP_WORDS[COMP_CWORD]}"
    # The program may be called by a path; it knows itself as pgcdc.
    local line="pgcdc${COMP_LINE:${#COMP_WORDS[0]}:COMP_POINT-${#COMP_WORDS[0]}}"
    found=$("${COMP_WORDS[0]/#\~/$HOME}" "[suggest:${#line}]" "$line" 2>/dev/null)
    COMPREPLY=($(compgen -W "$found" -- "$word"))
}
complete -o default -F _pgcdc pgcdc ./pgcdc
