# fish completion for pgcdc; load it with: pgcdc completion fish | source
function __pgcdc_complete
    set -l tokens (commandline --current-process --tokenize --cut-at-cursor)
    # The program may be called by a path; it knows itself as pgcdc.
    set -l line (string replace -- $tokens[1] pgcdc (commandline --current-process --cut-at-cursor))
    $tokens[1] "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
end
complete --command pgcdc --arguments '(__pgcdc_complete)'
