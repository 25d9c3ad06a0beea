public import ActionCatalog
public import IAMIdentifiers

/// Kinds of events that the user declares to have been recorded wholly in the window, in every account.
///
/// It stands for what selectors would tell and nothing else: days of which no file was delivered stay gaps.
public struct AssumedRecording: Hashable, Sendable {
  /// Nothing assumed.
  public static let nothing = AssumedRecording()

  /// Kinds of events as coverage spells them: `management-read`, `data:AWS::S3::Object`. Sorted, each once.
  public private(set) var kinds: [String] = []
  /// The resource types among them.
  let data: Set<String>

  private init() { data = [] }

  /// Reads what the user names.
  ///
  /// - Parameter names: `management-read`, `management-write`, or the `resources.type` of data events, with or without
  ///   `data:` before it; case does not count.
  /// - Throws: `UnknownKind` for a name that no action's events have.
  public init(_ names: [String], catalog: ActionCatalog = .builtIn) throws(UnknownKind) {
    let known = names.isEmpty ? [] : AssumedRecording.kinds(of: catalog)
    var kinds: Set<String> = []
    for name in names {
      let wanted = AssumedRecording.key(name)
      guard let kind = known.first(where: { AssumedRecording.key($0) == wanted }) else {
        throw UnknownKind(name: name, known: known)
      }
      kinds.insert(kind)
    }
    self.kinds = kinds.sorted()
    data = Set(kinds.filter { $0.hasPrefix("data:") }.map { String($0.dropFirst(5)) })
  }

  /// "data events of AWS::S3::Object and management reads were recorded".
  static func sentence(_ kinds: [String]) -> String {
    let names = kinds.map { kind in
      switch kind {
      case "management-read": "management reads"
      case "management-write": "management writes"
      default: "data events of \(kind.dropFirst(5))"
      }
    }
    return names.joined(separator: " and ") + " were recorded"
  }

  /// Kinds that may be assumed: those by which some action's use is recorded. Network activity is none of them: it proves
  /// neither use nor its absence.
  static func kinds(of catalog: ActionCatalog) -> [String] {
    let types = Set((0..<catalog.count).flatMap { catalog.entry(at: $0).dataResourceTypes })
    return ["management-read", "management-write"] + types.sorted().map { "data:\($0)" }
  }

  fileprivate static func key(_ name: String) -> String {
    let lowered = name.utf8.count <= 256 ? name.lowercased() : ""
    return lowered.hasPrefix("data:") ? String(lowered.dropFirst(5)) : lowered
  }
}

/// A kind of events that is not known.
public struct UnknownKind: DescribedError, Hashable {
  public let name: String
  /// Those that are, in the order of likeness to what was written.
  public let nearest: [String]

  init(name: String, known: [String]) {
    self.name = name
    let wanted = AssumedRecording.key(name)
    let spelled = known.map { $0.hasPrefix("data:") ? String($0.dropFirst(5)) : $0 }
    let distances = spelled.map { Self.distance(Array(wanted.utf8.prefix(80)), Array($0.lowercased().utf8)) }
    nearest = zip(distances, spelled).sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
  }

  public var code: String { "unknown-kind" }
  public var problem: String {
    isNetworkActivity
      ? "network activity shows calls at VPC endpoints and proves neither use nor its absence, recorded or not"
      : "no action's use is recorded as '\(name)'"
  }
  public var place: String? { nil }
  public var remedy: String {
    let near = isNetworkActivity ? "" : "The nearest are \(nearest.prefix(3).joined(separator: ", ")). "
    return near + "Known are \(nearest.sorted().joined(separator: ", "))."
  }

  private var isNetworkActivity: Bool { AssumedRecording.key(name).hasPrefix("network-activity") }

  /// How many letters to insert, remove or replace to make one of the other; text that is contained costs little.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    if !left.isEmpty, right.count >= left.count,
      (0...(right.count - left.count)).contains(where: { right[$0..<($0 + left.count)].elementsEqual(left) })
    {
      return 0
    }
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
        diagonal = above
      }
    }
    return row[right.count]
  }
}
