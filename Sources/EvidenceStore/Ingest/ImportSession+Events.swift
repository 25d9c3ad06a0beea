import CTrailFacts
import Foundation
import TrailFacts

/// The rows of a batch.
extension ImportSession {
  /// Writes the events that the store does not have yet, and counts them by file.
  func writeEvents(
    _ batch: EventBatch, fileIDs: [Int64], newEvents: inout [Int], newRecords: inout [Int]
  ) throws {
    let facts = batch.facts
    var local = Dictionaries.Batch(facts)
    // When each session was seen in this batch: names of principals follow from it.
    var seen: [(first: Int64, last: Int64)] = Array(repeating: (.max, .min), count: facts.session_count)
    for index in 0..<facts.row_count {
      let position = facts.order[index]
      let row = facts.rows + Int(position)
      let file = Int(row.pointee.file)
      newRecords[file] += 1
      let call = try dictionaries.call(row.pointee.call, batch, &local)
      let session = try dictionaries.session(row.pointee.session, batch, &local)
      let place = try dictionaries.place(row.pointee.place, batch, &local)
      let context = try dictionaries.context(row.pointee.context, batch, &local)
      let error = try dictionaries.error(row.pointee.error, batch, &local)
      let shape = try dictionaries.shape(row.pointee.shape, batch, &local)
      insertEvent.bind(1, row.pointee.time)
      bindID(insertEvent, 2, row, batch)
      bindShared(insertEvent, 3, row, batch)
      insertEvent.bind(4, call)
      insertEvent.bind(5, session)
      insertEvent.bind(6, place)
      insertEvent.bind(7, context)
      insertEvent.bind(8, error)
      insertEvent.bind(9, shape)
      let resources = try dictionaries.resourceSet(row.pointee.resource_set, batch, &local)
      insertEvent.bind(10, resources)
      insertEvent.bind(11, fileIDs[file])
      insertEvent.bind(12, Int64(row.pointee.record))
      let time = row.pointee.time
      func noteSession() {
        let times = seen[Int(row.pointee.session)]
        seen[Int(row.pointee.session)] = (min(times.first, time), max(times.last, time))
      }
      guard try insertEvent.run() else {
        if rereading.isEmpty { continue }
        // The same event twice in a file: the first record counts, as in every import.
        if index > 0, isSameEvent(row, facts.rows + Int(facts.order[index - 1])) { continue }
        let columns = Rereading.Columns(
          call: call, session: session, place: place, context: context, error: error, shape: shape,
          resources: resources)
        if try replace(row, columns, file: fileIDs[file], batch, &local) { noteSession() }
        continue
      }
      newEvents[file] += 1
      noteSession()
      if row.pointee.has_shared != 0 {
        try shared.touch(time: row.pointee.time) { bindShared($0, 1, row, batch) }
      } else {
        let principal = try dictionaries.principal(
          facts.sessions[Int(row.pointee.session)].principal, batch, &local)
        let via = try dictionaries.text(facts.contexts[Int(row.pointee.context)].via, batch, &local)
        usage.add(
          UsageCounter.Key(
            day: Int32(time / 86_400), principal: Int32(principal), call: Int32(call), place: Int32(place),
            via: Int32(via), error: Int32(error), shape: Int32(shape)), time: time)
      }
      if batch.isEndpointEvent(row.pointee.call) {
        try shared.noteEndpointEvent {
          $0.bind(1, time)
          bindID($0, 2, row, batch)
        }
      }
      if row.pointee.entry > 0 { try writeEntry(row, batch) }
      _ = try writeParameters(row, batch, &local)
    }
    try writeNames(seen, batch, &local)
  }

  /// Puts a record in the place of what an older extraction read of its event. False where the event is not an older
  /// extraction's.
  private func replace(
    _ row: UnsafePointer<tf_row>, _ columns: Rereading.Columns, file: Int64, _ batch: EventBatch,
    _ local: inout Dictionaries.Batch
  ) throws -> Bool {
    func bind(_ statement: RawStatement) {
      statement.bind(1, row.pointee.time)
      bindID(statement, 2, row, batch)
    }
    guard try rereading.replaces(file: file, bind: bind) else { return false }
    var isNews = false
    if try rereading.replace(columns, bind: bind) {
      isNews = true
      try shared.recount(time: row.pointee.time)
      if row.pointee.has_shared != 0 {
        try shared.touch(time: row.pointee.time) { bindShared($0, 1, row, batch) }
      }
    }
    if try rereading.replaceParameters(
      bind: bind, insert: { try writeParameters(row, batch, &local) })
    {
      isNews = true
    }
    let values: ((RawStatement) -> Void)? =
      row.pointee.entry > 0 ? { self.bindEntry($0, row, batch) } : nil
    if try rereading.replaceEntry(bind: bind, values: values, insert: { try writeEntry(row, batch) }) {
      isNews = true
    }
    if isNews { noteNews() }
    return true
  }

