#compdef pgcdc
# zsh completion for pgcdc; load it with: source <(pgcdc completion zsh)
_pgcdc() {
    # The program may be called by a path; it knows itself as pgcdc.
    local line="pgcdc${BUFFER[1,CURSOR]#${words[1]}}"
    local -a found
    found=("${(@f)$("${(Q)words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
    found=("${(@)found:#}")
    if (( ${#found} )); then compadd -- "${found[@]}"; else _files; fi
}
compdef _pgcdc pgcdc
