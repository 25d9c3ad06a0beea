import Foundation
import GRDB
import Testing

/// Stores that cannot be used, and places where none can be made.
@Suite struct StoreTests {
  private static let trail = "{\"Records\":[\(Story(seed: 1, eventsInHour: 1).records[0].json)]}"

  /// Runs as somebody who is not root: as oneself, or as nobody where root runs the tests.
  static let unprivileged: [String]? = {
    if geteuid() != 0 { return [] }
    let drop = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    guard let folder = try? TemporaryFolder(), (try? folder.setPermissions(0o755)) != nil,
      let outcome = try? Program.run(["--version"], in: folder, wrapper: drop), outcome.status == 0
    else { return nil }
    return drop
  }()

  private static let namespace = ["unshare", "--mount", "sh", "-c"]

  /// Whether a small disk can be had.
  private static let canMount: Bool = {
    guard let folder = try? TemporaryFolder() else { return false }
    let outcome = try? RunningProgram(namespace + ["mount -t tmpfs -o size=64k none ."], in: folder).wait()
    return outcome?.status == 0
  }()

  @Test("A review without a store says what to do, and makes none")
  func missing() throws {
    let folder = try TemporaryFolder()
    for command in [["review", "--month", "2026-10"], ["review", "--db", "elsewhere/x.sqlite"]] {
      let outcome = try Program.run(command, in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.output == "")
      #expect(outcome.error.contains("there is no store here. Run `accessreview import` first"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
  }

  @Test("The store is the one that --db names, else $ACCESSREVIEW_DB, else accessreview.sqlite")
  func which() throws {
    let folder = try TemporaryFolder()
    try folder.write(StoreTests.trail, to: "in/a.json")
    let environment = ["ACCESSREVIEW_DB": "environment.sqlite"]
    #expect(
      try Program.run(["import", "--db", "option.sqlite", "in"], in: folder, environment: environment).status
        == 0)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == [
        "in", "option.sqlite",
      ])
    #expect(try Program.run(["import", "in"], in: folder, environment: environment).status == 0)
    #expect(FileManager.default.fileExists(atPath: folder.path("environment.sqlite")))
    #expect(try Program.run(["import", "in"], in: folder, environment: ["ACCESSREVIEW_DB": ""]).status == 0)
    #expect(FileManager.default.fileExists(atPath: folder.path("accessreview.sqlite")))
    let mode = try FileManager.default.attributesOfItem(atPath: folder.path("option.sqlite"))[
      .posixPermissions]
    #expect((mode as? NSNumber)?.intValue == 0o600, "events are nobody else's business")
  }

  @Test("A file that is no store is left as it is", arguments: ["import", "review"])
  func foreign(command: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(StoreTests.trail, to: "in/a.json")
    try folder.write(
      "This is a letter, and longer than a hundred bytes. " + String(repeating: "x", count: 2000),
      to: "letter")
    try DatabaseQueue(path: folder.path("other.sqlite")).write { try $0.execute(sql: "CREATE TABLE mine(a)") }
    for name in ["letter", "other.sqlite"] {
      let before = try folder.data(name)
      let outcome = try Program.run(
        [command, "--db", name] + (command == "import" ? ["in"] : ["--month", "2026-10"]), in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.error.contains("\(name): this is not a store of accessreview."), "\(outcome.error)")
      #expect(try folder.data(name) == before)
    }
    let folderAsStore = try Program.run(
      [command, "--db", "in"] + (command == "import" ? ["in"] : []), in: folder)
    #expect(folderAsStore.status == 1)
    #expect(folderAsStore.error.contains("in: "))
  }

  @Test("A store that a newer program wrote is left as it is", arguments: ["import", "review"])
  func newer(command: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(StoreTests.trail, to: "in/a.json")
    #expect(try Program.run("import", "in", in: folder).status == 0)
    try DatabaseQueue(path: folder.path("accessreview.sqlite")).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES('999')")
    }
    let outcome = try Program.run(
      [command] + (command == "import" ? ["in"] : ["--month", "2026-10"]), in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.error.contains("written by a newer accessreview (it has 999)"), "\(outcome.error)")
  }

  @Test("A store that another program writes to is said to be busy", .timeLimit(.minutes(1)))
  func busy() throws {
    let folder = try TemporaryFolder()
    try folder.write(StoreTests.trail, to: "in/a.json")
    #expect(try Program.run("import", "in", in: folder).status == 0)
    try folder.write(StoreTests.trail + " ", to: "in/b.json")
    let other = try DatabaseQueue(path: folder.path("accessreview.sqlite"))
    let outcome = try other.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      defer { try? db.execute(sql: "ROLLBACK") }
      return try Program.run("import", "in", in: folder)
    }
    #expect(outcome.status == 1)
    #expect(outcome.error.contains("another program is writing to the store"), "\(outcome.error)")
  }

  @Test(
    "A store that may not be written is said to be so, and a folder that may not be read costs nothing else",
    .enabled(
      if: unprivileged != nil, "as root, permissions can be tested only where setpriv can give them up"))
  func permissions() throws {
    let wrapper = StoreTests.unprivileged ?? []
    let folder = try TemporaryFolder()
    try folder.write(StoreTests.trail, to: "in/good.json")
    try folder.write(StoreTests.trail, to: "in/closed/a.json")
    try folder.write(StoreTests.trail + "\n", to: "in/secret.json")
    try FileManager.default.createDirectory(atPath: folder.path("open"), withIntermediateDirectories: true)
    for name in ["", "in"] { try folder.setPermissions(0o755, of: name) }
    for name in ["in/closed", "in/secret.json"] { try folder.setPermissions(0, of: name) }
    defer { try? folder.setPermissions(0o700, of: "in/closed") }
    try folder.setPermissions(0o644, of: "in/good.json")
    try folder.setPermissions(0o777, of: "open")

    let partly = try Program.importing("in", into: "open/s.sqlite", in: folder, wrapper: wrapper)
    #expect(partly.status == 3)
    #expect(partly.summary.codes == ["file-unreadable", "folder-unreadable"])
    #expect(partly.summary.events == 1)

    // A folder that takes no store.
    try folder.setPermissions(0o555, of: "open")
    let unmade = try Program.run(["import", "--db", "open/new.sqlite", "in"], in: folder, wrapper: wrapper)
    #expect(unmade.status == 1)
    #expect(
      unmade.error.contains("open/new.sqlite: the store cannot be written: Permission denied."),
      "\(unmade.error)")
    // A store in such a folder, and one that may not be written itself.
    for mode in [0o644, 0o444] {
      try folder.setPermissions(mode, of: "open/s.sqlite")
      for command in [
        ["import", "--db", "open/s.sqlite", "in"], ["review", "--db", "open/s.sqlite", "--month", "2026-10"],
      ] {
        let outcome = try Program.run(command, in: folder, wrapper: wrapper)
        #expect(outcome.status == 1, "\(outcome.output)")
        #expect(outcome.error.contains("open/s.sqlite: the store cannot be written:"), "\(outcome.error)")
      }
    }
    // A store that may not be read.
    try folder.setPermissions(0, of: "open/s.sqlite")
    let unread = try Program.run(
      ["review", "--db", "open/s.sqlite", "--month", "2026-10"], in: folder, wrapper: wrapper)
    #expect(unread.status == 1)
    #expect(unread.error.contains("open/s.sqlite: the store cannot be"), "\(unread.error)")
  }

  @Test(
    "A disk that is full is said to be so, and the same import brings the rest when there is room",
    .enabled(if: canMount, "a small disk can be had by root only, on Linux"))
  func full() throws {
    let folder = try TemporaryFolder()
    try folder.deliver(Delivery.files(of: Story(seed: 1).records, perFile: 20, tag: "a"), into: "trails")
    #expect(try Program.importing("trails", into: "whole.sqlite", in: folder).status == 0)
    try FileManager.default.createDirectory(atPath: folder.path("disk"), withIntermediateDirectories: true)
    let script = """
      mount -t tmpfs -o size=800k none disk || exit 9
      "$0" import --db disk/s.sqlite --transaction-events 100 trails
      echo "status $?"
      mount -o remount,size=50m disk
      "$0" import --db disk/s.sqlite trails
      echo "status $?"
      cp disk/s.sqlite* .
      """
    let outcome = try RunningProgram(StoreTests.namespace + [script, Program.path], in: folder).wait()
    #expect(outcome.error.contains("disk/s.sqlite: the disk is full. Make room"), "\(outcome.error)")
    #expect(
      outcome.output.components(separatedBy: "\n").filter { $0.hasPrefix("status") } == [
        "status 1", "status 0",
      ])
    let views = try StoreReader(folder.path("s.sqlite")).publicViews()
    #expect(differences(try StoreReader(folder.path("whole.sqlite")).publicViews(), views) == [])
  }

  @Test("A store that cannot grow fails with a message, and the same import brings the rest afterwards")
  func limited() throws {
    let folder = try TemporaryFolder()
    try folder.deliver(Delivery.files(of: Story(seed: 1).records, perFile: 20, tag: "a"), into: "trails")
    #expect(try Program.importing("trails", into: "whole.sqlite", in: folder).status == 0)
    // Files of at most 600 blocks of 512 or 1024 bytes.
    let script =
      "trap '' XFSZ; ulimit -f 600; exec \"$0\" import --db s.sqlite --transaction-events 100 trails"
    let outcome = try RunningProgram(["sh", "-c", script, Program.path], in: folder).wait()
    #expect(outcome.status == 1)
    #expect(outcome.error.contains("s.sqlite: the store failed"), "\(outcome.error)")
    #expect(try Program.importing("trails", into: "s.sqlite", in: folder).status == 0)
    let views = try StoreReader(folder.path("s.sqlite")).publicViews()
    #expect(differences(try StoreReader(folder.path("whole.sqlite")).publicViews(), views) == [])
  }
}
