/// Numbers, lists and dates as they are written in every report, without a locale.
enum Words {
  /// `2590` as `2,590`.
  static func number(_ value: Int) -> String {
    let digits = String(value.magnitude)
    if digits.count <= 3 { return value < 0 ? "-" + digits : digits }
    var grouped = value < 0 ? "-" : ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return grouped
  }

  /// "1 role", "2 roles", "0 roles".
  static func count(_ value: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number(value)) \(value == 1 ? one : many ?? one + "s")"
  }

  /// "One role", "Twelve roles", "13 roles": for the beginning of a sentence.
  static func spelledCount(_ value: Int, _ one: String, _ many: String? = nil) -> String {
    "\(spelled(value)) \(value == 1 ? one : many ?? one + "s")"
  }

  private static func spelled(_ value: Int) -> String {
    let names = [
      "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
    ]
    return names.indices.contains(value) ? names[value] : number(value)
  }

  /// "a", "a and b", "a, b and c"; the tail of a long list is counted.
  static func list(_ items: [String], atMost limit: Int = 12) -> String {
    var shown = items
    if items.count > limit, limit > 0 {
      shown = Array(items.prefix(limit - 1))
      shown.append("\(number(items.count - shown.count)) more")
    }
    guard let last = shown.last else { return "" }
    if shown.count == 1 { return last }
    return shown.dropLast().joined(separator: ", ") + " and " + last
  }

  /// The day of a time: `2026-10-31` of `2026-10-31T23:59:59Z`.
  static func day(_ time: String) -> String {
    time.dropFirst(10).first == "T" ? String(time.prefix(10)) : time
  }

  /// `94.4 %`, never rounded up: what falls short must not look as if it did not.
  static func percent(_ value: Double) -> String {
    guard value.isFinite, value > -1e9, value < 1e9 else { return "? %" }
    let tenths = Int((value * 10).rounded(.down))
    let rest = tenths % 10
    return rest == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(abs(rest)) %"
  }

  /// "October 2026" of `2026-10`; the text itself where it is no month.
  static func month(_ text: String) -> String {
    let parts = text.split(separator: "-")
    guard parts.count == 2, let number = Int(parts[1]), let name = monthName(number) else { return text }
    return "\(name) \(parts[0])"
  }

  /// "October" of 10.
  static func monthName(_ number: Int) -> String? {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December",
    ]
    return names.indices.contains(number - 1) ? names[number - 1] : nil
  }

  /// Code words as a reader reads them: `logging-stopped` as "logging stopped".
  static func plain(_ code: String) -> String {
    String(code.map { $0 == "-" ? " " : $0 })
  }

  /// With a capital at the beginning.
  static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
