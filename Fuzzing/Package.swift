// swift-tools-version: 6.2

import PackageDescription

// A package of its own, since a fuzzer's program has libFuzzer's main and coverage in all that it tries.
let package = Package(
    name: "fuzzing",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "retain", path: "..")],
    targets: [
        .executableTarget(
            name: "FuzzWire",
            dependencies: [
                .product(name: "Wire", package: "retain"),
                .product(name: "Schema", package: "retain"),
                .product(name: "Tabular", package: "retain"),
            ],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .unsafeFlags(["-parse-as-library", "-sanitize=fuzzer"]),
            ],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
        )
    ]
)
