import Foundation
import Testing

/// Importing again is free, doubles nothing and hides nothing.
@Suite struct RepeatTests {
  @Test("Records are new events and duplicates, in the first import and in every further one")
  func counts() throws {
    let folder = try TemporaryFolder()
    let records = Story(seed: 1, eventsInHour: 1).records
    let files = Delivery.files(of: records, perFile: 100, tag: "a")
    try folder.deliver(files, into: "trails")
    try folder.deliver(
      Delivery.files(of: records.prefix(50).reversed(), perFile: 9, tag: "b"), into: "trails")
    // The same bytes under another name.
    try folder.write(try folder.data("trails/" + files[0].name), to: "trails/copy.json.gz")

    let first = try Program.importing("trails", in: folder)
    #expect(first.status == 0)
    #expect(first.summary.events == records.count)
    #expect(first.summary.duplicates == 50 + files[0].records.count)
    #expect(first.summary.records == first.summary.events + first.summary.duplicates)
    #expect(first.summary.filesKnown >= 1)
    #expect(first.summary.joined > 0)
    #expect(first.summary.endpointOnly > 0)
    let before = try StoreReader(folder.path("accessreview.sqlite")).publicViews()

    let second = try Program.importing("trails", in: folder)
    #expect(second.status == 0)
    #expect(second.summary.events == 0)
    #expect(second.summary.records == first.summary.records)
    #expect(second.summary.duplicates == first.summary.records)
    #expect(second.summary.contentBytes == 0)
    #expect(second.summary.files == first.summary.files)
    #expect(second.summary.filesKnown == first.summary.files.values.reduce(0, +))
    #expect(differences(before, try StoreReader(folder.path("accessreview.sqlite")).publicViews()) == [])
  }

