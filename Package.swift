// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "sudp",
    products: [
        .executable(name: "sudp", targets: ["sudp"]),
        .library(name: "SUDPTransport", targets: ["SUDPTransport"]),
    ],
    dependencies: [
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        // Without pkgConfig: its flags for C would only make the package manager warn.
        .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .target(name: "CLinuxUDP"),
        .target(name: "CLinuxFiles"),
        // Calls the engine below the product, whose own interface allocates for every packet.
        .target(
            name: "CPacketProtection",
            dependencies: [.product(name: "Crypto", package: "swift-crypto")]),
        .target(
            name: "SUDPCrypto", dependencies: ["COpenSSL", "CPacketProtection"],
            swiftSettings: swiftSettings),
        .target(
            name: "SUDPProtocol",
            dependencies: [
                "SUDPCrypto", .product(name: "DequeModule", package: "swift-collections"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "SUDPTransport",
            dependencies: [
                "SUDPProtocol", "CLinuxUDP", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "SUDPServices",
            dependencies: [
                "SUDPTransport", "CLinuxFiles",
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "sudp",
            dependencies: [
                "CMalloc", "CReadline", "SUDPServices", "SUDPTransport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "chat-load", dependencies: ["SUDPServices", "SUDPTransport"],
            path: "Benchmarks/ChatLoad", swiftSettings: swiftSettings),
        .executableTarget(
            name: "connection-load", dependencies: ["SUDPTransport"],
            path: "Benchmarks/ConnectionLoad", swiftSettings: swiftSettings),
        .executableTarget(
            name: "core-path", dependencies: ["SUDPSimulator", "SUDPProtocol", "SUDPCrypto"],
            path: "Benchmarks/CorePath", swiftSettings: swiftSettings),
        .target(
            name: "SUDPSimulator", dependencies: ["SUDPProtocol", "SUDPCrypto"],
            path: "Tests/SUDPSimulator", swiftSettings: swiftSettings),
        .testTarget(
            name: "SUDPCryptoTests", dependencies: ["SUDPCrypto", "COpenSSL"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "SUDPProtocolTests",
            dependencies: ["SUDPProtocol", "SUDPCrypto", "SUDPSimulator"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "SimulationTests", dependencies: ["SUDPSimulator", "SUDPProtocol"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "SUDPTransportTests",
            dependencies: ["SUDPTransport", "SUDPProtocol", "CLinuxUDP"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "SUDPServicesTests", dependencies: ["SUDPServices"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "CommandTests", dependencies: ["sudp"], swiftSettings: swiftSettings),
        .testTarget(name: "RepositoryTests", swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6]
)
