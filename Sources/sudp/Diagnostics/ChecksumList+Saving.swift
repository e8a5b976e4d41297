import SUDPServices

extension ChecksumList? {
    /// Saves the list behind a transfer, whatever came of it; nothing without a list.
    ///
    /// What is wrong with the transfer counts more than what is wrong with the list.
    func saved(_ transfer: () async throws -> Void) async throws {
        do { try await transfer() } catch {
            do { try self?.save() } catch let unsaved { Diagnostics.say("\(unsaved)") }
            throw error
        }
        try self?.save()
    }
}
