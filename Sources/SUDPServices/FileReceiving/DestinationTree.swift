/// Finds directories below the destination name by name, so that no link leads out of it.
struct DestinationTree {
    private let root: DirectoryHandle
    private let base: String?
    private var chain: [(name: String, handle: DirectoryHandle)] = []

    /// Everything is below `base` when there is one.
    init(root: DirectoryHandle, base: String? = nil) {
        self.root = root
        self.base = base
    }

    /// Makes the directory that everything is below.
    mutating func makeBase() throws(StoreFailure) {
        guard let base, chain.isEmpty else { return }
        try root.makeDirectory(base)
    }

    /// The directory of these names; the last one is made where asked to.
    mutating func directory(
        _ names: [String], creating: Bool = false
    ) throws(StoreFailure) -> DirectoryHandle {
        let names = (base.map { [$0] } ?? []) + names
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
