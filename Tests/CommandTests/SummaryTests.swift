import Foundation
import Testing

@Suite struct SummaryTests {
    @Test func `both sides sum the connection up`() async throws {
        let result = try await Shell.run(
            """
            head -c 100000 /dev/zero > in; echo back > back
            listen 127.0.0.1:0 -v < back > /dev/null
            "$SUDP" connect 127.0.0.1:$port --insecure -v < in > /dev/null
            wait $pid
            """)
        let client = try #require(
            result.errors.split(separator: "\n").last { $0.hasPrefix("sudp: summary: peer=") })
        #expect(client.contains(" sent=100000 received=5 seconds="))
        #expect(
            client.contains(
                " mode=secure cipher=TLS_AES_256_GCM_SHA384 exchange=x25519 verified=insecure "))
        #expect(result.file("listen.err").contains(" sent=5 received=100000 "))
    }

    @Test func `the JSON summary is one object on a line`() async throws {
        let result = try await Shell.run(
            """
            listen 127.0.0.1:0 --allow-plaintext -q < /dev/null > /dev/null
            echo hello | "$SUDP" connect 127.0.0.1:$port --plaintext -q --json
            wait $pid
            """)
        let object = try JSONSerialization.jsonObject(with: Data(result.errors.utf8))
        let fields = try #require(object as? [String: Any])
        #expect(fields["event"] as? String == "summary")
        #expect(fields["sent"] as? Int == 6)
        #expect(fields["mode"] as? String == "plaintext")
        #expect(fields["limited-app"] as? Double != nil)
    }
}
