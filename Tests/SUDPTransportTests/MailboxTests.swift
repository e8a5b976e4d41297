import CLinuxUDP
import Glibc
import Testing

@testable import SUDPTransport

@Suite struct MailboxTests {
    private let mailbox: Mailbox<Int>

    init() throws {
        mailbox = try Mailbox()
    }

    @Test func `messages are taken in order of posting`() {
        for number in 0..<5 { mailbox.post(number) }

        #expect(mailbox.takeAll(wasSignalled: false) == [0, 1, 2, 3, 4])
        #expect(mailbox.takeAll(wasSignalled: false) == [])
    }

    @Test func `a reader that is awake is not woken`() {
        #expect(!mailbox.post(1))
        #expect(!isSignalled)
    }

    @Test func `a sleeping reader is woken once for any number of messages`() {
        #expect(mailbox.prepareToSleep())

        #expect(mailbox.post(1))
        #expect(!mailbox.post(2))
        #expect(isSignalled)
        #expect(mailbox.takeAll(wasSignalled: true) == [1, 2])
        #expect(!isSignalled)
    }

    @Test func `a reader does not go to sleep over a message`() {
        mailbox.post(1)

        #expect(!mailbox.prepareToSleep())
        #expect(!mailbox.post(2))
    }

    @Test func `no message of many threads gets lost`() async {
        let senders = 8
        let count = 2000
        let mailbox = mailbox
        await withTaskGroup(of: Void.self) { group in
            for sender in 0..<senders {
                group.addTask { for number in 0..<count { mailbox.post(sender * count + number) } }
            }
            group.addTask {
                var taken: Set<Int> = []
                while taken.count < senders * count {
                    var isSignalled = false
                    if mailbox.prepareToSleep() {
                        var entry = pollfd(
                            fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0)
                        isSignalled = sudp_ppoll(&entry, 1, 20_000_000_000) == 1
                        #expect(isSignalled, "the reader slept over a message")
                        guard isSignalled else { return }
                    }
                    taken.formUnion(mailbox.takeAll(wasSignalled: isSignalled))
                }
            }
        }
    }

    private var isSignalled: Bool {
        var entry = pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) == 1
    }
}
