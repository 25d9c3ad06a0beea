import Foundation
import Testing

/// What a store says depends on the events, never on how they came.
@Suite struct OrderTests {
  /// What speaks of files may differ, and nothing else.
  private static let ofFiles: Set<String> = ["source_files", "source_file_paths", "import_problems"]

  /// Imports, reviews, and gives what the store then says.
  private static func said(
    _ store: String, in folder: TemporaryFolder, paths: [[String]], options: [String] = [],
    without left: Set<String> = ofFiles
  ) throws -> [String: [String]] {
    for some in paths {
      let outcome = try Program.run(
        ["import", "--db", store, "--taken-at", Story.takenAt] + options + some, in: folder)
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
    }
    let review = try Program.run(
      "review", "--db", store, "--month", Story.month, "--window", "3d", in: folder)
    #expect(review.status == 0, "\(review.error)")
    let report = try Program.run(
      "report", "--db", store, "--month", Story.month, "--format", "json", in: folder)
    #expect(report.status == 0, "\(report.error)")
    var views = try StoreReader(folder.path(store)).publicViews(without: left)
    views["report"] = report.output.components(separatedBy: "\n")
    #expect(views["role_usage"]?.isEmpty == false)
    #expect(views["permission_verdicts"]?.isEmpty == false)
    #expect(views["findings"]?.isEmpty == false)
    return views
  }

  @Test(
    "Events that were split into other files and came in another order, or twice, say the same",
    arguments: [3, 8])
  func order(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let records = Story(seed: seed, eventsInHour: 4).records
    try folder.deliver(Delivery.files(of: records, perFile: 100, tag: "a"), into: "trails")
    try folder.writeDocuments()
    let expected = try OrderTests.said(
      "first.sqlite", in: folder, paths: [["trails", "iam", "config", "org"]])

    var dice = Dice(seed)
    // Each hour's events in another order, in smaller files, of which the names sort otherwise.
    let mixed = Delivery.files(of: records.shuffled(using: &dice), perFile: 3, tag: "z")
    let twice = Delivery.files(of: records.shuffled(using: &dice), perFile: 7, tag: "m")
    for (number, file) in mixed.shuffled(using: &dice).enumerated() {
      try folder.deliver([file], into: "part\(number % 3)", compressed: false)
    }
    try folder.deliver(twice, into: "twice", compressed: false)
    let parts = [["part2", "org"], ["part0", "iam"], ["twice", "config"], ["part1"]]
    let other = try OrderTests.said("other.sqlite", in: folder, paths: parts)
    #expect(differences(expected, other) == [])

    let lastFirst = try OrderTests.said(
      "backwards.sqlite", in: folder,
      paths: [["twice"], ["iam", "config", "org"], ["part1"], ["part2", "part0", "trails"]])
    #expect(differences(expected, lastFirst) == [])
  }

  @Test("One reader thread and three leave the same store")
  func threads() throws {
    let folder = try TemporaryFolder()
    try folder.deliver(
      Delivery.files(of: Story(seed: 2, eventsInHour: 2).records, perFile: 3, tag: "a"), into: "trails")
    try folder.writeDocuments()
    let paths = [["trails", "iam", "config", "org"]]
    let small = ["--transaction-events", "20"]
    let one = try OrderTests.said(
      "one.sqlite", in: folder, paths: paths, options: ["--threads", "1"] + small, without: [])
    let three = try OrderTests.said(
      "three.sqlite", in: folder, paths: paths, options: ["--threads", "3"] + small, without: [])
    #expect(differences(one, three) == [])
    let large = try OrderTests.said("large.sqlite", in: folder, paths: paths, without: [])
    #expect(differences(one, large) == [])
  }

  @Test("Pages of snapshots say the same whichever came first, whatever their files are called")
  func pages() throws {
    let folder = try TemporaryFolder()
    try folder.deliver(
      Delivery.files(of: Story(seed: 4, eventsInHour: 1).records, perFile: 100, tag: "a"), into: "trails")
    try folder.writeDocuments()
    let paths = Story.pages.map(\.name)
    for (number, path) in paths.enumerated() {
      try folder.write(try folder.data(path), to: "renamed/\(9 - number).json")
    }
    let expected = try OrderTests.said(
      "first.sqlite", in: folder, paths: [["trails", "config", "org"] + paths])
    let other = try OrderTests.said(
      "other.sqlite", in: folder, paths: [["config"], [paths[1]], ["renamed", "org"], ["trails"]])
    #expect(differences(expected, other) == [])
  }
}
