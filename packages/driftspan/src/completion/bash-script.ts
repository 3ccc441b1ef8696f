/**
 * The script for bash, 3.2 (macOS) and later, without the bash-completion package. Words are handed over as they were typed and are never
 * evaluated: `driftspan rules > rules.yml --al⇥` must not empty a file. File names are left to bash, where the answer asks for them.
 */
export const BASH_SCRIPT = `# bash completion for driftspan: source <(driftspan completion bash)
_driftspan() {
    local IFS=$' \\t\\n'
    local rest=\${COMP_LINE:0:COMP_POINT} words=() count=0 i word blanks cur answer directive value prefix
    # Words that bash splits at : and = are put together again.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        blanks=\${rest%%[!$' \\t']*}
        rest=\${rest#"$blanks"}
        word=\${COMP_WORDS[i]}
        ((i == COMP_CWORD)) && word=$rest
        rest=\${rest#"$word"}
        if ((i > 0)) && [[ -z $blanks ]]; then
            words[count - 1]+=$word
        else
            words[count]=$word
            count=$((count + 1))
        fi
    done
    cur=\${words[count - 1]}
    COMPREPLY=()
    answer=$(driftspan complete -- "\${words[@]:1}" 2>/dev/null) || return
    directive=\${answer##*:}
    answer=\${answer%:*}
    # What stands before the last : or = is not bash's to replace.
    prefix=\${cur%"\${cur##*[:=]}"}
    while IFS=$'\\t' read -r value _; do
        [[ -z $value ]] && continue
        COMPREPLY[\${#COMPREPLY[@]}]=$(printf %q "\${value#"$prefix"}")
    done <<<"$answer"
    if ((directive & 4)) && type compopt >/dev/null 2>&1; then
        compopt +o default +o bashdefault 2>/dev/null
    fi
}
complete -o bashdefault -o default -F _driftspan driftspan
`;
