import CTrailFacts
import GRDB
import TrailFacts

/// The ids of values that repeat: of a batch's values for the batch, of all values for the run.
///
/// A value gets its row when the first *new* event refers to it, so that what a duplicate brings leaves no trace.
final class Dictionaries {
  private var texts = TextNumbers()
  private var ids: [Key: Int64] = [:]

  private let insertText, findText, insertCall, findCall, insertPrincipal, findPrincipal: RawStatement
  private let insertPlace, findPlace, insertContext, findContext, insertSession, findSession: RawStatement
  private let insertError, findError, insertShape, findShape, insertResource, findResource: RawStatement
  private let insertSet, findSet, insertPath, findPath: RawStatement

  /// The numbers that name a value, with what kind of value it is.
  private struct Key: Hashable {
    let kind: Kind
    let a, b, c, d, e, f: Int64

    init(
      _ kind: Kind, _ a: Int64, _ b: Int64 = 0, _ c: Int64 = 0, _ d: Int64 = 0, _ e: Int64 = 0, _ f: Int64 = 0
    ) {
      self.kind = kind
      (self.a, self.b, self.c, self.d, self.e, self.f) = (a, b, c, d, e, f)
    }

    func hash(into hasher: inout Hasher) {
      var mixture = NumberMixture()
      mixture.add(UInt64(kind.rawValue))
      mixture.add(a)
      mixture.add(b)
      mixture.add(c)
      mixture.add(d)
      mixture.add(e)
      mixture.add(f)
      hasher.combine(mixture.value)
    }
  }

  private enum Kind: UInt8 {
    case text, call, principal, place, context, session, error, shape, resource, set, path
  }

  init(_ db: Database) throws {
    func pair(_ table: String, _ columns: [String]) throws -> (RawStatement, RawStatement) {
      let marks = columns.map { _ in "?" }.joined(separator: ", ")
      let insert = "INSERT OR IGNORE INTO \(table)(\(columns.joined(separator: ", "))) VALUES(\(marks))"
      let find = "SELECT id FROM \(table) WHERE " + columns.map { "\($0) = ?" }.joined(separator: " AND ")
      return (try RawStatement(db, insert), try RawStatement(db, find))
    }
    (insertText, findText) = try pair("text", ["value"])
    (insertCall, findCall) = try pair(
      "call", ["source", "name", "type", "category", "read_only", "resource_type", "event_kind"])
    (insertPrincipal, findPrincipal) = try pair("principal", ["unique_id", "kind"])
    (insertPlace, findPlace) = try pair("place", ["account", "region"])
    (insertContext, findContext) = try pair("context", ["address", "endpoint", "agent", "via"])
    (insertSession, findSession) = try pair(
      "session",
      [
        "access_key", "principal", "name", "started", "source_identity", "provider", "subject",
        "on_behalf_of", "mfa", "account",
      ])
    (insertError, findError) = try pair("error", ["code", "action", "policy_kind"])
    (insertShape, findShape) = try pair("shape", ["names", "deciding"])
    (insertResource, findResource) = try pair("resource", ["type", "pattern"])
    (insertSet, findSet) = try pair("resource_set", ["members"])
    (insertPath, findPath) = try pair("parameter_path", ["path"])
  }

  // MARK: - Of the run

  /// - Parameter looksFirst: where no index of the table keeps a second row of the same value out.
  private func id(
    _ key: Key, _ insert: RawStatement, _ find: RawStatement, looksFirst: Bool = false,
    bind: (RawStatement) -> Void
  ) throws -> Int64 {
    if let known = ids[key] { return known }
    var id: Int64?
    if looksFirst {
      bind(find)
      id = try find.integer()
    }
    if id == nil {
      bind(insert)
      id = try insert.run() ? insert.lastInsertedRowID : nil
    }
    if id == nil {
      bind(find)
      id = try find.integer()
    }
    guard let id else { throw DatabaseError(resultCode: .SQLITE_CONSTRAINT, message: "a value has no row") }
    ids[key] = id
    return id
  }

  /// The row of a place.
  func placeID(account: String, region: String) throws -> Int64 {
    try id(Key(.place, texts.number(account), texts.number(region)), insertPlace, findPlace) {
      $0.bind(1, account)
      $0.bind(2, region)
    }
  }

