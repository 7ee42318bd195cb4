// swift-tools-version: 6.2

import PackageDescription

// The numbers are the same bytes on every machine only if every fused multiply-add is one
// instruction; on x86-64 that needs these two features, which `retain` checks for at start.
#if arch(x86_64)
let fusedMultiplyAdd: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-mavx2", "-Xcc", "-mfma"])]
#else
let fusedMultiplyAdd: [SwiftSetting] = []
#endif

/// Loops over rows are up to 400 times slower unoptimised, so these targets never are.
let alwaysOptimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
]

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let database: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let httpClient: Target.Dependency = .product(
    name: "AsyncHTTPClient",
    package: "async-http-client"
)
let arguments: Target.Dependency = .product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let hummingbird: [Target.Dependency] = [
    .product(name: "Hummingbird", package: "hummingbird"),
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "Logging", package: "swift-log"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
]
let signals: Target.Dependency = .product(
    name: "UnixSignals",
    package: "swift-service-lifecycle"
)
let tls: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let network: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    tls,
]

/// One room of the house: a library target and the tests that mirror it.
func room(
    _ name: String,
    _ dependencies: [Target.Dependency] = [],
    extra: [SwiftSetting] = [],
    testing: [Target.Dependency] = [],
    fixtures: Bool = false,
    exclude: [String] = []
) -> [Target] {
    [
        .target(
            name: name,
            dependencies: dependencies,
            exclude: exclude,
            swiftSettings: settings + extra
        ),
        .testTarget(
            name: name + "Tests",
            dependencies: [.byName(name: name), "TestSupport"] + dependencies + testing,
            resources: fixtures ? [.copy("Fixtures")] : [],
            swiftSettings: settings
        ),
    ]
}

