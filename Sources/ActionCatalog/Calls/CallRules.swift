import IAMIdentifiers

/// What a row of the mapping says of a call.
struct CallRow: Sendable {
  /// Nil: the row holds for every call of the name.
  let condition: Condition?
  /// The row adds to what the others say.
  let adds: Bool
  let needsNone: Bool
  let actions: [ActionName]
  let conditional: [ActionName]
  /// The page that says so.
  let evidence: String

  init(_ line: TableLine) {
    let words = line.words(3)
    let text = line.text(2)
    condition = text.isEmpty ? nil : Condition(text)
    adds = words.first?.first == "+"
    needsNone = words == ["-"]
    actions = words.filter { $0.first != "?" && $0 != "-" }.compactMap {
      ActionName($0.first == "+" ? $0.dropFirst() : $0)
    }
    conditional = words.filter { $0.first == "?" }.compactMap { ActionName($0.dropFirst()) }
    evidence = line.text(4)
  }
}

/// The rows of one call's name.
final class CallRule: Sendable {
  let rows: [CallRow]
  /// The row without a condition, if one of them is.
  let base: CallRow?
  /// What the base says with the dependent actions of its actions; nil where other rows may change it.
  let always: (actions: [ActionName], conditional: [ConditionalAction])?

  init(_ rows: [CallRow], dependents: ([ActionName], [ConditionalAction]) -> [ConditionalAction]) {
    self.rows = rows
    base = rows.first { $0.condition == nil && !$0.adds }
    if rows.count == 1, let base {
      let own = base.conditional.map { ConditionalAction($0) }
      always = (base.actions, own + dependents(base.actions, own))
    } else {
      always = nil
    }
  }
}

/// Where the rows of each name of a table begin, by a scope and the name; the rows themselves are read when asked for.
final class RowIndex: Sendable {
  let table: Table
  private let index: ByteIndex
  private let first: [UInt32]
  private let starts: [UInt32]
  private let next: [UInt32]

  private static let none = UInt32.max

  /// - Parameter scope: the scope that the first cell of a row stands for.
  init(_ table: Table, scope: (UnsafeBufferPointer<UInt8>) -> UInt32) {
    var index = ByteIndexBuilder(capacity: 2048, bytes: 40_000)
    var (first, last, starts, next): ([UInt32], [UInt32], [UInt32], [UInt32]) = ([], [], [], [])
    table.forEachLine { line, start in
      let number = index.insert(line.cell(1), scope: scope(line.cell(0)))
      let row = UInt32(starts.count)
      starts.append(UInt32(start))
      next.append(Self.none)
      if number == first.count {
        first.append(row)
        last.append(row)
      } else {
        next[Int(last[number])] = row
        last[number] = row
      }
    }
    self.table = table
    self.index = ByteIndex(index)
    (self.first, self.starts, self.next) = (first, starts, next)
  }

  /// How many names have rows.
  var count: Int { first.count }

  /// The number of a name in lower case.
  func find(_ name: UnsafeBufferPointer<UInt8>, scope: UInt32) -> Int? { index.find(name, scope: scope) }

  /// The rows of a number, in the order of the table.
  func lines<Result>(_ number: Int, _ body: (TableLine) -> Result) -> [Result] {
    var results: [Result] = []
    var row = first[number]
    while row != Self.none {
      results.append(body(table.line(at: Int(starts[Int(row)]))))
      row = next[Int(row)]
    }
    return results
  }
}