  /// The row of a principal, by its unique id.
  func principalID(_ uniqueID: String, kind: String) throws -> Int64 {
    try id(Key(.principal, texts.number(uniqueID), texts.number(kind)), insertPrincipal, findPrincipal) {
      $0.bind(1, uniqueID)
      $0.bind(2, kind)
    }
  }

  // MARK: - Of a batch

  /// The rows of one batch's values; each is looked up when it is first asked for.
  struct Batch {
    fileprivate var strings, calls, principals, sessions, places, contexts, errors, shapes, resources,
      sets: [Int64]

    init(_ facts: tf_batch) {
      func unknown(_ count: Int) -> [Int64] { Array(repeating: -1, count: count) }
      strings = unknown(facts.string_count)
      calls = unknown(facts.call_count)
      principals = unknown(facts.principal_count)
      sessions = unknown(facts.session_count)
      places = unknown(facts.place_count)
      contexts = unknown(facts.context_count)
      errors = unknown(facts.error_count)
      shapes = unknown(facts.shape_count)
      resources = unknown(facts.resource_count)
      sets = unknown(facts.resource_set_count)
    }
  }

  private func number(_ position: UInt32, _ batch: EventBatch, _ local: inout Batch) -> Int64 {
    let known = local.strings[Int(position)]
    if known >= 0 { return known }
    let new = texts.number(batch.bytes(position))
    local.strings[Int(position)] = new
    return new
  }

  func call(_ position: UInt32, _ batch: EventBatch, _ local: inout Batch) throws -> Int64 {
    let known = local.calls[Int(position)]
    if known >= 0 { return known }
    let row = batch.facts.calls[Int(position)]
    let key = Key(
      .call, number(row.source, batch, &local) << 32 | number(row.name, batch, &local),
      number(row.type, batch, &local), number(row.category, batch, &local),
      number(row.resource_type, batch, &local), number(row.event_kind, batch, &local), Int64(row.read_only))
    let id = try id(key, insertCall, findCall) {
      $0.bind(1, batch.bytes(row.source))
      $0.bind(2, batch.bytes(row.name))
      $0.bind(3, batch.bytes(row.type))
      $0.bind(4, batch.bytes(row.category))
      $0.bind(5, Int64(row.read_only))
      $0.bind(6, batch.bytes(row.resource_type))
      $0.bind(7, batch.bytes(row.event_kind))
    }
    local.calls[Int(position)] = id
    return id
  }

  func principal(_ position: UInt32, _ batch: EventBatch, _ local: inout Batch) throws -> Int64 {
    let known = local.principals[Int(position)]
    if known >= 0 { return known }
    let row = batch.facts.principals[Int(position)]
    let id = try principalID(batch.string(row.id), kind: PrincipalKind(row.kind).rawValue)
    local.principals[Int(position)] = id
    return id
  }

  func session(_ position: UInt32, _ batch: EventBatch, _ local: inout Batch) throws -> Int64 {
    let known = local.sessions[Int(position)]
    if known >= 0 { return known }
    let row = batch.facts.sessions[Int(position)]
    let principal = try principal(row.principal, batch, &local)
    let key = Key(
      .session, principal, number(row.access_key, batch, &local) << 32 | number(row.name, batch, &local),
      number(row.source_identity, batch, &local) << 32 | number(row.provider, batch, &local),
      number(row.subject, batch, &local) << 32 | number(row.on_behalf_of, batch, &local),
      number(row.account, batch, &local) << 32 | Int64(row.mfa), row.started)
    let id = try id(key, insertSession, findSession, looksFirst: true) {
      $0.bind(1, batch.bytes(row.access_key))
      $0.bind(2, principal)
      $0.bind(3, batch.bytes(row.name))
      $0.bind(4, row.started)
      $0.bind(5, batch.bytes(row.source_identity))
      $0.bind(6, batch.bytes(row.provider))
      $0.bind(7, batch.bytes(row.subject))
      $0.bind(8, batch.bytes(row.on_behalf_of))
      $0.bind(9, Int64(row.mfa))
      $0.bind(10, batch.bytes(row.account))
    }
    local.sessions[Int(position)] = id
    return id
  }

