import CloudTrail
import ContentHash
import EvidenceStore
import IAMIdentifiers
import IAMPolicy
import IAMSnapshot
import JSONText
import TrailFacts

/// Finds out what the files that are no trails are, and stores them.
struct DocumentImport {
  private let documents: [FileReading]
  private let takenAt: UTCTime?
  /// Contents of documents that are read again for their date alone.
  private let dated: Set<[UInt8]>

  /// - Parameters:
  ///   - documents: files that hold JSON which is no trail.
  ///   - knownSnapshots: paths of snapshots whose content is in the store: pages that came before belong together with
  ///     those that come now, so they are read again where there are any.
  ///   - knownDocuments: paths of others whose content is in the store: they are read again where a date is given.
  init(
    documents: [FileReading], knownSnapshots: [String], knownDocuments: [String], takenAt: UTCTime?
  ) {
    self.takenAt = takenAt
    var all = documents
    if takenAt != nil || documents.contains(where: DocumentImport.isSnapshot) {
      all += DocumentImport.read(knownSnapshots)
    }
    let again = takenAt == nil ? [] : DocumentImport.read(knownDocuments)
    let new = Set(all.compactMap(\.sha256))
    let dated = Set(again.compactMap(\.sha256)).subtracting(new)
    self.dated = dated
    all += again.filter { $0.sha256.map(dated.contains) ?? false }
    // The order in which files were found is not to decide anything.
    self.documents = all.sorted { ($0.sha256 ?? []).lexicographicallyPrecedes($1.sha256 ?? []) }
  }

  private static func read(_ paths: [String]) -> [FileReading] {
    guard !paths.isEmpty else { return [] }
    var readings: [FileReading] = []
    TrailScanner { _ in false }.scan(paths[...]) { batch in
      readings += batch.files.filter { $0.document != nil }
      return true
    }
    return readings
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
    /// Whether a collecting script wrapped it in a line.
    var isCollected = false
    /// When it was taken, where that line or the user says so.
    var takenAt: UTCTime?
  }

  /// Pages that belong together: those of one account, and of one time where they tell it.
  private struct Export: Hashable {
    let account: String
    let takenAt: UTCTime?
  }

  func store(_ completion: ImportCompletion) throws {
    var pages: [Export: [Page]] = [:]
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
      guard let found else {
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
      file.kind = FileKind(found, of: reading)
      for document in found.documents {
        guard let page = document.page, page.accounts.isEmpty else { continue }
        file.problems.append(DocumentImport.withoutAccount)
      }
      let id = try completion.store(file, takenAt: takenAt?.seconds ?? newestDate(in: found))
      if takenAt != nil { try completion.removeUndatedAnswers(of: id) }
      if let (text, date) = CollectedTrails.configuration(in: found) {
        try completion.storeTrailConfiguration(text, takenAt: date ?? takenAt?.seconds, file: id)
      }
      for document in found.documents {
        switch document {
        case .accountPage(let page):
          let account = page.accounts.first?.description ?? ""
          pages[Export(account: account, takenAt: takenAt), default: []].append(
            Page(page: page, file: id, hash: reading.contentSHA256))
        case .collected(let collected):
          guard case .accountPage(let page) = collected.document,
            !(reading.sha256.map(dated.contains) ?? false)
          else { break }
          let account = page.accounts.first?.description ?? collected.account?.description ?? ""
          let date = collected.takenAt ?? takenAt
          let hash = Array(ContentHash(of: collected.output.canonicalText).bytes)
          pages[Export(account: account, takenAt: date), default: []].append(
            Page(page: page, file: id, hash: hash, isCollected: true, takenAt: date))
        case .answer(let answer):
          try completion.store(answer, takenAt: (answer.takenAt ?? takenAt)?.seconds, file: id)
        case .trailConfiguration:
          let text = try JSONValue(json: bytes).canonicalText
          try completion.storeTrailConfiguration(
            text, takenAt: takenAt?.seconds ?? newestDate(in: found), file: id)
        case .organisationPolicies(let policies):
          let text = try JSONValue(json: bytes).canonicalText
          try completion.storeOrganisationPolicies(
            text, takenAt: (policies.takenAt ?? takenAt)?.seconds, file: id)
        }
      }
    }
    let exports = pages.sorted {
      ($0.key.account, $0.key.takenAt?.seconds ?? .min) < ($1.key.account, $1.key.takenAt?.seconds ?? .min)
    }
    for (export, mine) in exports where !export.account.isEmpty {
      try store(mine, of: export.account, completion)
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
      let declared = pages.first?.takenAt ?? takenAt
      let date = declared ?? snapshot.newestDate
      let hasher = ContentHasher()
      for hash in Set(pages.map(\.hash)).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        hash.withUnsafeBytes(hasher.add)
      }
      hasher.add(account)
      try completion.store(
        snapshot, account: snapshot.account?.description ?? account, takenAt: date?.seconds ?? 0,
        basis: declared == nil ? "content" : "declared", hash: hasher.finish(), files: pages.map(\.file),
        isOneOfSeveral: pages.contains { $0.isCollected })
    }
  }

  private func newestDate(in reading: SnapshotReading) -> Int64? {
    let dates = reading.documents.compactMap { document -> Int64? in
      switch document {
      case .accountPage(let page): page.newestDate?.seconds
      case .trailConfiguration(let configuration): configuration.status?.newestDate?.seconds
      case .organisationPolicies(let policies): policies.takenAt?.seconds
      case .answer(let answer): answer.takenAt?.seconds
      case .collected(let collected): collected.takenAt?.seconds
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

extension SnapshotDocument {
  fileprivate var page: AccountPage? {
    switch self {
    case .accountPage(let page): page
    case .collected(let collected): collected.document.page
    default: nil
    }
  }

  fileprivate var fileKind: FileKind {
    switch self {
    case .accountPage: .snapshot
    case .trailConfiguration: .trailConfiguration
    case .organisationPolicies: .organisation
    case .collected(let collected): collected.document.fileKind
    case .answer(let answer): FileKind(answer.call.subject)
    }
  }
}

extension FileKind {
  /// What a file is in which these documents were found, and perhaps events beside them.
  fileprivate init(_ found: SnapshotReading, of reading: FileReading) {
    var kinds = Set(found.documents.map(\.fileKind)).union(found.subjects.map { FileKind($0) })
    if reading.records > 0 { kinds.insert(.trail) }
    self = kinds.count == 1 ? kinds.first ?? .collection : .collection
  }

  fileprivate init(_ subject: CollectedCall.Subject) {
    self =
      switch subject {
      case .snapshot: .snapshot
      case .trail: .trailConfiguration
      case .events: .trail
      case .organisation: .organisation
      case .resourcePolicies: .resourcePolicies
      case .keyGrants: .keyGrants
      case .credentialReport: .credentialReport
      case .lastAccessed: .lastAccessed
      case .identityCenter: .identityCenter
      case .inventory: .collection
      }
  }
}

extension ImportProblem {
  fileprivate init(_ problem: DocumentProblem) {
    let isLoss =
      switch problem.kind {
      case .wrongType, .entryUnreadable, .policyNotJSON, .policyNotObject, .defaultVersionUnclear,
        .subjectMissing, .answerMissing:
        true
      default: false
      }
    self.init(
      code: problem.code, severity: isLoss ? .loss : .notice,
      problem: "\(problem.problem), at \(problem.place)",
      remedy: problem.remedy)
  }
}
