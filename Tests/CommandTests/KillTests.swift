import Foundation
import Testing

/// An import may be killed at any moment.
@Suite struct KillTests {
  private static let inputs = ["trails", "iam", "config", "org"]
  private static let options = ["--transaction-events", "40", "--taken-at", Story.takenAt]

  private static func story(in folder: TemporaryFolder) throws {
    let records = Story(seed: 5).records
    // Some records come twice, in files that are read long after one another.
    let files = Delivery.files(of: records, perFile: 50, tag: "a")
    let again = Delivery.files(of: records.filter { $0.time % 7 == 0 }, perFile: 50, tag: "b")
    try folder.deliver(files + again, into: "trails")
    for (number, region) in Story.regions.enumerated() {
      for day in 0..<Story.days {
        let digest = Delivery.digest(of: files, account: Story.accounts[0], region: region, day: day)
        try folder.write(digest, to: "trails/AWSLogs/CloudTrail-Digest/\(number)-\(day).json")
      }
    }
    try folder.writeDocuments()
  }

  private static func arguments(_ store: String) -> [String] { ["import", "--db", store] + options + inputs }

  @Test(
    "An import that was killed again and again and then run to its end leaves what one undisturbed run leaves"
  )
  func killed() throws {
    let folder = try TemporaryFolder()
    try KillTests.story(in: folder)
    let began = Date()
    let whole = try Program.run(KillTests.arguments("whole.sqlite"), in: folder)
    let duration = Date().timeIntervalSince(began)
    #expect(whole.status == 0, "\(whole.output)\(whole.error)")
    let expected = try StoreReader(folder.path("whole.sqlite")).publicViews()
    #expect(
      Int(try StoreReader(folder.path("whole.sqlite")).value("SELECT count(*) FROM source_files") ?? "") ?? 0
        > 400)

    var dice = Dice(17)
    var kills = 0
    for round in 0..<5 {
      let store = "killed\(round).sqlite"
      for _ in 0..<6 {
        let running = try RunningProgram([Program.path] + KillTests.arguments(store), in: folder)
        Thread.sleep(forTimeInterval: Double.random(in: 0...duration, using: &dice))
        running.kill()
        if try running.wait().status == -1 { kills += 1 }
      }
      let last = try Program.run(KillTests.arguments(store), in: folder)
      #expect(last.status == 0, "\(last.output)\(last.error)")
      let reader = try StoreReader(folder.path(store))
      #expect(try reader.damage() == [])
      #expect(differences(expected, try reader.publicViews()) == [])
    }
    // Most of them must have hit, or the test says nothing.
    #expect(kills >= 15)
  }
}
