// swift-tools-version: 6.2
import PackageDescription

/// The micro-benchmarks: the product's sources and those of Target/Micro as one module, so that internal code is reached
/// and optimised as it is in the product. A package of its own, which the product's build knows nothing of.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "authfcgi-micro",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        .target(name: "AuthDomain", swiftSettings: settings),
        .executableTarget(
            name: "authfcgi-micro",
            dependencies: [
                "AuthDomain", "CCurl", "CFastCGI", "CHashMemory", "CIDN", "CMariaDB", "COpenSSL", "CSodium", "CSystem",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                "TOMLKit",
            ],
            path: "Target",
            exclude: ["Product/Commands/AuthFCGI.swift"],
            swiftSettings: settings
        ),
        .target(name: "CCurl"),
        .systemLibrary(name: "CFastCGI"),
        .target(name: "CHashMemory"),
        .systemLibrary(name: "CIDN", pkgConfig: "libidn2"),
        .systemLibrary(name: "CMariaDB", pkgConfig: "libmariadb"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto"),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium"),
        .systemLibrary(name: "CSystem"),
    ]
)