  /// How many of a row's parameters the store did not have, and how many different ones the row has.
  private func writeParameters(
    _ row: UnsafePointer<tf_row>, _ batch: EventBatch, _ local: inout Dictionaries.Batch
  ) throws -> (added: Int, count: Int) {
    let facts = batch.facts
    var added = 0
    var different: Set<UInt64> = []
    for parameter in 0..<Int(row.pointee.parameter_count) {
      let parameter = facts.parameters[Int(row.pointee.first_parameter) + parameter]
      insertParameter.bind(1, row.pointee.time)
      bindID(insertParameter, 2, row, batch)
      insertParameter.bind(3, try dictionaries.path(parameter.path, batch, &local))
      insertParameter.bind(4, batch.bytes(parameter.value))
      if try insertParameter.run() { added += 1 }
      different.insert(UInt64(parameter.path) << 32 | UInt64(parameter.value))
    }
    return (added, different.count)
  }

  /// Notes when principals went by which name. A batch's many sessions go by few.
  private func writeNames(
    _ seen: [(first: Int64, last: Int64)], _ batch: EventBatch, _ local: inout Dictionaries.Batch
  ) throws {
    struct Name: Hashable {
      let principal, arn, account: UInt32
    }
    var positions: [Name: Int] = [:]
    var names: [(name: Name, first: Int64, last: Int64)] = []
    for (position, times) in seen.enumerated() where times.first <= times.last {
      let session = batch.facts.sessions[position]
      guard session.arn != 0 else { continue }
      let name = Name(principal: session.principal, arn: session.arn, account: session.account)
      if let known = positions[name] {
        names[known].first = min(names[known].first, times.first)
        names[known].last = max(names[known].last, times.last)
      } else {
        positions[name] = names.count
        names.append((name, times.first, times.last))
      }
    }
    for (name, first, last) in names {
      insertName.bind(1, try dictionaries.principal(name.principal, batch, &local))
      insertName.bind(2, batch.bytes(name.arn))
      insertName.bind(3, batch.bytes(name.account))
      insertName.bind(4, first)
      insertName.bind(5, last)
      try insertName.run()
    }
  }

  @discardableResult
  private func writeEntry(_ row: UnsafePointer<tf_row>, _ batch: EventBatch) throws -> Bool {
    insertEntry.bind(1, row.pointee.time)
    bindID(insertEntry, 2, row, batch)
    bindEntry(insertEntry, row, batch)
    return try insertEntry.run()
  }

  private func bindEntry(
    _ statement: RawStatement, _ row: UnsafePointer<tf_row>, _ batch: EventBatch
  ) {
    let entry = batch.facts.entries[Int(row.pointee.entry) - 1]
    statement.bind(3, batch.bytes(entry.role_id))
    statement.bind(4, batch.bytes(entry.role_arn))
    statement.bind(5, batch.bytes(entry.name))
    statement.bind(6, batch.bytes(entry.issued_key))
    statement.bind(7, batch.bytes(entry.external_id))
    statement.bind(8, batch.bytes(entry.source_identity))
  }

  private func isSameEvent(_ left: UnsafePointer<tf_row>, _ right: UnsafePointer<tf_row>) -> Bool {
    guard left.pointee.file == right.pointee.file, left.pointee.time == right.pointee.time,
      left.pointee.id_text == right.pointee.id_text
    else { return false }
    let offset = ImportSession.idOffset
    return memcmp(UnsafeRawPointer(left) + offset, UnsafeRawPointer(right) + offset, 16) == 0
  }

  private func bindID(
    _ statement: RawStatement, _ index: Int32, _ row: UnsafePointer<tf_row>, _ batch: EventBatch
  ) {
    if row.pointee.id_text != 0 {
      statement.bind(index, batch.string(row.pointee.id_text))
    } else {
      statement.bind(index, stableBlob: UnsafeRawPointer(row) + ImportSession.idOffset, count: 16)
    }
  }

  private func bindShared(
    _ statement: RawStatement, _ index: Int32, _ row: UnsafePointer<tf_row>, _ batch: EventBatch
  ) {
    if row.pointee.has_shared == 0 {
      statement.bindNull(index)
    } else if row.pointee.shared_text != 0 {
      statement.bind(index, batch.string(row.pointee.shared_text))
    } else {
      statement.bind(index, stableBlob: UnsafeRawPointer(row) + ImportSession.sharedOffset, count: 16)
    }
  }

  private static let idOffset = MemoryLayout<tf_row>.offset(of: \.id) ?? 0
  private static let sharedOffset = MemoryLayout<tf_row>.offset(of: \.shared) ?? 0
}

extension EventBatch {
  /// Whether a kind of call was seen at a VPC endpoint.
  fileprivate func isEndpointEvent(_ call: UInt32) -> Bool {
    let type = facts.strings[Int(facts.calls[Int(call)].type)]
    guard type.length >= 12 else { return false }
    return UnsafeRawBufferPointer(start: type.bytes, count: 12).elementsEqual("AwsVpceEvent".utf8)
  }
}
