#!/bin/bash

__sudp_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__sudp_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__sudp_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__sudp_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_sudp() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __sudp_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    listen|connect|chat|send|recv|bench|certs|help)
        # Offer subcommand argument completions
        "_sudp_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'listen connect chat send recv bench certs help' -- "${cur}"))
        ;;
    esac
}

_sudp_listen() {
    repeating_flags=()
    non_repeating_flags=(--keep-open -k --early-data --allow-plaintext --recv-only --send-only -4 --ipv4 -6 --ipv6 --verbose -v --quiet -q --json --version -h --help)
    repeating_options=()
    non_repeating_options=(-e --exec -c --sh-exec -m --max-conns --client-ca --port-file --cert --key --crl --dead-peer --mtu --idle-timeout -i --cc)
    __sudp_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-e'|'--exec')
        return
        ;;
    '-c'|'--sh-exec')
        return
        ;;
    '-m'|'--max-conns')
        return
        ;;
    '--client-ca')
        __sudp_add_completions -f
        return
        ;;
    '--port-file')
        __sudp_add_completions -f
        return
        ;;
    '--cert')
        __sudp_add_completions -f
        return
        ;;
    '--key')
        __sudp_add_completions -f
        return
        ;;
    '--crl')
        __sudp_add_completions -f
        return
        ;;
    '--dead-peer')
        return
        ;;
    '--mtu')
        return
        ;;
    '--idle-timeout'|'-i')
        return
        ;;
    '--cc')
        __sudp_add_completions -W 'reno'$'\n''cubic'$'\n''bbr'
        return
        ;;
    esac
}

_sudp_connect() {
    repeating_flags=()
    non_repeating_flags=(--early-data --recv-only --send-only --insecure --plaintext -4 --ipv4 -6 --ipv6 --verbose -v --quiet -q --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--wait -w --ca --pin --server-name --cert --key --crl --dead-peer --mtu --idle-timeout -i --cc)
    __sudp_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--wait'|'-w')
        return
        ;;
    '--ca')
        __sudp_add_completions -f
        return
        ;;
    '--pin')
        return
        ;;
    '--server-name')
        return
        ;;
    '--cert')
        __sudp_add_completions -f
        return
        ;;
    '--key')
        __sudp_add_completions -f
        return
        ;;
    '--crl')
        __sudp_add_completions -f
        return
        ;;
    '--dead-peer')
        return
        ;;
    '--mtu')
        return
        ;;
    '--idle-timeout'|'-i')
        return
        ;;
    '--cc')
        __sudp_add_completions -W 'reno'$'\n''cubic'$'\n''bbr'
        return
        ;;
    esac
}

_sudp_chat() {
    repeating_flags=()
    non_repeating_flags=(--serve --once --reconnect --quiet-presence --allow-plaintext --insecure --plaintext -4 --ipv4 -6 --ipv6 --verbose -v --quiet -q --json --version -h --help)
    repeating_options=(--room --admin)
    non_repeating_options=(--log --nick --bell --time --color --wait -w --history --history-file --rules-file --motd -m --max-conns --client-ca --port-file --ca --pin --server-name --cert --key --crl --dead-peer --mtu --cc)
    __sudp_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--log')
        __sudp_add_completions -f
        return
        ;;
    '--nick')
        return
        ;;
    '--room')
        return
        ;;
    '--bell')
        return
        ;;
    '--time')
        return
        ;;
    '--color')
        __sudp_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '--wait'|'-w')
        return
        ;;
    '--history')
        return
        ;;
    '--history-file')
        __sudp_add_completions -f
        return
        ;;
    '--rules-file')
        __sudp_add_completions -f
        return
        ;;
    '--admin')
        return
        ;;
    '--motd')
        return
        ;;
    '-m'|'--max-conns')
        return
        ;;
    '--client-ca')
        __sudp_add_completions -f
        return
        ;;
    '--port-file')
        __sudp_add_completions -f
        return
        ;;
    '--ca')
        __sudp_add_completions -f
        return
        ;;
    '--pin')
        return
        ;;
    '--server-name')
        return
        ;;
    '--cert')
        __sudp_add_completions -f
        return
        ;;
    '--key')
        __sudp_add_completions -f
        return
        ;;
    '--crl')
        __sudp_add_completions -f
        return
        ;;
    '--dead-peer')
        return
        ;;
    '--mtu')
        return
        ;;
    '--cc')
        __sudp_add_completions -W 'reno'$'\n''cubic'$'\n''bbr'
        return
        ;;
    esac
}

_sudp_send() {
    repeating_flags=()
    non_repeating_flags=(-n --dry-run --insecure --plaintext -4 --ipv4 -6 --ipv6 --verbose -v --quiet -q --json --version -h --help)
    repeating_options=(--exclude --exclude-from)
    non_repeating_options=(--wait -w --name --text --links --limit-rate --checksum-file --ca --pin --server-name --cert --key --crl --dead-peer --mtu --idle-timeout -i --cc)
    __sudp_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--wait'|'-w')
        return
        ;;
    '--name')
        return
        ;;
    '--text')
        return
        ;;
    '--exclude')
        return
        ;;
    '--exclude-from')
        __sudp_add_completions -f
        return
        ;;
    '--links')
        __sudp_add_completions -W 'skip'$'\n''copy'$'\n''follow'
        return
        ;;
    '--limit-rate')
        return
        ;;
    '--checksum-file')
        __sudp_add_completions -f
        return
        ;;
    '--ca')
        __sudp_add_completions -f
        return
        ;;
    '--pin')
        return
        ;;
    '--server-name')
        return
        ;;
    '--cert')
        __sudp_add_completions -f
        return
        ;;
    '--key')
        __sudp_add_completions -f
        return
        ;;
    '--crl')
        __sudp_add_completions -f
        return
        ;;
    '--dead-peer')
        return
        ;;
    '--mtu')
        return
        ;;
    '--idle-timeout'|'-i')
        return
        ;;
    '--cc')
        __sudp_add_completions -W 'reno'$'\n''cubic'$'\n''bbr'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sudp_add_completions -f
        return
        ;;
    esac
}

