import ActionCatalog

extension AccessLevels {
  /// The level that matters most where an action has two.
  var mainLevel: String {
    if contains(.permissionsManagement) { return "permissions-management" }
    if contains(.write) { return "write" }
    if contains(.tagging) { return "tagging" }
    if contains(.read) { return "read" }
    return contains(.list) ? "list" : "unknown"
  }
}
