import Foundation
import Testing

@Suite struct CertificateCommandTests {
    @Test func `gen makes four files that openssl accepts`() async throws {
        let result = try await Shell.run(
            """
            "$SUDP" certs gen --host server.example --host 192.0.2.7 --host '*.wild.example' \\
                --host 2001:db8::7 > report || exit
            openssl verify -x509_strict -CAfile certs/ca-cert.pem certs/server-cert.pem
            openssl verify -x509_strict -purpose sslserver -verify_hostname a.wild.example \\
                -CAfile certs/ca-cert.pem certs/server-cert.pem
            for name in basicConstraints extendedKeyUsage subjectAltName; do
                openssl x509 -in certs/server-cert.pem -noout -ext $name
            done
            openssl x509 -in certs/ca-cert.pem -noout -ext basicConstraints,keyUsage
            stat -c '%a %n' certs certs/*
            """)
        #expect(result.status == 0)
        #expect(
            result.output == """
                certs/server-cert.pem: OK
                certs/server-cert.pem: OK
                X509v3 Basic Constraints: critical
                    CA:FALSE
                X509v3 Extended Key Usage: 
                    TLS Web Server Authentication
                X509v3 Subject Alternative Name: 
                    DNS:server.example, IP Address:192.0.2.7, DNS:*.wild.example, \
                IP Address:2001:DB8:0:0:0:0:0:7
                X509v3 Basic Constraints: critical
                    CA:TRUE, pathlen:0
                X509v3 Key Usage: critical
                    Certificate Sign, CRL Sign
                700 certs
                644 certs/ca-cert.pem
                600 certs/ca-key.pem
                644 certs/server-cert.pem
                600 certs/server-key.pem

                """)
        #expect(
            result.file("report") == """
                made certs/ca-cert.pem
                made certs/ca-key.pem
                made certs/server-cert.pem
                made certs/server-key.pem
                next:
                listen:  sudp listen 7000 --cert certs/server-cert.pem --key certs/server-key.pem
                connect: sudp connect server.example 7000 --ca certs/ca-cert.pem

                """)
    }

    @Test func `gen without a host is for this machine`() async throws {
        let result = try await Shell.run(
            """
            "$SUDP" certs gen --days 30 > /dev/null || exit
            for name in localhost 127.0.0.1 ::1; do
                openssl x509 -in certs/server-cert.pem -noout -checkhost $name -checkip $name
            done
            openssl x509 -in certs/server-cert.pem -noout -checkend $((29 * 86400)) || echo short
            openssl x509 -in certs/server-cert.pem -noout -checkend $((31 * 86400)) && echo long
            """)
        #expect(result.output.components(separatedBy: "does match").count - 1 >= 3)
        #expect(!result.output.contains("short\n") && !result.output.contains("long\n"))
    }

    @Test func `gen replaces nothing unless forced, and then keeps the old files`() async throws {
        let result = try await Shell.run(
            """
            "$SUDP" certs gen > /dev/null; cp -r certs before
            "$SUDP" certs gen; echo $?
            diff -r before certs && echo untouched
            "$SUDP" certs gen --force > report; echo $?
            cmp before/ca-key.pem certs/ca-key.pem && echo same authority
            cmp before/server-key.pem certs/server-key.pem.bak && echo kept
            cmp -s before/server-key.pem certs/server-key.pem || echo new
            stat -c '%a' certs/server-key.pem certs/server-key.pem.bak
            """)
        #expect(
            result.output == """
                73
                untouched
                0
                same authority
                kept
                new
                600
                600

                """)
        #expect(result.errors == "sudp: certs/server-cert.pem exists and is not replaced\n")
        #expect(result.file("report").contains("issued by the authority in certs/ca-cert.pem\n"))
    }

    @Test func `a client certificate comes from the authority that is there`() async throws {
        let result = try await Shell.run(
            """
            "$SUDP" certs gen --client laptop; echo $?
            "$SUDP" certs gen > /dev/null
            "$SUDP" certs gen --client laptop > /dev/null; echo $?
            openssl verify -x509_strict -purpose sslclient -CAfile certs/ca-cert.pem \\
                certs/client-cert.pem
            openssl verify -purpose sslserver -CAfile certs/ca-cert.pem certs/client-cert.pem \\
                > /dev/null 2>&1 || echo no server
            stat -c '%a' certs/client-key.pem
            "$SUDP" certs gen --client laptop; echo $?
            "$SUDP" certs gen --client ../laptop --force; echo $?
            """)
        #expect(
            result.output == "66\n0\ncerts/client-cert.pem: OK\nno server\n600\n73\n64\n")
        #expect(
            result.errors.hasPrefix(
                """
                sudp: certs/ca-key.pem is not there
                sudp: certs/client-cert.pem exists and is not replaced

                """))
    }

    @Test(arguments: ["000", "077"])
    func `keys are the owner's whatever the umask`(_ mask: String) async throws {
        let result = try await Shell.run(
            """
            umask \(mask)
            "$SUDP" certs gen > /dev/null
            stat -c '%a' certs certs/ca-key.pem certs/server-key.pem
            """)
        #expect(result.output == "700\n600\n600\n")
    }

    @Test func `no link is followed`() async throws {
        let result = try await Shell.run(
            """
            mkdir certs; ln -s ../elsewhere certs/server-key.pem
            "$SUDP" certs gen; echo $?
            ls certs elsewhere 2>/dev/null
            """)
        #expect(result.output == "73\ncerts:\nserver-key.pem\n")
    }

    @Test func `a disk without room leaves no file behind`() async throws {
        let result = try await Shell.run(
            """
            "$SUDP" certs gen > /dev/null; cp -r certs before
            full() { (trap '' XFSZ; ulimit -f 0; exec "$SUDP" certs gen "$@" 2> /dev/null); }
            full --dir fresh; echo $?
            full --force; echo $?
            ls fresh; diff -r before certs && echo as before
            """)
        #expect(result.output == "73\n73\nas before\n")
    }

    @Test func `a key of another authority issues nothing`() async throws {
        let result = try await Shell.run(
            """
            "$SUDP" certs gen --dir a > /dev/null; "$SUDP" certs gen --dir b > /dev/null
            cp b/ca-key.pem a/; rm a/server-*
            "$SUDP" certs gen --dir a; echo $?; ls a
            """)
        #expect(result.output == "77\nca-cert.pem\nca-key.pem\n")
        #expect(result.errors.split(separator: "\n").count == 1)
    }
}
