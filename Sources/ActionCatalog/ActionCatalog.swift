public import IAMIdentifiers

/// Every IAM action that AWS has published, which action authorised which call, and what a trail records of it.
///
/// Actions are numbered in the order of their lowercased names, so that a set of actions can be a set of integers;
/// the numbers hold for one `version` only.
public struct ActionCatalog: Sendable {
  /// The catalogue that is part of this program.
  public static let builtIn = ActionCatalog()

  let index = ActionIndex()

  private init() {}

  /// What the catalogue was made from, and a hash of its content: two catalogues of one version give the same answers.
  public var version: String { Self.builtInVersion }

  private static let builtInVersion: String = {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for table in [Table.actions, .calls, .errors, .passRole, .sources, .regions] {
      for byte in table.bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    let digits = String(hash, radix: 16)
    return "\(Table.actions.headline) (\(String(repeating: "0", count: 16 - digits.count) + digits))"
  }()

  /// How many actions there are, retired ones included.
  public var count: Int { index.starts.count }

  /// The service prefixes, in the order in which their actions are numbered.
  public var services: [String] { index.services }

  /// The numbers of a service's actions; empty for a prefix that the catalogue does not know.
  public func indices(ofService prefix: String) -> Range<Int> {
    index.ranges[prefix] ?? index.ranges[prefix.lowercased()] ?? 0..<0
  }

  /// The number of an action; nil where the catalogue does not know it.
  public func index(of action: ActionName) -> Int? {
    let name = action.lowercased
    guard let colon = name.firstIndex(of: ":") else { return nil }
    return index.find(service: name[..<colon], name: name[name.index(after: colon)...])
  }

  /// The action of a number. The number must be less than `count`.
  public func entry(at number: Int) -> Entry {
    Entry(service: index.service(number), line: index.line(number))
  }

  /// What the catalogue knows of an action.
  public func entry(for action: ActionName) -> Entry? { index(of: action).map(entry(at:)) }

  /// The action `service:name`, written as AWS writes it, without regard to case; nil where there is none.
  func canonical(_ service: String, _ name: String) -> ActionName? {
    guard let number = index.find(service: service.lowercased()[...], name: name.lowercased()[...]) else {
      return nil
    }
    let written = String(decoding: index.line(number).prefix { $0 != 0x09 }, as: UTF8.self)
    return ActionName("\(index.service(number)):\(written)")
  }
}
