import CloudTrail
import Foundation
import IAMIdentifiers
import Testing

@Suite("Files are found under paths") struct DiscoveryTests {
  func write(_ names: [String], in folder: String) throws {
    for name in names {
      let url = URL(fileURLWithPath: "\(folder)/\(name)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("{}".utf8).write(to: url)
    }
  }

  func names(_ discovery: FileDiscovery, in folder: String) -> [String] {
    discovery.files.map { $0.path.replacing(folder + "/", with: "") }
  }

  @Test("By the date in their names, then by path") func order() throws {
    try withFolder { folder in
      let late = "a/111122223333_CloudTrail_eu-west-1_20261031T2355Z_x.json.gz"
      let early = "z/111122223333_CloudTrail_us-east-1_20261030T0005Z_y.json"
      try write([late, early, "b/snapshot.json", "b/10.json", "b/9.json"], in: folder)
      let discovery = FileDiscovery(paths: [folder])
      #expect(names(discovery, in: folder) == ["b/10.json", "b/9.json", "b/snapshot.json", early, late])
      #expect(discovery.files.allSatisfy { $0.bytes == 2 })
    }
  }

  @Test("Dot files are left out, unless they are named") func dotFiles() throws {
    try withFolder { folder in
      try write([".hidden/a.json", ".DS_Store", "b.json"], in: folder)
      #expect(names(FileDiscovery(paths: [folder]), in: folder) == ["b.json"])
      #expect(
        names(FileDiscovery(paths: ["\(folder)/.hidden", "\(folder)/.DS_Store"]), in: folder) == [
          ".DS_Store", ".hidden/a.json",
        ])
    }
  }

  @Test("Links to folders around themselves end") func loops() throws {
    try withFolder { folder in
      try write(["a/b/c.json"], in: folder)
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/a/b/loop", withDestinationPath: "\(folder)/a")
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/self", withDestinationPath: "\(folder)/self")
      let discovery = FileDiscovery(paths: [folder])
      #expect(discovery.files.count == 1)
      #expect(discovery.unreadable.map(\.problem.code) == ["path-unreadable"])
    }
  }

  @Test("A path that is named twice is read once") func twice() throws {
    try withFolder { folder in
      try write(["a.json"], in: folder)
      #expect(FileDiscovery(paths: [folder, "\(folder)/a.json", folder + "/"]).files.count == 1)
    }
  }

  @Test("What is missing is named, and the rest is found") func missing() throws {
    try withFolder { folder in
      try write(["a.json"], in: folder)
      let discovery = FileDiscovery(paths: ["\(folder)/none", folder, ""])
      #expect(discovery.files.count == 1)
      #expect(discovery.unreadable.map(\.problem.code) == ["path-missing", "path-missing"])
      #expect(discovery.unreadable.map(\.path) == ["\(folder)/none", ""])
    }
  }

  @Test("Folders that may not be looked into are named", .enabled(if: geteuid() != 0)) func unreadable()
    throws
  {
    try withFolder { folder in
      try write(["closed/a.json", "b.json"], in: folder)
      chmod("\(folder)/closed", 0)
      defer { chmod("\(folder)/closed", 0o700) }
      let discovery = FileDiscovery(paths: [folder])
      #expect(discovery.files.count == 1)
      #expect(discovery.unreadable.map(\.problem.code) == ["folder-unreadable"])
    }
  }

  @Test("Pipes are read where they are named, and never found") func pipes() throws {
    try withFolder { folder in
      #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
      #expect(FileDiscovery(paths: [folder]).files.isEmpty)
      #expect(FileDiscovery(paths: ["\(folder)/pipe", "-"]).files.map(\.path) == ["-", "\(folder)/pipe"])
    }
  }

  @Test("Names of delivered files tell account, Region and time") func delivered() throws {
    let name = try #require(
      DeliveredName(path: "x/111122223333_CloudTrail_us-gov-west-1_20261031T2355Z_AbC.json.gz"))
    #expect(name.account == AccountID("111122223333"))
    #expect(name.region == "us-gov-west-1")
    #expect(name.time == "20261031T2355Z")
  }

  @Test(
    "Other names tell nothing",
    arguments: [
      "", "/", "a.json.gz", "111122223333_CloudTrail_eu-west-1_20261031T2355Z_x.txt",
      "111122223333_CloudTrail_eu-west-1_20261031T2355Z.json",
      "11112222333_CloudTrail_eu-west-1_20261031T2355Z_x.json",
      "111122223333_CloudTrail-Digest_eu-west-1_t_20261031T235500Z.json.gz",
      "111122223333_CloudTrail__20261031T2355Z_x.json",
      "111122223333_CloudTrail_eu-west-1_2026-10-31T2355Z_x.json",
      "111122223333_CloudTrail_eu-west-1_20261031T2355Z_.json",
      "111122223333_CloudTrail_eu-west-1_20261031T2355Z_x.json/a.json",
    ])
  func otherNames(_ path: String) { #expect(DeliveredName(path: path) == nil) }
}
