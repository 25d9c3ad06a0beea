public import IAMIdentifiers

/// Every IAM action that AWS has published, which action authorised which call, and what a trail records of it.
///
/// Actions are numbered in the order of their lowercased names, so that a set of actions can be a set of integers;
/// the numbers hold for one `version` only: a catalogue with an overlay numbers its own actions.
public struct ActionCatalog: Sendable {
  /// The catalogue that is part of this program.
  public static let builtIn = ActionCatalog(content: CatalogContent())

  let content: CatalogContent

  init(content: CatalogContent) { self.content = content }

  /// What the catalogue was made from, and a hash of its content: two catalogues of one version give the same answers.
  public var version: String {
    guard let overlay = content.overlay, !overlay.isEmpty else { return Self.builtInVersion }
    let digits = Self.hexadecimal(Self.hash(of: overlay.bytes, from: Self.basis))
    return "\(Self.builtInVersion), service reference of \(overlay.date) (\(digits))"
  }

  private static let basis: UInt64 = 0xcbf2_9ce4_8422_2325

  private static let builtInVersion: String = {
    var hash = basis
    for table in Table.allCases { hash = Self.hash(of: table.bytes, from: hash) }
    return "\(Table.actions.headline) (\(hexadecimal(hash)))"
  }()

  private static func hash(of bytes: some Collection<UInt8>, from start: UInt64) -> UInt64 {
    var hash = start
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }

  private static func hexadecimal(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// How many actions there are, retired ones included.
  public var count: Int { content.actions.starts.count }

  /// The service prefixes, in the order in which their actions are numbered.
  public var services: [String] { content.actions.services }

  /// The numbers of a service's actions; empty for a prefix that the catalogue does not know.
  public func indices(ofService prefix: String) -> Range<Int> {
    content.actions.service(prefix).map { content.actions.ranges[$0] } ?? 0..<0
  }

  /// The number of an action; nil where the catalogue does not know it.
  public func index(of action: ActionName) -> Int? { content.number(action) }

  /// The name of an action, written as AWS writes it. The number must be less than `count`.
  public func name(at number: Int) -> ActionName { content.action(number).name }

  /// The action of a number. The number must be less than `count`.
  public func entry(at number: Int) -> Entry { content.entry(number) }

  /// What the catalogue knows of an action.
  public func entry(for action: ActionName) -> Entry? { index(of: action).map(entry(at:)) }
}
