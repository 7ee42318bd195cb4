// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that neither `make build` nor `make test` compiles it.
let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "retain", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        .executableTarget(
            name: "measure",
            dependencies: [
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Simulation", package: "retain"),
                .product(name: "Training", package: "retain"),
                .product(name: "ChurnModel", package: "retain"),
                .product(name: "NeuralNetwork", package: "retain"),
                .product(name: "Features", package: "retain"),
                .product(name: "Schema", package: "retain"),
                .product(name: "Tabular", package: "retain"),
                .product(name: "Files", package: "retain"),
                .product(name: "Kernels", package: "retain"),
            ],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .treatAllWarnings(as: .error),
                .strictMemorySafety(),
            ]
        )
    ]
)