// In the order in which data flows: each target imports only what stands above it.
let targets: [Target] = [
    [
        .target(name: "CProcessor"), .target(name: "CFlush"),
        // Debian's libssl-dev; one more copy of a cryptographic library would double the build.
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    ],
    room("Output"),
    room("Kernels", ["CProcessor"], extra: fusedMultiplyAdd + alwaysOptimised, fixtures: true),
    room("Files", ["Output", "CFlush", "CCrypto", "CZlib", "CZstd"]),
    room("Tabular", ["Kernels", "Files", "Output"], fixtures: true),
    room("Evaluation", ["Kernels", "Output"], extra: alwaysOptimised, fixtures: true),
    room("Schema", ["Tabular", "Output", yams], testing: ["Evaluation"], fixtures: true),
    room(
        "Features",
        ["Schema", "Tabular", "Kernels", "Output"],
        extra: alwaysOptimised,
        fixtures: true
    ),
    room("NeuralNetwork", ["Kernels"], extra: alwaysOptimised, fixtures: true),
    room("Trees", ["Kernels"], extra: alwaysOptimised, fixtures: true),
    room(
        "Drift",
        ["NeuralNetwork", "Evaluation", "Schema", "Tabular", "Kernels", "Output"],
        extra: alwaysOptimised,
        testing: ["Simulation"],
        fixtures: true
    ),
    room("ONNX", [protobuf], exclude: ["onnx.proto"]),
    room(
        "ChurnModel",
        [
            "ONNX", "Drift", "Trees", "NeuralNetwork", "Features", "Evaluation", "Schema",
            "Tabular",
            "Kernels", "Files", "Output",
        ],
        fixtures: true
    ),
    room("Texts", ["Output"]),
    room(
        "Explanation",
        ["Texts", "ChurnModel", "Drift", "Features", "Schema", "Kernels", "Output"],
        extra: alwaysOptimised,
        testing: ["Simulation", "Tabular", "Trees", "NeuralNetwork"],
        fixtures: true
    ),
    room(
        "Campaign",
        ["Texts", "Evaluation", "Tabular", "Kernels", "Files", "Output"],
        extra: alwaysOptimised,
        fixtures: true
    ),
    room(
        "Tracking",
        ["Files", "Output", database, httpClient, subprocess] + network,
        fixtures: true
    ),
    room("Charts", ["Texts", "Output"]),
    room("Markup", ["Charts", "Texts"]),
    room(
        "Reports",
        [
            "Explanation", "Campaign", "Texts", "Tracking", "Markup", "Charts", "Drift",
            "Evaluation",
            "Output",
        ],
        testing: ["Schema", "Tabular"]
    ),
    room("Desk", ["Markup", "Charts", "Texts", "Files"]),
    room("Search", ["Kernels", "Files", "Output"]),
    room(
        "Training",
        [
            "Explanation", "Texts", "Tracking", "Search", "Reports", "Charts", "ChurnModel",
            "Drift",
            "Trees",
            "NeuralNetwork",
            "Features", "Schema", "Evaluation", "Tabular", "Files", "Kernels", "Output",
        ],
        testing: ["Simulation"]
    ),
    room("Simulation", ["Kernels", "Output"]),
    [
        // What tests of more than one target need.
        .target(
            name: "TestSupport",
            dependencies: ["Simulation"],
            path: "Tests/TestSupport",
            swiftSettings: settings
        )
    ],
    room("Wire", ["Schema", "Tabular", "Kernels", "Output"]),
    room("Record", ["Wire", "Campaign", "Schema", "Tabular", "Output", database, sqlite]),
    room(
        "Lifecycle",
        [
            "Record", "Explanation", "Campaign", "Texts", "Training", "Tracking", "Reports",
            "Charts",
            "ChurnModel", "Drift", "Trees",
            "NeuralNetwork",
            "Schema", "Evaluation", "Tabular", "Files", "Output",
        ],
        testing: ["Simulation"]
    ),
    room("OpenAPI", ["Wire", "Schema", "Files", "Output"]),
    room(
        "Serving",
        [
            "Lifecycle", "Record", "Explanation", "Texts", "OpenAPI", "Wire", "ChurnModel", "Drift",
            "Evaluation", "Features",
            "Schema",
            "Tabular",
            "Tracking", "Kernels", "Files", "Output", signals, tls, httpClient,
            .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        ] + hummingbird,
        testing: [
            "NeuralNetwork",
            .product(name: "HummingbirdTesting", package: "hummingbird"),
            .product(name: "NIOEmbedded", package: "swift-nio"),
        ]
    ),
    room(
        "DeskServing",
        [
            "Desk", "Serving", "Lifecycle", "Record", "Campaign", "Explanation", "Simulation",
            "Reports", "Drift",
            "Training", "Tracking", "Wire", "OpenAPI", "ChurnModel", "Evaluation", "Schema",
            "Tabular",
            "Texts", "Files", "Output",
            .product(name: "Logging", package: "swift-log"),
        ]
    ),
    [
        .executableTarget(
            name: "retain",
            dependencies: [
                "DeskServing", "Serving", "Lifecycle", "Simulation", "Training", "Tracking",
                "Search", "Reports",
                "Charts",
                "ChurnModel", "Drift", "NeuralNetwork", "Schema", "Evaluation", "Tabular", "Files",
                "Explanation", "Campaign", "Texts", "Kernels", "Wire", "Record",
                "OpenAPI", "Output", arguments, signals, yams, httpClient, tls,
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "SystemPackage", package: "swift-system"),
            ] + hummingbird,
            swiftSettings: settings
        ),
        .testTarget(
            name: "retainTests",
            dependencies: ["retain", "TestSupport"],
            swiftSettings: settings
        ),
    ],
].flatMap(\.self)

let package = Package(
    name: "retain",
    platforms: [.macOS(.v26)],
    products: targets.filter {
        $0.type == .regular && !["CProcessor", "CFlush", "TestSupport"].contains($0.name)
    }
    .map { .library(name: $0.name, targets: [$0.name]) },
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration",
            from: "1.4.0",
            traits: ["YAML"]
        ),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird",
            from: "2.28.1",
            traits: []
        ),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: targets
)
