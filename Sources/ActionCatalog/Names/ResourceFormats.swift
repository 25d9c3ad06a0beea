extension ActionCatalog {
  /// The ARN of a service's resources of a type, with `${…}` in the place of what differs from one to the next.
  ///
  /// Source: "Resource types defined by …", Service Authorization Reference.
  /// - Parameters:
  ///   - type: its name, as in `Entry.resourceTypes`.
  ///   - service: the service prefix in lower case.
  /// - Returns: nil where it is not known, as of what only an overlay names.
  public func resourceFormat(ofType type: String, service: String) -> String? {
    ResourceFormats.table.formats[service]?[type]
  }
}

/// How the ARNs of resource types are spelled.
struct ResourceFormats: Sendable {
  static let table = ResourceFormats()

  /// By service prefix and type.
  let formats: [String: [String: String]]

  private init() {
    var formats: [String: [String: String]] = [:]
    Table.resources.forEachLine { line, _ in formats[line.text(0), default: [:]][line.text(1)] = line.text(2)
    }
    self.formats = formats
  }
}
