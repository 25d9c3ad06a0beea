import CTrailFacts
import CloudTrail
import Foundation
import TrailFacts

/// An event as a test can read it.
struct ReadEvent: Hashable {
  var time: Int64 = 0
  /// The UUID in lower case, or the id as it stands where it is none.
  var id = ""
  var source = ""
  var name = ""
  /// `management-read`, `data:AWS::S3::Object` and the like.
  var kind = ""
  /// `role AROA…`.
  var principal = ""
  var principalARN = ""
  var principalAccount = ""
  var sessionName = ""
  var account = ""
  var region = ""
  var error = ""
  /// `action / kind of policy` that the message of a denial names.
  var denial = ""
  var via = ""
  var shape = ""
  var deciding = ""
  var resources: [String] = []
  /// `path=value`.
  var parameters: [String] = []
  var shared = ""
  var record = 0
}

/// What came of scanning files.
struct Scanned {
  var events: [ReadEvent] = []
  var files: [FileReading] = []
  var unfinishedPaths: [String?] = []
  /// Whether each batch gave its rows by time and id.
  var isOrdered = true

  var ids: [String] { events.map(\.id) }
  var numbers: [Int] { events.sorted { $0.record < $1.record }.map { number(of: $0.id) } }
  /// The codes of the first file's problems.
  var problems: [String] { files.first?.problems.map(\.code) ?? [] }
  var file: FileReading? { files.first }

  mutating func add(_ batch: EventBatch) {
    files += batch.files
    unfinishedPaths.append(batch.unfinished?.path)
    let facts = batch.facts
    var last: ReadEvent?
    for position in UnsafeBufferPointer(start: facts.order, count: facts.row_count) {
      let event = ReadEvent(facts.rows[Int(position)], batch)
      if let last, (last.time, last.id) > (event.time, event.id) { isOrdered = false }
      last = event
      events.append(event)
    }
  }
}

extension ReadEvent {
  init(_ row: tf_row, _ batch: EventBatch) {
    let facts = batch.facts
    let call = facts.calls[Int(row.call)]
    let session = facts.sessions[Int(row.session)]
    let principal = facts.principals[Int(session.principal)]
    let place = facts.places[Int(row.place)]
    let failure = facts.errors[Int(row.error)]
    let form = facts.shapes[Int(row.shape)]
    let set = facts.resource_sets[Int(row.resource_set)]
    time = row.time
    id = row.id_text > 0 ? batch.string(row.id_text) : uuid(row.id)
    source = batch.string(call.source)
    name = batch.string(call.name)
    kind = batch.string(call.event_kind)
    self.principal = "\(PrincipalKind(principal.kind).rawValue) \(batch.string(principal.id))"
    principalARN = batch.string(session.arn)
    principalAccount = batch.string(session.account)
    sessionName = batch.string(session.name)
    account = batch.string(place.account)
    region = batch.string(place.region)
    error = batch.string(failure.code)
    denial =
      failure.action > 0 ? "\(batch.string(failure.action)) / \(batch.string(failure.policy_kind))" : ""
    via = batch.string(facts.contexts[Int(row.context)].via)
    shape = batch.string(form.names)
    deciding = batch.string(form.deciding)
    resources = (set.first..<set.first + set.count).map {
      let resource = facts.resources[Int(facts.members[Int($0)])]
      return "\(batch.string(resource.type)) \(batch.string(resource.pattern))"
    }.sorted()
    parameters = (row.first_parameter..<row.first_parameter + row.parameter_count).map {
      let parameter = facts.parameters[Int($0)]
      return "\(batch.string(parameter.path))=\(batch.string(parameter.value))"
    }
    if row.has_shared == 1 { shared = row.shared_text > 0 ? batch.string(row.shared_text) : uuid(row.shared) }
    record = Int(row.record)
  }
}

private func uuid(_ bytes: some Any) -> String {
  withUnsafeBytes(of: bytes) { bytes in
    var text = ""
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text += "-" }
      let digits = String(byte, radix: 16)
      text += digits.count == 1 ? "0" + digits : digits
    }
    return text
  }
}

/// Calls the body with the path of a folder that is gone afterwards.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("trails-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

/// Scans a file of that content.
func scan(_ content: some Sequence<UInt8>, name: String = "events.json") throws -> Scanned {
  try withFolder { folder in
    let path = "\(folder)/\(name)"
    try Data(content).write(to: URL(fileURLWithPath: path))
    return scan(paths: [path])
  }
}

func scan(_ content: String) throws -> Scanned { try scan(content.utf8) }

func scan(paths: [String]) -> Scanned {
  var scanned = Scanned()
  TrailScanner { _ in false }.scan(paths[...]) { batch in
    scanned.add(batch)
    return true
  }
  return scanned
}
