import IAMIdentifiers
import IAMPolicy
import JSONText

/// A line of a credential report: the root user or a user of the account.
///
/// Source: "Get credential reports for your AWS account", IAM User Guide.
public struct CredentialReportUser: Hashable, Sendable {
  /// By the names of the report's columns; without those that the report leaves open (`N/A`, `no_information`,
  /// `not_supported`).
  public let values: [String: String]

  /// The user's name; `<root_account>` for the root user.
  public var name: String { values["user"] ?? "" }
  public var arnText: String? { values["arn"] }

  /// The lines of a report as an answer holds it, in its order; none where it is no report.
  public static func users(of answer: CallAnswer) -> [CredentialReportUser] {
    guard answer.call == .credentialReport else { return [] }
    return (answer.output?["Users"]?.array ?? []).map { user in
      let values = (user.members ?? []).compactMap { member -> (String, String)? in
        guard let text = member.value.string, !["N/A", "no_information", "not_supported"].contains(text)
        else {
          return nil
        }
        return (member.name, text)
      }
      return CredentialReportUser(values: Dictionary(values, uniquingKeysWith: { first, _ in first }))
    }
  }
}

extension CredentialReportUser {
  private static let header = Array("user,arn,user_creation_time,".utf8)

  /// Whether a text is the report itself, as the console gives it.
  static func isRecognised(in bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: header)
      || bytes.dropFirst(3).starts(with: header) && bytes.starts(with: [0xEF, 0xBB, 0xBF])
  }
}

extension DocumentReader {
  /// Reads a report that came in JSON, where it is in Base64.
  mutating func credentialReport(_ output: JSONValue, _ context: CallContext, at place: String)
    -> [CallAnswer]
  {
    guard let text = output["Content"]?.string else {
      report(.wrongType, at: "\(place).Content", "a text should stand here")
      return []
    }
    var context = context
    let generated = time("GeneratedTime", of: output, at: place)
    context.takenAt = context.takenAt ?? generated
    let bytes = Array(text.utf8)
    // Some tools decode it already.
    guard let csv = CredentialReportUser.isRecognised(in: bytes) ? bytes : base64Decoded(text) else {
      report(.entryUnreadable, at: "\(place).Content", "the report is not in Base64")
      return []
    }
    return credentialReport(csv: csv, context, generated: generated, at: "\(place).Content")
  }

  /// Reads the report itself: lines of values between commas.
  ///
  /// - Parameter generated: when IAM made it, where that is said beside it. IAM makes a new one after four hours at the
  ///   earliest, so that it may be older than the call.
  mutating func credentialReport(
    csv: [UInt8], _ context: CallContext, generated: UTCTime? = nil, at place: String
  ) -> [CallAnswer] {
    let text = String(decoding: csv, as: UTF8.self)
    let lines = text.split { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    guard CredentialReportUser.isRecognised(in: csv), let head = lines.first else {
      report(.entryUnreadable, at: place, "this is no credential report")
      return []
    }
    let names = commaSeparated(head.drop { $0 == "\u{FEFF}" })
    var users: [JSONValue] = []
    var accounts: Set<AccountID> = []
    for (index, line) in lines.dropFirst().enumerated() {
      let values = commaSeparated(line)
      guard values.count == names.count else {
        report(
          .entryUnreadable, at: "\(place), line \(index + 2)", "it has not as many values as the first line")
        continue
      }
      if values.count > 1, let account = ARN(values[1])?.accountID { accounts.insert(account) }
      users.append(.object(zip(names, values).map { .init($0, .string($1)) }))
    }
    if accounts.count > 1 {
      report(.severalAccounts, at: place, "the report names \(accounts.count) accounts")
      return []
    }
    guard let account = accounts.first ?? context.account else {
      reportSubjectMissing(.credentialReport, at: place)
      return []
    }
    var context = context
    context.region = nil
    let time = generated.map { [JSONValue.Member("GeneratedTime", .string($0.description))] } ?? []
    let content = JSONValue.object(time + [.init("Users", .array(users))]).canonicalText
    return [
      answer(
        .credentialReport, context, resource: nil, account: account,
        .given(RawPolicy(canonicalText: content, isJSON: true)))
    ]
  }
}

/// The values of a line; within quotes a comma is part of a value, and two quotes are one (RFC 4180).
private func commaSeparated(_ line: Substring) -> [String] {
  var values = [""]
  var isQuoted = false
  var previous: Character?
  for character in line {
    switch character {
    case "\"":
      if !isQuoted, previous == "\"" { values[values.count - 1].append("\"") }
      isQuoted.toggle()
    case "," where !isQuoted: values.append("")
    default: values[values.count - 1].append(character)
    }
    previous = character
  }
  return values
}

/// Decodes Base64 (RFC 4648), with or without line breaks; nil where it is none.
func base64Decoded(_ text: String) -> [UInt8]? {
  var decoded: [UInt8] = []
  var buffer: UInt32 = 0
  var (count, padding) = (0, 0)
  for byte in text.utf8 where byte != 0x0A && byte != 0x0D {
    let value: UInt8
    switch byte {
    case 0x41...0x5A: value = byte - 0x41
    case 0x61...0x7A: value = byte - 0x61 + 26
    case 0x30...0x39: value = byte - 0x30 + 52
    case UInt8(ascii: "+"): value = 62
    case UInt8(ascii: "/"): value = 63
    case UInt8(ascii: "="):
      padding += 1
      continue
    default: return nil
    }
    guard padding == 0 else { return nil }
    buffer = buffer << 6 | UInt32(value)
    count += 1
    if count % 4 == 0 {
      decoded += [UInt8(truncatingIfNeeded: buffer >> 16), UInt8(truncatingIfNeeded: buffer >> 8)]
      decoded.append(UInt8(truncatingIfNeeded: buffer))
      buffer = 0
    }
  }
  switch (count % 4, padding) {
  case (0, 0): return decoded
  case (2, 2): return decoded + [UInt8(truncatingIfNeeded: buffer >> 4)]
  case (3, 1):
    return decoded + [UInt8(truncatingIfNeeded: buffer >> 10), UInt8(truncatingIfNeeded: buffer >> 2)]
  default: return nil
  }
}
