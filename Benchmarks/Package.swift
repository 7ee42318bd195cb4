// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
]

/// A program that imports these targets of Retain.
func program(_ name: String, _ targets: [String]) -> Target {
    .executableTarget(
        name: name,
        dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")]
            + targets.map { .product(name: $0, package: "retain") },
        swiftSettings: settings
    )
}

// A package of its own, so that neither `make build` nor `make test` compiles it.
let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "retain", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        program(
            "measure",
            [
                "Simulation", "Lifecycle", "Training", "ChurnModel", "Drift", "NeuralNetwork",
                "Features",
                "Schema",
                "Tabular", "Files", "Kernels",
            ]
        ),
        program(
            "drift-study",
            [
                "Simulation", "Lifecycle", "Training", "ChurnModel", "Drift", "Evaluation",
                "Schema", "Tabular",
                "Files", "Kernels",
            ]
        ),
        program("decision-study", ["Campaign", "Evaluation", "Kernels"]),
    ]
)