  func place(_ position: UInt32, _ batch: EventBatch, _ local: inout Batch) throws -> Int64 {
    let known = local.places[Int(position)]
    if known >= 0 { return known }
    let row = batch.facts.places[Int(position)]
    let id = try placeID(account: batch.string(row.account), region: batch.string(row.region))
    local.places[Int(position)] = id
    return id
  }

  func text(_ position: UInt32, _ batch: EventBatch, _ local: inout Batch) throws -> Int64 {
    if position == 0 { return 0 }
    return try id(Key(.text, number(position, batch, &local)), insertText, findText) {
      $0.bind(1, batch.bytes(position))
    }
  }

  func context(_ position: UInt32, _ batch: EventBatch, _ local: inout Batch) throws -> Int64 {
    let known = local.contexts[Int(position)]
    if known >= 0 { return known }
    let row = batch.facts.contexts[Int(position)]
    let agent = try text(row.agent, batch, &local)
    let via = try text(row.via, batch, &local)
    let address = number(row.address, batch, &local)
    let endpoint = number(row.endpoint, batch, &local)
    let id = try id(Key(.context, address, endpoint, agent, via), insertContext, findContext) {
      $0.bind(1, batch.bytes(row.address))
      $0.bind(2, batch.bytes(row.endpoint))
      $0.bind(3, agent)
      $0.bind(4, via)
    }
    local.contexts[Int(position)] = id
    return id
  }

  func error(_ position: UInt32, _ batch: EventBatch, _ local: inout Batch) throws -> Int64 {
    if position == 0 { return 0 }
    let known = local.errors[Int(position)]
    if known >= 0 { return known }
    let row = batch.facts.errors[Int(position)]
    let key = Key(
      .error, number(row.code, batch, &local), number(row.action, batch, &local),
      number(row.policy_kind, batch, &local))
    let id = try id(key, insertError, findError) {
      $0.bind(1, batch.bytes(row.code))
      $0.bind(2, batch.bytes(row.action))
      $0.bind(3, batch.bytes(row.policy_kind))
    }
    local.errors[Int(position)] = id
    return id
  }

  func shape(_ position: UInt32, _ batch: EventBatch, _ local: inout Batch) throws -> Int64 {
    if position == 0 { return 0 }
    let known = local.shapes[Int(position)]
    if known >= 0 { return known }
    let row = batch.facts.shapes[Int(position)]
    let key = Key(.shape, number(row.names, batch, &local), number(row.deciding, batch, &local))
    let id = try id(key, insertShape, findShape) {
      $0.bind(1, batch.bytes(row.names))
      $0.bind(2, batch.bytes(row.deciding))
    }
    local.shapes[Int(position)] = id
    return id
  }

  func resourceSet(_ position: UInt32, _ batch: EventBatch, _ local: inout Batch) throws -> Int64 {
    if position == 0 { return 0 }
    let known = local.sets[Int(position)]
    if known >= 0 { return known }
    let row = batch.facts.resource_sets[Int(position)]
    var members: [Int64] = []
    for index in Int(row.first)..<Int(row.first + row.count) {
      members.append(try resource(batch.facts.members[index], batch, &local))
    }
    let joined = members.sorted().map(String.init).joined(separator: ",")
    let id = try id(Key(.set, texts.number(joined)), insertSet, findSet) { $0.bind(1, joined) }
    local.sets[Int(position)] = id
    return id
  }

  private func resource(_ position: UInt32, _ batch: EventBatch, _ local: inout Batch) throws -> Int64 {
    let known = local.resources[Int(position)]
    if known >= 0 { return known }
    let row = batch.facts.resources[Int(position)]
    let type = number(row.type, batch, &local)
    let pattern = number(row.pattern, batch, &local)
    let id = try id(Key(.resource, type, pattern), insertResource, findResource) {
      $0.bind(1, batch.bytes(row.type))
      $0.bind(2, batch.bytes(row.pattern))
    }
    local.resources[Int(position)] = id
    return id
  }

  func path(_ position: UInt32, _ batch: EventBatch, _ local: inout Batch) throws -> Int64 {
    let number = number(position, batch, &local)
    return try id(Key(.path, number), insertPath, findPath) { $0.bind(1, batch.bytes(position)) }
  }
}