  @Test("Problems of files that are known are told again and decide the exit status")
  func problems() throws {
    let folder = try TemporaryFolder()
    let good = Story(seed: 1, eventsInHour: 1).records[0].json
    try folder.write("{\"Records\":[\(good),{\"eventName\":\"X\"}]}", to: "in/damaged.json")
    try folder.write("{\"Records\":[\(good)", to: "in/cut.json")
    try folder.write(Story.snapshotPage(roles: []), to: "in/nobody.json")
    try folder.write("", to: "in/empty.json")
    let undated = Story.pages[2].page
    try folder.write(undated, to: "in/undated.json")
    let first = try Program.importing("in", in: folder)
    let second = try Program.importing("in", in: folder)
    #expect(first.status == 3)
    #expect(second.status == 3)
    #expect(
      first.summary.codes == [
        "file-empty", "json-truncated", "record-incomplete", "snapshot-date-assumed",
        "snapshot-without-account",
      ])
    #expect(second.summary.codes == first.summary.codes)
    #expect(second.summary.files == first.summary.files)
    for name in ["damaged", "cut", "nobody", "empty"] {
      let again = try Program.importing("in/\(name).json", in: folder)
      #expect(again.status == 3, "\(name)")
    }
  }

  @Test("A selection that is imported again with --complete counts as a whole delivery")
  func complete() throws {
    let folder = try TemporaryFolder()
    let record = Story(seed: 1, eventsInHour: 1).records[0].json
    try folder.write("{\"Records\":[\(record)]}", to: "download.json")
    #expect(try Program.importing("download.json", in: folder).status == 0)
    let store = folder.path("accessreview.sqlite")
    #expect(try StoreReader(store).column("SELECT is_selection FROM source_files") == ["1"])
    #expect(try StoreReader(store).column("SELECT DISTINCT state FROM coverage") == [])
    #expect(try Program.run("review", "--month", Story.month, in: folder).status == 0)
    #expect(try StoreReader(store).column("SELECT stale FROM reviews") == ["0"])

    let again = try Program.importing("download.json", in: folder, options: ["--complete"])
    #expect(again.summary.events == 0)
    #expect(try StoreReader(store).column("SELECT is_selection FROM source_files") == ["0"])
    #expect(try StoreReader(store).column("SELECT DISTINCT state FROM coverage") == ["covered"])
    #expect(
      try StoreReader(store).column("SELECT stale FROM reviews") == ["1"], "coverage changed since the review"
    )

    // And it stays one.
    #expect(try Program.importing("download.json", in: folder).status == 0)
    #expect(try StoreReader(store).column("SELECT is_selection FROM source_files") == ["0"])
  }

  @Test("A selection that comes again under CloudTrail's own name counts as delivered")
  func named() throws {
    let folder = try TemporaryFolder()
    let file = Delivery.files(of: Story(seed: 1, eventsInHour: 1).records, perFile: 100, tag: "a")[0]
    try folder.write(file.content, to: "download.json")
    try folder.deliver([file], into: "trails", compressed: false)
    #expect(try Program.importing("download.json", in: folder).status == 0)
    let store = folder.path("accessreview.sqlite")
    #expect(try StoreReader(store).column("SELECT is_selection FROM source_files") == ["1"])
    #expect(try Program.run("review", "--month", Story.month, in: folder).status == 0)
    #expect(try Program.importing("trails", in: folder).summary.filesKnown == 1)
    #expect(try StoreReader(store).column("SELECT is_selection FROM source_files") == ["0"])
    #expect(try StoreReader(store).column("SELECT stale FROM reviews") == ["1"])
    #expect(try StoreReader(store).value("SELECT count(*) FROM source_file_paths") == "2")
  }

  @Test("A digest that arrives later makes the files that it lists delivered, and proves quiet days")
  func digest() throws {
    let folder = try TemporaryFolder()
    let (account, region) = (Story.accounts[0], Story.regions[0])
    let records = Story(seed: 1, eventsInHour: 1).records.filter {
      $0.account == account && $0.region == region
    }
    let files = Delivery.files(of: records.filter { $0.time < Story.start + 80_000 }, perFile: 100, tag: "a")
    for (number, file) in files.enumerated() {
      try folder.write(file.content, to: "trails/renamed\(number).json")
    }
    for day in 0..<4 {
      try folder.write(
        Delivery.digest(of: files, account: account, region: region, day: day), to: "digests/\(day).json")
    }
    #expect(try Program.importing("trails", in: folder).status == 0)
    let store = folder.path("accessreview.sqlite")
    #expect(try StoreReader(store).column("SELECT DISTINCT is_selection FROM source_files") == ["1"])
    #expect(try Program.run("review", "--month", Story.month, in: folder).status == 0)

    let later = try Program.importing("digests", in: folder)
    #expect(later.status == 0)
    #expect(later.summary.codes == [])
    #expect(
      try StoreReader(store).column("SELECT DISTINCT is_selection FROM source_files WHERE kind = 'trail'")
        == ["0"])
    let states = try StoreReader(store).column(
      "SELECT state FROM coverage WHERE event_kind = 'management-read' ORDER BY day")
    // The last day's digest ends with the day, and events of its last minutes come after it.
    #expect(states == ["covered", "quiet", "quiet", "gap"])
    #expect(
      try StoreReader(store).column("SELECT stale FROM reviews") == ["1"], "coverage changed since the review"
    )
  }

  @Test("A snapshot's second page that is imported later, together with the first, completes it")
  func pages() throws {
    let folder = try TemporaryFolder()
    try folder.writeDocuments()
    let (first, second) = (Story.pages[0].name, Story.pages[1].name)
    #expect(try Program.importing(first, in: folder, options: ["--taken-at", Story.takenAt]).status == 0)
    let store = folder.path("accessreview.sqlite")
    #expect(try StoreReader(store).rows("SELECT is_complete FROM snapshot") == [["0"]])
    let both = try Program.importing(first, second, in: folder, options: ["--taken-at", Story.takenAt])
    #expect(both.status == 0)
    #expect(both.summary.files["snapshot"] == 2)
    #expect(both.summary.filesKnown == 1)
    #expect(try StoreReader(store).rows("SELECT is_complete FROM snapshot") == [["1"]])
    let roles = try StoreReader(store).column("SELECT role_id FROM roles WHERE state = 'live' ORDER BY 1")
    #expect(roles == [Story.deployNew.id, Story.reader.id])
  }

  @Test("A document that comes twice in one import is counted twice and stored once")
  func twice() throws {
    let folder = try TemporaryFolder()
    let page = Story.pages[2].page
    try folder.write(page, to: "in/a.json")
    try folder.write(page, to: "in/b.json")
    try folder.write(Story.configuration, to: "in/c.json")
    try folder.write(Story.configuration, to: "in/d.json")
    let first = try Program.importing("in", in: folder, options: ["--taken-at", Story.takenAt])
    #expect(first.summary.files["snapshot"] == 2)
    #expect(first.summary.files["trail-configuration"] == 2)
    #expect(first.summary.filesKnown == 2)
    let store = try StoreReader(folder.path("accessreview.sqlite"))
    #expect(try store.value("SELECT count(*) FROM source_files") == "2")
    #expect(try store.value("SELECT count(*) FROM source_file_paths") == "4")
    let second = try Program.importing("in", in: folder, options: ["--taken-at", Story.takenAt])
    #expect(second.summary.files == first.summary.files)
    #expect(second.summary.filesKnown == 4)
  }
}
