import CloudTrail
import ContentHash
import EvidenceStore
import IAMIdentifiers
import IAMPolicy
import IAMSnapshot
import TrailFacts

/// Finds out what the files that are no trails are, and stores them.
struct DocumentImport {
  private let documents: [FileReading]
  private let takenAt: UTCTime?

  /// - Parameters:
  ///   - documents: files that hold JSON which is no trail.
  ///   - knownSnapshots: paths of snapshots whose content is in the store: pages that came before belong together with
  ///     those that come now, so they are read again where there are any.
  init(documents: [FileReading], knownSnapshots: [String], takenAt: UTCTime?) {
    self.takenAt = takenAt
    var all = documents
    if !knownSnapshots.isEmpty, documents.contains(where: DocumentImport.isSnapshot) || takenAt != nil {
      let scanner = TrailScanner { _ in false }
      scanner.scan(knownSnapshots[...]) { batch in
        all += batch.files.filter { $0.document != nil }
        return true
      }
    }
    // The order in which files were found is not to decide anything.
    self.documents = all.sorted { ($0.sha256 ?? []).lexicographicallyPrecedes($1.sha256 ?? []) }
  }

  private static func isSnapshot(_ reading: FileReading) -> Bool {
    guard let document = reading.document, let found = try? SnapshotDocument.recognise(bytes: document) else {
      return false
    }
    return found.documents.contains { if case .accountPage = $0 { true } else { false } }
  }

  private struct Page {
    let page: AccountPage
    let file: Int64
    let hash: [UInt8]
  }

  func store(_ completion: ImportCompletion) throws {
    var pages: [String: [Page]] = [:]
    for reading in documents {
      var file = reading
      guard let bytes = reading.document else { continue }
      let found: SnapshotReading?
      do throws(SnapshotError) {
        found = try SnapshotDocument.recognise(bytes: bytes)
      } catch {
        file.kind = .unknown
        file.problems.append(
          ImportProblem(
            code: error.code, severity: .loss,
            problem: error.place.map { "\(error.problem), at \($0)" } ?? error.problem,
            remedy: error.remedy))
        _ = try completion.store(file, takenAt: nil)
        continue
      }
      guard let found, let first = found.documents.first else {
        file.kind = .unknown
        file.problems.append(
          ImportProblem(
            code: "kind-unknown", severity: .notice,
            problem: "this JSON is of no kind that accessreview knows",
            remedy: "Leave it out, or look at `accessreview import --help` for what is read."))
        _ = try completion.store(file, takenAt: nil)
        continue
      }
      file.problems += found.problems.map(ImportProblem.init)
      file.kind = FileKind(first)
      for case .accountPage(let page) in found.documents where page.accounts.isEmpty {
        file.problems.append(DocumentImport.withoutAccount)
      }
      let id = try completion.store(file, takenAt: takenAt?.seconds ?? newestDate(in: found))
      for document in found.documents {
        switch document {
        case .accountPage(let page):
          let account = page.accounts.first?.description ?? ""
          pages[account, default: []].append(
            Page(page: page, file: id, hash: reading.contentSHA256))
        case .trailConfiguration:
          let text = try JSONValue(json: bytes).canonicalText
          try completion.storeTrailConfiguration(
            text, takenAt: takenAt?.seconds ?? newestDate(in: found), file: id)
        case .organisationPolicies:
          let text = try JSONValue(json: bytes).canonicalText
          try completion.storeOrganisationPolicies(text, takenAt: takenAt?.seconds, file: id)
        }
      }
    }
    for (account, mine) in pages.sorted(by: { $0.key < $1.key }) where !account.isEmpty {
      try store(mine, of: account, completion)
    }
    for (path, date) in try completion.snapshotsOfAssumedDate() {
      completion.add(DocumentImport.dateAssumed(date == 0 ? nil : UTCTime(seconds: date)), path: path)
    }
  }

  private static let withoutAccount = ImportProblem(
    code: "snapshot-without-account", severity: .loss, problem: "nothing in it names its account",
    remedy: "Export it again with `aws iam get-account-authorization-details`.")

  private static func dateAssumed(_ date: UTCTime?) -> ImportProblem {
    ImportProblem(
      code: "snapshot-date-assumed", severity: .notice,
      problem: "it does not say when it was taken; "
        + (date.map { "the newest date inside is \($0), so it is no older" } ?? "and no date stands inside"),
      remedy: "Say it with --taken-at, such as --taken-at 2026-10-31T23:59:59Z.")
  }

  /// The pages of one account, which are one snapshot.
  private func store(_ pages: [Page], of account: String, _ completion: ImportCompletion) throws {
    for snapshot in AccountSnapshot.assemble(pages: pages.map(\.page)) {
      let date = takenAt ?? snapshot.newestDate
      let hasher = ContentHasher()
      for hash in Set(pages.map(\.hash)).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        hash.withUnsafeBytes(hasher.add)
      }
      hasher.add(account)
      try completion.store(
        snapshot, account: snapshot.account?.description ?? account, takenAt: date?.seconds ?? 0,
        basis: takenAt == nil ? "content" : "declared", hash: hasher.finish(), files: pages.map(\.file))
    }
  }

  private func newestDate(in reading: SnapshotReading) -> Int64? {
    let dates = reading.documents.compactMap { document -> Int64? in
      switch document {
      case .accountPage(let page): page.newestDate?.seconds
      case .trailConfiguration(let configuration): configuration.status?.newestDate?.seconds
      case .organisationPolicies: nil
      }
    }
    return dates.max()
  }
}

extension TrailStatus {
  /// The newest moment of which the status speaks: it was asked for no earlier.
  fileprivate var newestDate: UTCTime? {
    [startLogging, stopLogging, latestDelivery, latestDigestDelivery].compactMap { $0 }.max()
  }
}

extension FileKind {
  fileprivate init(_ document: SnapshotDocument) {
    self =
      switch document {
      case .accountPage: .snapshot
      case .trailConfiguration: .trailConfiguration
      case .organisationPolicies: .organisation
      }
  }
}

extension ImportProblem {
  fileprivate init(_ problem: DocumentProblem) {
    let isLoss =
      switch problem.kind {
      case .wrongType, .entryUnreadable, .policyNotJSON, .policyNotObject, .defaultVersionUnclear: true
      default: false
      }
    self.init(
      code: problem.code, severity: isLoss ? .loss : .notice,
      problem: "\(problem.problem), at \(problem.place)",
      remedy: problem.remedy)
  }
}
