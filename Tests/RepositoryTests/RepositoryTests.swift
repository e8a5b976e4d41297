import Testing

@Suite struct RepositoryTests {
    private let repository: Repository

    init() throws {
        repository = try Repository()
    }

    @Test func `files, lines, functions and types stay small`() {
        report(repository.code.flatMap(SizeRules.findings))
    }

    @Test func `documents stay short`() {
        report(repository.files.flatMap(SizeRules.documentLength))
    }

    @Test func `modules import only what their folder may`() {
        report(repository.swiftSources.flatMap(ImportRule.findings))
    }

    @Test func `sources hold no forced unwrap, try or cast`() {
        report(repository.swiftSources.flatMap(WordRules.traps))
    }

    @Test func `the core has no clock, chance, task, class, output or unsafe code`() {
        report(repository.swiftSources.flatMap(WordRules.effects))
    }

    @Test func `no work is left for later`() {
        report(repository.files.flatMap(WordRules.leftovers))
    }

    @Test func `no private key is committed`() {
        report(repository.files.flatMap(WordRules.privateKeys))
    }

    @Test func `files lie where they belong under names that say something`() {
        report(repository.paths.flatMap(LayoutRules.findings))
    }

    @Test func `the map of Sources names every folder`() throws {
        let map = repository.files.first { $0.path == "Sources/README.md" }

        report(LayoutRules.unnamedFolders(paths: repository.paths, map: try #require(map)))
    }

    @Test func `the maps name nothing that is gone`() {
        let maps = repository.files.filter { Limits.maps.contains($0.path) }

        report(maps.flatMap { LayoutRules.missingPaths(in: $0, paths: repository.paths) })
    }

    private func report(_ findings: [Finding]) {
        for finding in findings { Issue.record("\(finding)") }
    }
}
