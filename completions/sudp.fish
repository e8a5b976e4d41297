function __sudp_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sudp_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sudp_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sudp_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sudp_parse_tokens -S
    set -l unparsed_tokens (__sudp_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sudp'
        __sudp_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'listen'
            __sudp_parse_subcommand -r 1 'k/keep-open' 'e/exec=' 'c/sh-exec=' 'early-data' 'm/max-conns=' 'allow-plaintext' 'client-ca=' 'port-file=' 'recv-only' 'send-only' 'cert=' 'key=' 'crl=' '4/ipv4' '6/ipv6' 'dead-peer=' 'mtu=' 'i/idle-timeout=' 'cc=' 'v/verbose' 'q/quiet' 'json' 'version' 'h/help'
        case 'connect'
            __sudp_parse_subcommand -r 1 'w/wait=' 'early-data' 'recv-only' 'send-only' 'ca=' 'pin=' 'insecure' 'server-name=' 'plaintext' 'cert=' 'key=' 'crl=' '4/ipv4' '6/ipv6' 'dead-peer=' 'mtu=' 'i/idle-timeout=' 'cc=' 'v/verbose' 'q/quiet' 'json' 'version' 'h/help'
        case 'chat'
            __sudp_parse_subcommand -r 1 'serve' 'log=' 'nick=' 'room=+' 'once' 'reconnect' 'bell=' 'time=' 'color=' 'quiet-presence' 'w/wait=' 'history=' 'history-file=' 'rules-file=' 'admin=+' 'motd=' 'm/max-conns=' 'allow-plaintext' 'client-ca=' 'port-file=' 'ca=' 'pin=' 'insecure' 'server-name=' 'plaintext' 'cert=' 'key=' 'crl=' '4/ipv4' '6/ipv6' 'dead-peer=' 'mtu=' 'cc=' 'v/verbose' 'q/quiet' 'json' 'version' 'h/help'
        case 'send'
            __sudp_parse_subcommand -r 1 'w/wait=' 'name=' 'text=' 'exclude=+' 'exclude-from=+' 'links=' 'n/dry-run' 'limit-rate=' 'checksum-file=' 'ca=' 'pin=' 'insecure' 'server-name=' 'plaintext' 'cert=' 'key=' 'crl=' '4/ipv4' '6/ipv6' 'dead-peer=' 'mtu=' 'i/idle-timeout=' 'cc=' 'v/verbose' 'q/quiet' 'json' 'version' 'h/help'
        case 'recv'
            __sudp_parse_subcommand -r 1 'k/keep-open' 'dir=' 'o/out=' 'once' 'keep-names' 'per-client' 'no-preserve' 'overwrite' 'rename' 'skip-existing' 'update' 'checksum-file=' 'm/max-conns=' 'allow-plaintext' 'client-ca=' 'port-file=' 'cert=' 'key=' 'crl=' '4/ipv4' '6/ipv6' 'dead-peer=' 'mtu=' 'i/idle-timeout=' 'cc=' 'v/verbose' 'q/quiet' 'json' 'version' 'h/help'
        case 'bench'
            __sudp_parse_subcommand -r 1 'serve' 'w/wait=' 'token-file=' 't/time=' 'n/bytes=' 'P/parallel=' 'R/reverse' 'upload' 'bidir' 'b/bitrate=' 'O/omit=' 'l/length=' 'handshakes' 'rr=' 'file=' 'to-file=' 'compare=' 'cc=' 'vs-tcp' 'repeat=' 'i/interval=' 'json-stream' 'csv' 'prometheus' 'plot=' 'baseline=' 'fail-below=' 'max-rate=' 'max-time=' 'max-bytes=' 'k/keep-open' 'm/max-conns=' 'allow-plaintext' 'client-ca=' 'port-file=' 'ca=' 'pin=' 'insecure' 'server-name=' 'plaintext' 'cert=' 'key=' 'crl=' '4/ipv4' '6/ipv6' 'dead-peer=' 'mtu=' 'v/verbose' 'q/quiet' 'json' 'version' 'h/help'
        case 'certs'
            __sudp_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'gen'
                __sudp_parse_subcommand 0 'dir=' 'host=+' 'days=' 'client=' 'force' 'version' 'h/help'
            end
        case 'help'
            __sudp_parse_subcommand -r 1 'version'
        end
    end
end

function __sudp_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sudp_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __sudp_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sudp_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sudp_tokens -p)
    if test -z "$(__sudp_tokens -t)"
        set -l index (count (__sudp_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sudp' -f
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp" version' -l 'version' -d 'Show the version.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_positional "sudp" -eq 1' -fa 'listen' -d 'Take a connection and join it to standard input and output, or to a command.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_positional "sudp" -eq 1' -fa 'connect' -d 'Connect and join the connection to standard input and output.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_positional "sudp" -eq 1' -fa 'chat' -d 'Talk with others, or serve those who do.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_positional "sudp" -eq 1' -fa 'send' -d 'Send files and directories; 0 means that the receiver has them all, verified.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_positional "sudp" -eq 1' -fa 'recv' -d 'Take files from any number of senders until told to stop.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_positional "sudp" -eq 1' -fa 'bench' -d 'Measure throughput, latency and what limits them, or serve those who do.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_positional "sudp" -eq 1' -fa 'certs' -d 'Make certificates.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_positional "sudp" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" k keep-open' -l 'keep-open' -s 'k' -d 'Go on with further connections until a signal comes.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" e exec' -s 'e' -l 'exec' -d 'Join each connection to this program; split on blanks, no shell.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" c sh-exec' -s 'c' -l 'sh-exec' -d 'Join each connection to this line of /bin/sh.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" early-data' -l 'early-data' -d 'Take bytes that come with the opening; only where it makes no difference if they come twice.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" m max-conns' -s 'm' -l 'max-conns' -d 'Refuse clients beyond so many at once; the manual page has the default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" allow-plaintext' -l 'allow-plaintext' -d 'Accept unencrypted connections, too.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" client-ca' -l 'client-ca' -d 'Demand a client certificate that this authority issued, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" port-file' -l 'port-file' -d 'Write the port to this file when listening.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" recv-only' -l 'recv-only' -d 'Only receive: standard input is never read.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" send-only' -l 'send-only' -d 'Only send: the peer\'s data is refused.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" cert' -l 'cert' -d 'The certificate to show, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" key' -l 'key' -d 'The certificate\'s private key, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" crl' -l 'crl' -d 'Refuse a peer that this revocation list names, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" 4 ipv4' -s '4' -l 'ipv4' -d 'Use IPv4 only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" 6 ipv6' -s '6' -l 'ipv6' -d 'Use IPv6 only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" dead-peer' -l 'dead-peer' -d 'Give a silent peer up after so many seconds; 30 by default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" mtu' -l 'mtu' -d 'The largest UDP payload to send where the path carries it; 1200 to 65507 bytes.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" i idle-timeout' -l 'idle-timeout' -s 'i' -d 'End with 75 when no application byte moves for so many seconds.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" cc' -l 'cc' -d 'How to find the rate to send at: reno, cubic or bbr, the default.' -rfka 'reno cubic bbr'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" v verbose' -l 'verbose' -s 'v' -d 'Tell about connections, and sum each up at its end.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" q quiet' -l 'quiet' -s 'q' -d 'Tell about errors only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" json' -l 'json' -d 'Print JSON, one object a line: events of files or a chat, results, and the summary of each connection.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" version' -l 'version' -d 'Show the version.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp listen" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" w wait' -l 'wait' -s 'w' -d 'Give up connecting after so many seconds; 60 by default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" early-data' -l 'early-data' -d 'Send the first bytes with the opening, once a server that takes them is known; whoever captures them can send them again.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" recv-only' -l 'recv-only' -d 'Only receive: standard input is never read.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" send-only' -l 'send-only' -d 'Only send: the peer\'s data is refused.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" ca' -l 'ca' -d 'Trust servers that this authority vouches for, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" pin' -l 'pin' -d 'Trust exactly this public key.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" insecure' -l 'insecure' -d 'Encrypt without knowing to whom.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" server-name' -l 'server-name' -d 'The name to verify, when it is not the host.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" plaintext' -l 'plaintext' -d 'Do not encrypt.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" cert' -l 'cert' -d 'The certificate to show, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" key' -l 'key' -d 'The certificate\'s private key, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" crl' -l 'crl' -d 'Refuse a peer that this revocation list names, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" 4 ipv4' -s '4' -l 'ipv4' -d 'Use IPv4 only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" 6 ipv6' -s '6' -l 'ipv6' -d 'Use IPv6 only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" dead-peer' -l 'dead-peer' -d 'Give a silent peer up after so many seconds; 30 by default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" mtu' -l 'mtu' -d 'The largest UDP payload to send where the path carries it; 1200 to 65507 bytes.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" i idle-timeout' -l 'idle-timeout' -s 'i' -d 'End with 75 when no application byte moves for so many seconds.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" cc' -l 'cc' -d 'How to find the rate to send at: reno, cubic or bbr, the default.' -rfka 'reno cubic bbr'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" v verbose' -l 'verbose' -s 'v' -d 'Tell about connections, and sum each up at its end.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" q quiet' -l 'quiet' -s 'q' -d 'Tell about errors only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" json' -l 'json' -d 'Print JSON, one object a line: events of files or a chat, results, and the summary of each connection.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" version' -l 'version' -d 'Show the version.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp connect" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" serve' -l 'serve' -d 'Serve a chat.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" log' -l 'log' -d 'Append what happens to this file; JSON when it ends in .ndjson.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" nick' -l 'nick' -d 'The name to have; $SUDP_NICK by default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat"' -l 'room' -d 'Enter this room; may be repeated; #lobby by default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" once' -l 'once' -d 'Deliver standard input, show nothing, and leave.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" reconnect' -l 'reconnect' -d 'Connect again when the connection is lost, also between pipes.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" bell' -l 'bell' -d 'When to ring: off, mention, dm or all.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" time' -l 'time' -d 'How to show times: off, hm or full.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" color' -l 'color' -d 'Colour names: auto, on a terminal and unless $NO_COLOR is set; always; never.' -rfka 'auto always never'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" quiet-presence' -l 'quiet-presence' -d 'Do not tell who comes, goes, is away or back.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" w wait' -l 'wait' -s 'w' -d 'Give up connecting after so many seconds; 60 by default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" history' -l 'history' -d 'Tell newcomers the last so many messages of a room; 50 by default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" history-file' -l 'history-file' -d 'Keep them in this file over a restart.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" rules-file' -l 'rules-file' -d 'Keep bans, names and operators in this file over a restart.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat"' -l 'admin' -d 'Make the owner of this key an operator; may be repeated.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" motd' -l 'motd' -d 'Tell this to everybody who comes.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" m max-conns' -s 'm' -l 'max-conns' -d 'Refuse clients beyond so many at once; the manual page has the default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" allow-plaintext' -l 'allow-plaintext' -d 'Accept unencrypted connections, too.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" client-ca' -l 'client-ca' -d 'Demand a client certificate that this authority issued, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" port-file' -l 'port-file' -d 'Write the port to this file when listening.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" ca' -l 'ca' -d 'Trust servers that this authority vouches for, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" pin' -l 'pin' -d 'Trust exactly this public key.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" insecure' -l 'insecure' -d 'Encrypt without knowing to whom.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" server-name' -l 'server-name' -d 'The name to verify, when it is not the host.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" plaintext' -l 'plaintext' -d 'Do not encrypt.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" cert' -l 'cert' -d 'The certificate to show, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" key' -l 'key' -d 'The certificate\'s private key, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" crl' -l 'crl' -d 'Refuse a peer that this revocation list names, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" 4 ipv4' -s '4' -l 'ipv4' -d 'Use IPv4 only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" 6 ipv6' -s '6' -l 'ipv6' -d 'Use IPv6 only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" dead-peer' -l 'dead-peer' -d 'Give a silent peer up after so many seconds; 30 by default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" mtu' -l 'mtu' -d 'The largest UDP payload to send where the path carries it; 1200 to 65507 bytes.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" cc' -l 'cc' -d 'How to find the rate to send at: reno, cubic or bbr, the default.' -rfka 'reno cubic bbr'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" v verbose' -l 'verbose' -s 'v' -d 'Tell about connections, and sum each up at its end.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" q quiet' -l 'quiet' -s 'q' -d 'Tell about errors only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" json' -l 'json' -d 'Print JSON, one object a line: events of files or a chat, results, and the summary of each connection.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" version' -l 'version' -d 'Show the version.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp chat" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_positional "sudp send" -ge 1' -F
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" w wait' -l 'wait' -s 'w' -d 'Give up connecting after so many seconds; 60 by default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" name' -l 'name' -d 'The name that the only source is to have.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" text' -l 'text' -d 'Send this text instead of files; the receiver shows it.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send"' -l 'exclude' -d 'Leave out what matches in directories; a name or a path, may be repeated.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send"' -l 'exclude-from' -d 'Leave out what matches a line of this file; may be repeated.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" links' -l 'links' -d 'Links in directories: skip, copy those that stay inside, or follow; copy by default.' -rfka 'skip copy follow'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" dry-run n' -s 'n' -l 'dry-run' -d 'Only ask the receiver what it would do.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" limit-rate' -l 'limit-rate' -d 'Send so many bytes per second at most: 500K, 1.5M, 1GiB.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" checksum-file' -l 'checksum-file' -d 'List the SHA-256 of what was sent in this file, for sha256sum -c.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" ca' -l 'ca' -d 'Trust servers that this authority vouches for, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" pin' -l 'pin' -d 'Trust exactly this public key.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" insecure' -l 'insecure' -d 'Encrypt without knowing to whom.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" server-name' -l 'server-name' -d 'The name to verify, when it is not the host.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" plaintext' -l 'plaintext' -d 'Do not encrypt.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" cert' -l 'cert' -d 'The certificate to show, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" key' -l 'key' -d 'The certificate\'s private key, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" crl' -l 'crl' -d 'Refuse a peer that this revocation list names, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" 4 ipv4' -s '4' -l 'ipv4' -d 'Use IPv4 only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" 6 ipv6' -s '6' -l 'ipv6' -d 'Use IPv6 only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" dead-peer' -l 'dead-peer' -d 'Give a silent peer up after so many seconds; 30 by default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" mtu' -l 'mtu' -d 'The largest UDP payload to send where the path carries it; 1200 to 65507 bytes.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" i idle-timeout' -l 'idle-timeout' -s 'i' -d 'End with 75 when no application byte moves for so many seconds.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" cc' -l 'cc' -d 'How to find the rate to send at: reno, cubic or bbr, the default.' -rfka 'reno cubic bbr'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" v verbose' -l 'verbose' -s 'v' -d 'Tell about connections, and sum each up at its end.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" q quiet' -l 'quiet' -s 'q' -d 'Tell about errors only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" json' -l 'json' -d 'Print JSON, one object a line: events of files or a chat, results, and the summary of each connection.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" version' -l 'version' -d 'Show the version.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp send" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" k keep-open' -l 'keep-open' -s 'k' -d 'Go on with further senders; it does anyway.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" dir' -l 'dir' -d 'Store files below this directory.' -rfa '(__sudp_complete_directories)'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" o out' -l 'out' -s 'o' -d '- writes the content of the only file to standard output.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" once' -l 'once' -d 'End after one sender, with the status of its transfer.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" keep-names' -l 'keep-names' -d 'Store files as they are named by the sender.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" per-client' -l 'per-client' -d 'Give each sender a directory of its own, named after its certificate or address.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" no-preserve' -l 'no-preserve' -d 'Give what is stored usual permissions and the time of now, not the sender\'s.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" overwrite' -l 'overwrite' -d 'Replace files that are there.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" rename' -l 'rename' -d 'Store a file whose name is taken as NAME.1, NAME.2 and so on.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" skip-existing' -l 'skip-existing' -d 'Keep files that are there.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" update' -l 'update' -d 'Replace files that are there and older.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" checksum-file' -l 'checksum-file' -d 'List the SHA-256 of what is stored in this file, for sha256sum -c.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" m max-conns' -s 'm' -l 'max-conns' -d 'Refuse clients beyond so many at once; the manual page has the default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" allow-plaintext' -l 'allow-plaintext' -d 'Accept unencrypted connections, too.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" client-ca' -l 'client-ca' -d 'Demand a client certificate that this authority issued, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" port-file' -l 'port-file' -d 'Write the port to this file when listening.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" cert' -l 'cert' -d 'The certificate to show, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" key' -l 'key' -d 'The certificate\'s private key, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" crl' -l 'crl' -d 'Refuse a peer that this revocation list names, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" 4 ipv4' -s '4' -l 'ipv4' -d 'Use IPv4 only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" 6 ipv6' -s '6' -l 'ipv6' -d 'Use IPv6 only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" dead-peer' -l 'dead-peer' -d 'Give a silent peer up after so many seconds; 30 by default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" mtu' -l 'mtu' -d 'The largest UDP payload to send where the path carries it; 1200 to 65507 bytes.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" i idle-timeout' -l 'idle-timeout' -s 'i' -d 'End with 75 when no application byte moves for so many seconds.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" cc' -l 'cc' -d 'How to find the rate to send at: reno, cubic or bbr, the default.' -rfka 'reno cubic bbr'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" v verbose' -l 'verbose' -s 'v' -d 'Tell about connections, and sum each up at its end.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" q quiet' -l 'quiet' -s 'q' -d 'Tell about errors only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" json' -l 'json' -d 'Print JSON, one object a line: events of files or a chat, results, and the summary of each connection.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" version' -l 'version' -d 'Show the version.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp recv" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" serve' -l 'serve' -d 'Serve those who measure.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" w wait' -l 'wait' -s 'w' -d 'Give up connecting after so many seconds; 60 by default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" token-file' -l 'token-file' -d 'A secret that both ends must have in such a file, at most 64KiB.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" t time' -l 'time' -s 't' -d 'Measure each way for so long; 10 by default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" bytes n' -s 'n' -l 'bytes' -d 'Move so many bytes in place of a time: 500M, 1GiB.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" P parallel' -s 'P' -l 'parallel' -d 'Share the load among so many connections.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" R reverse' -s 'R' -l 'reverse' -d 'Measure the download only: the server sends.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" upload' -l 'upload' -d 'Measure the upload only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" bidir' -l 'bidir' -d 'Measure both ways at once.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" b bitrate' -s 'b' -l 'bitrate' -d 'Send evenly so many bits per second at most: 500K, 50M, 1G.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" O omit' -s 'O' -l 'omit' -d 'Do not count so much at the beginning of each way.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" l length' -s 'l' -l 'length' -d 'Write so many bytes at once; 128KiB by default, at most 1MiB.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" handshakes' -l 'handshakes' -d 'Count connections that can be made per second in place of bytes.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" rr' -l 'rr' -d 'Count requests and answers of these sizes per second in place of bytes: 1/1, 100/64K; at most 1MiB.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" file' -l 'file' -d 'Upload this file, read from the disk, in place of memory.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" to-file' -l 'to-file' -d 'Write the download to the disk, into a new file that does not stay.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" compare' -l 'compare' -d 'Measure without encryption, too, in turns: plaintext.' -rfka 'plaintext'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" cc' -l 'cc' -d 'How both sides find the rate: reno, cubic or bbr; several are compared in turns.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" vs-tcp' -l 'vs-tcp' -d 'Measure the kernel\'s TCP between the same ends, too, in turns.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" repeat' -l 'repeat' -d 'Measure so often, and tell the median.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" i interval' -l 'interval' -s 'i' -d 'Tell every so many seconds, 0.1 at least; 1 by default with --json-stream or --csv.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" json-stream' -l 'json-stream' -d 'Print JSON objects, one a line: the intervals and last the result.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" csv' -l 'csv' -d 'Print comma-separated values: a header, the intervals and last the measurements.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" prometheus' -l 'prometheus' -d 'Print the result in the text format of Prometheus.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" plot' -l 'plot' -d 'Draw rate and latency over time as SVG.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'svg\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" baseline' -l 'baseline' -d 'Hold the rates against an earlier result of --json.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" fail-below' -l 'fail-below' -d 'End with 1 when a rate is below this part of the baseline\'s, such as 0.95.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" max-rate' -l 'max-rate' -d 'Send, and take, so many bits per second at most, for all clients together.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" max-time' -l 'max-time' -d 'Give each client so many seconds; 3600 by default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" max-bytes' -l 'max-bytes' -d 'Let each client move so many bytes, both ways together: 10G.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" k keep-open' -l 'keep-open' -s 'k' -d 'Go on with further clients; it does anyway.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" m max-conns' -s 'm' -l 'max-conns' -d 'Refuse clients beyond so many at once; the manual page has the default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" allow-plaintext' -l 'allow-plaintext' -d 'Accept unencrypted connections, too.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" client-ca' -l 'client-ca' -d 'Demand a client certificate that this authority issued, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" port-file' -l 'port-file' -d 'Write the port to this file when listening.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" ca' -l 'ca' -d 'Trust servers that this authority vouches for, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" pin' -l 'pin' -d 'Trust exactly this public key.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" insecure' -l 'insecure' -d 'Encrypt without knowing to whom.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" server-name' -l 'server-name' -d 'The name to verify, when it is not the host.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" plaintext' -l 'plaintext' -d 'Do not encrypt.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" cert' -l 'cert' -d 'The certificate to show, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" key' -l 'key' -d 'The certificate\'s private key, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" crl' -l 'crl' -d 'Refuse a peer that this revocation list names, PEM.' -rF
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" 4 ipv4' -s '4' -l 'ipv4' -d 'Use IPv4 only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" 6 ipv6' -s '6' -l 'ipv6' -d 'Use IPv6 only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" dead-peer' -l 'dead-peer' -d 'Give a silent peer up after so many seconds; 30 by default.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" mtu' -l 'mtu' -d 'The largest UDP payload to send where the path carries it; 1200 to 65507 bytes.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" v verbose' -l 'verbose' -s 'v' -d 'Tell about connections, and sum each up at its end.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" q quiet' -l 'quiet' -s 'q' -d 'Tell about errors only.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" json' -l 'json' -d 'Print JSON, one object a line: events of files or a chat, results, and the summary of each connection.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" version' -l 'version' -d 'Show the version.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp bench" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp certs" version' -l 'version' -d 'Show the version.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp certs" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_positional "sudp certs" -eq 1' -fa 'gen' -d 'Make an authority and a server certificate, or a client certificate.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp certs gen" dir' -l 'dir' -d 'The directory for the files.' -rfa '(__sudp_complete_directories)'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp certs gen"' -l 'host' -d 'A name or IP address of the server; repeatable. Without any: this machine\'s.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp certs gen" days' -l 'days' -d 'How many days the certificate is valid.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp certs gen" client' -l 'client' -d 'Make a certificate for the client of this name instead.' -rfka ''
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp certs gen" force' -l 'force' -d 'Replace what is there; the old files are kept as .bak.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp certs gen" version' -l 'version' -d 'Show the version.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp certs gen" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sudp' -n '__sudp_should_offer_completions_for_flags_or_options "sudp help" version' -l 'version' -d 'Show the version.'
