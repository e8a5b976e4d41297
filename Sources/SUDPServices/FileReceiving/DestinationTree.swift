/// Finds directories below the destination name by name, so that no link leads out of it.
struct DestinationTree {
    private let root: DirectoryHandle
    private var chain: [(name: String, handle: DirectoryHandle)] = []

    init(root: DirectoryHandle) {
        self.root = root
    }

    /// The directory of these names; the last one is made where asked to.
    mutating func directory(
        _ names: [String], creating: Bool = false
    ) throws(StoreFailure) -> DirectoryHandle {
        let known = zip(chain, names).prefix { $0.name == $1 }.count
        chain.removeLast(chain.count - known)
        for (index, name) in names.enumerated().dropFirst(known) {
            let parent = chain.last?.handle ?? root
            let handle = try parent.directory(
                name, creating: creating && index == names.count - 1)
            chain.append((name, handle))
        }
        return chain.last?.handle ?? root
    }
}
