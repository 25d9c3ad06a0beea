import EvidenceStore
import Foundation
import GRDB
import Testing

@Suite("What lies over the catalogue of actions")
struct OverlayTests {
  private static func overlay(_ number: UInt8, takenAt: Int64? = nil) -> StoredOverlay {
    StoredOverlay(
      content: [number, 0, 255] + (takenAt.map { [UInt8(truncatingIfNeeded: $0)] } ?? []),
      sha256: Array(repeating: number, count: 32), takenAt: takenAt, services: Int(number))
  }

  private static func current(_ store: EvidenceStore) throws -> StoredOverlay? {
    try store.reading { try $0.catalogueOverlay() }
  }

  private static func count(_ path: String) throws -> Int? {
    try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM catalogue_overlay") }
  }

  @Test("A new store has none; the one that was stored last counts, and each content is kept once")
  func last() throws {
    let folder = try Folder()
    let path = folder.path("x.sqlite")
    let store = try EvidenceStore(path: path, access: .create)
    #expect(try Self.current(store) == nil)
    #expect(try store.removeOverlay() == false)
    #expect(try store.store(Self.overlay(1)) == .stored)
    #expect(try store.store(Self.overlay(1)) == .known)
    #expect(try store.store(Self.overlay(2, takenAt: 5)) == .stored)
    #expect(try Self.current(store) == Self.overlay(2, takenAt: 5))
    #expect(try store.store(Self.overlay(1)) == .stored)
    #expect(try Self.current(store) == Self.overlay(1))
    #expect(try Self.count(path) == 2)
    #expect(try store.removeOverlay())
    #expect(try Self.current(store) == nil)
    #expect(try Self.count(path) == 2)
  }

  @Test("The same content of another day takes the day, and none that is known is lost")
  func day() throws {
    let folder = try Folder()
    let store = try EvidenceStore(path: folder.path("x.sqlite"), access: .create)
    #expect(try store.store(Self.overlay(1, takenAt: 5)) == .stored)
    #expect(try store.store(Self.overlay(1, takenAt: 6)) == .dated)
    #expect(try Self.current(store) == Self.overlay(1, takenAt: 6))
    #expect(try store.store(Self.overlay(1)) == .known)
    #expect(try Self.current(store) == Self.overlay(1, takenAt: 6))
    #expect(try Self.count(folder.path("x.sqlite")) == 1)
  }

  @Test("A store of the first schema is read as it is, and gets the table when it is written")
  func older() throws {
    let folder = try Folder()
    let path = folder.path("x.sqlite")
    _ = try EvidenceStore(path: path, access: .create)
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "DROP TABLE catalogue_overlay; DELETE FROM grdb_migrations WHERE identifier = '2'")
    }
    #expect(try Self.current(EvidenceStore(path: path, access: .read)) == nil)
    let store = try EvidenceStore(path: path, access: .write)
    #expect(try store.store(Self.overlay(1)) == .stored)
  }

  @Test("Who only reads cannot store one")
  func reader() throws {
    let folder = try Folder()
    let path = folder.path("x.sqlite")
    _ = try EvidenceStore(path: path, access: .create)
    let store = try EvidenceStore(path: path, access: .read)
    #expect(throws: StoreError.self) { try store.store(Self.overlay(1)) }
  }

  @Test("Calls of an empty store come to nothing")
  func calls() throws {
    let folder = try Folder()
    let store = try EvidenceStore(path: folder.path("x.sqlite"), access: .create)
    #expect(try store.reading { try $0.callCounts() } == [])
  }
}
