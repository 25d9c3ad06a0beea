// swift-tools-version: 6.2

import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// A module of ours, with the settings that all of them share.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

/// The tests of a module.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

let package = Package(
  name: "accessreview",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "ActionCatalog", targets: ["ActionCatalog"]),
    .library(name: "IAMPolicy", targets: ["IAMPolicy"]),
    .library(name: "CloudTrail", targets: ["CloudTrail"]),
    .executable(name: "accessreview", targets: ["AccessReviewCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
  ],
  targets: [
    module("IAMIdentifiers"),
    module("JSONText", ["IAMIdentifiers"]),
    .target(name: "CContentHash", linkerSettings: [.linkedLibrary("crypto")]),
    module("ContentHash", ["CContentHash"]),
    .target(
      name: "CActionCatalogData",
      exclude: [
        "actions.tsv", "calls.tsv", "conditions.tsv", "errors.tsv", "evidence.tsv", "former.tsv",
        "passrole.tsv", "regions.tsv", "resources.tsv",
        "sources.tsv", "Generator",
      ]),
    module("ActionCatalog", ["IAMIdentifiers", "JSONText", "CActionCatalogData"]),
    .target(
      name: "CCollectScript",
      exclude: [
        "head.sh", "answers.sh", "accounts.sh", "single.sh", "profiles.sh", "roles.sh", "main.sh", "parts",
      ]),
    module("IAMPolicy", ["IAMIdentifiers", "JSONText"]),
    module("PolicyAlgebra", ["IAMIdentifiers", "ActionCatalog", "IAMPolicy"]),
    .target(name: "CTrailFacts"),
    .target(
      name: "CTrailScanner",
      // CTrailFacts' header is included as text: C++ targets cannot import it as a module.
      cxxSettings: [.headerSearchPath("../CTrailFacts/include")],
      linkerSettings: [
        .linkedLibrary("simdjson"), .linkedLibrary("deflate"), .linkedLibrary("z"),
        .linkedLibrary("crypto"),
      ]),
    module("TrailFacts", ["IAMIdentifiers", "CTrailFacts"]),
    module("CloudTrail", ["IAMIdentifiers", "TrailFacts", "CTrailFacts", "CTrailScanner"]),
    module("IAMSnapshot", ["IAMIdentifiers", "JSONText", "IAMPolicy"]),
    module(
      "EvidenceStore",
      [
        "IAMIdentifiers", "JSONText", "ContentHash", "CTrailFacts", "TrailFacts", "IAMPolicy", "IAMSnapshot",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    module(
      "AccessReview",
      [
        "IAMIdentifiers", "JSONText", "ContentHash", "ActionCatalog", "IAMPolicy", "PolicyAlgebra",
        "TrailFacts",
        "CloudTrail",
        "IAMSnapshot", "EvidenceStore",
      ]),
    module(
      "ReviewReport",
      ["IAMIdentifiers", "AccessReview", .product(name: "Mustache", package: "swift-mustache")]),
    .executableTarget(
      name: "AccessReviewCommand",
      dependencies: [
        "IAMIdentifiers", "JSONText", "ActionCatalog", "IAMPolicy", "PolicyAlgebra", "TrailFacts",
        "CloudTrail",
        "IAMSnapshot", "EvidenceStore", "AccessReview", "ReviewReport", "CCollectScript",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: swiftSettings),
    tests("IAMIdentifiersTests", ["IAMIdentifiers"]),
    tests("ActionCatalogTests", ["ActionCatalog", "IAMIdentifiers"]),
    tests("IAMPolicyTests", ["IAMPolicy", "JSONText", "IAMIdentifiers"]),
    tests(
      "PolicyAlgebraTests", ["PolicyAlgebra", "ActionCatalog", "IAMPolicy", "JSONText", "IAMIdentifiers"]),
    tests("CloudTrailTests", ["CloudTrail", "TrailFacts", "IAMIdentifiers"]),
    tests("IAMSnapshotTests", ["IAMSnapshot", "IAMPolicy", "IAMIdentifiers"]),
    tests(
      "EvidenceStoreTests",
      [
        "EvidenceStore", "TrailFacts", "IAMSnapshot", "IAMIdentifiers",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests("AccessReviewTests", ["AccessReview", "EvidenceStore", "IAMIdentifiers"]),
    tests("ReviewReportTests", ["ReviewReport", "AccessReview", "JSONText"]),
    tests(
      "CommandTests",
      [
        "AccessReviewCommand", "ActionCatalog", "ContentHash", "IAMIdentifiers",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
  ],
  cLanguageStandard: .c2x,
  cxxLanguageStandard: .cxx20
)
