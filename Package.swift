// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target of the house is held to.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "authfcgi",
    products: [.executable(name: "authfcgi", targets: ["AuthFCGI"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        .target(name: "AuthDomain", swiftSettings: settings),
        .executableTarget(
            name: "AuthFCGI",
            dependencies: [
                "AuthDomain", "CCurl", "CFastCGI", "CHashMemory", "CIDN", "CMariaDB", "COpenSSL", "CSodium", "CSystem",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                "TOMLKit",
            ],
            swiftSettings: settings
        ),
        .target(name: "CCurl"),
        .systemLibrary(name: "CFastCGI", providers: [.apt(["libfcgi-dev"])]),
        .target(name: "CHashMemory"),
        .systemLibrary(name: "CIDN", pkgConfig: "libidn2", providers: [.apt(["libidn2-dev"])]),
        .systemLibrary(name: "CMariaDB", pkgConfig: "libmariadb", providers: [.apt(["libmariadb-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CSystem"),
        .target(
            name: "AuthTestSupport", dependencies: ["AuthDomain"], path: "Tests/AuthTestSupport",
            swiftSettings: settings),
        .testTarget(name: "AuthDomainTests", dependencies: ["AuthDomain", "AuthTestSupport"], swiftSettings: settings),
        .testTarget(
            name: "AuthFCGITests", dependencies: ["AuthFCGI", "AuthDomain", "AuthTestSupport"], swiftSettings: settings),
        .testTarget(
            name: "MariaDBTests", dependencies: ["AuthFCGI", "AuthDomain", "AuthTestSupport"], swiftSettings: settings),
    ]
)
