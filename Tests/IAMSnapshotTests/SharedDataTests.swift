import Foundation
import IAMSnapshot
import Testing

/// Real exports, where a checkout has them beside it.
private let exports = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data/iam-cloudsplaining")

@Suite(
  "Real exports",
  .enabled(
    if: FileManager.default.fileExists(atPath: exports.path), "there is no ../shared/data beside the checkout"
  ))
struct SharedDataTests {
  @Test("Real exports are read", arguments: ["example-authz-details.json", "example_authz_v2.json"])
  func read(name: String) throws {
    let bytes = try Data(contentsOf: exports.appending(path: name))
    let reading = try #require(try SnapshotDocument.recognise(bytes: bytes))
    guard case .accountPage(let page) = reading.documents[0] else { throw Unexpected() }
    #expect(page.listsPresent == AccountPage.DetailList.allCases)
    #expect(!page.roles.isEmpty)
    #expect(page.accounts.count == 1)
    // Its identifiers were scrubbed; nothing else is wrong with it.
    #expect(reading.problems.allSatisfy { $0.code == "malformed-id" })
  }
}