_sudp_recv() {
    repeating_flags=()
    non_repeating_flags=(--keep-open -k --once --keep-names --per-client --no-preserve --overwrite --rename --skip-existing --update --allow-plaintext -4 --ipv4 -6 --ipv6 --verbose -v --quiet -q --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--dir --out -o --checksum-file -m --max-conns --client-ca --port-file --cert --key --crl --dead-peer --mtu --idle-timeout -i --cc)
    __sudp_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--dir')
        __sudp_add_completions -d
        return
        ;;
    '--out'|'-o')
        return
        ;;
    '--checksum-file')
        __sudp_add_completions -f
        return
        ;;
    '-m'|'--max-conns')
        return
        ;;
    '--client-ca')
        __sudp_add_completions -f
        return
        ;;
    '--port-file')
        __sudp_add_completions -f
        return
        ;;
    '--cert')
        __sudp_add_completions -f
        return
        ;;
    '--key')
        __sudp_add_completions -f
        return
        ;;
    '--crl')
        __sudp_add_completions -f
        return
        ;;
    '--dead-peer')
        return
        ;;
    '--mtu')
        return
        ;;
    '--idle-timeout'|'-i')
        return
        ;;
    '--cc')
        __sudp_add_completions -W 'reno'$'\n''cubic'$'\n''bbr'
        return
        ;;
    esac
}

_sudp_bench() {
    repeating_flags=()
    non_repeating_flags=(--serve -R --reverse --upload --bidir --handshakes --vs-tcp --json-stream --csv --prometheus --keep-open -k --allow-plaintext --insecure --plaintext -4 --ipv4 -6 --ipv6 --verbose -v --quiet -q --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--wait -w --token-file --time -t -n --bytes -P --parallel -b --bitrate -O --omit -l --length --rr --file --to-file --compare --cc --repeat --interval -i --plot --baseline --fail-below --max-rate --max-time --max-bytes -m --max-conns --client-ca --port-file --ca --pin --server-name --cert --key --crl --dead-peer --mtu)
    __sudp_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--wait'|'-w')
        return
        ;;
    '--token-file')
        __sudp_add_completions -f
        return
        ;;
    '--time'|'-t')
        return
        ;;
    '-n'|'--bytes')
        return
        ;;
    '-P'|'--parallel')
        return
        ;;
    '-b'|'--bitrate')
        return
        ;;
    '-O'|'--omit')
        return
        ;;
    '-l'|'--length')
        return
        ;;
    '--rr')
        return
        ;;
    '--file')
        __sudp_add_completions -f
        return
        ;;
    '--to-file')
        __sudp_add_completions -f
        return
        ;;
    '--compare')
        __sudp_add_completions -W 'plaintext'
        return
        ;;
    '--cc')
        return
        ;;
    '--repeat')
        return
        ;;
    '--interval'|'-i')
        return
        ;;
    '--plot')
        __sudp_add_completions -o plusdirs -fX '!*.@(svg)'
        return
        ;;
    '--baseline')
        __sudp_add_completions -f
        return
        ;;
    '--fail-below')
        return
        ;;
    '--max-rate')
        return
        ;;
    '--max-time')
        return
        ;;
    '--max-bytes')
        return
        ;;
    '-m'|'--max-conns')
        return
        ;;
    '--client-ca')
        __sudp_add_completions -f
        return
        ;;
    '--port-file')
        __sudp_add_completions -f
        return
        ;;
    '--ca')
        __sudp_add_completions -f
        return
        ;;
    '--pin')
        return
        ;;
    '--server-name')
        return
        ;;
    '--cert')
        __sudp_add_completions -f
        return
        ;;
    '--key')
        __sudp_add_completions -f
        return
        ;;
    '--crl')
        __sudp_add_completions -f
        return
        ;;
    '--dead-peer')
        return
        ;;
    '--mtu')
        return
        ;;
    esac
}

_sudp_certs() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sudp_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    gen)
        # Offer subcommand argument completions
        "_sudp_certs_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'gen' -- "${cur}"))
        ;;
    esac
}

_sudp_certs_gen() {
    repeating_flags=()
    non_repeating_flags=(--force --version -h --help)
    repeating_options=(--host)
    non_repeating_options=(--dir --days --client)
    __sudp_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--dir')
        __sudp_add_completions -d
        return
        ;;
    '--host')
        return
        ;;
    '--days')
        return
        ;;
    '--client')
        return
        ;;
    esac
}

_sudp_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __sudp_offer_flags_options -1
}

complete -o filenames -F _sudp sudp
