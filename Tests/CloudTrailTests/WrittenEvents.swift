import Foundation

/// The id of the event of that number.
func id(_ number: Int) -> String {
  "00000000-0000-4000-8000-" + String(String(number + 1_000_000_000_000).dropFirst())
}

/// The number of an event by its id; -1 for every other id.
func number(of id: String) -> Int {
  id.hasPrefix("00000000-0000-4000-8000-") ? Int(id.suffix(12)) ?? -1 : -1
}

/// An event with all that is usual; `changes` give other values, or none, as JSON.
func event(_ number: Int, _ changes: [String: String?] = [:]) -> String {
  let second = String(1000 + number % 60).dropFirst(2)
  let minute = String(1000 + number / 60 % 60).dropFirst(2)
  var fields: [(String, String)] = [
    ("eventVersion", #""1.11""#),
    ("userIdentity", identity()),
    ("eventTime", "\"2026-10-31T12:\(minute):\(second)Z\""),
    ("eventSource", #""s3.amazonaws.com""#),
    ("eventName", #""GetObject""#),
    ("awsRegion", #""eu-west-1""#),
    ("sourceIPAddress", #""10.0.0.1""#),
    ("userAgent", #""aws-cli/2.15 [x] {y}""#),
    ("requestParameters", #"{"bucketName":"b","key":"a/b/c\"}],{","list":[{"x":1},[]]}"#),
    ("responseElements", "null"),
    ("additionalEventData", #"{"bytes":12,"auth":"SigV4"}"#),
    ("requestID", #""R1""#),
    ("eventID", "\"\(id(number))\""),
    ("readOnly", "true"),
    ("resources", #"[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::b/a/b/c"}]"#),
    ("eventType", #""AwsApiCall""#),
    ("managementEvent", "false"),
    ("recipientAccountId", #""111122223333""#),
    ("eventCategory", #""Data""#),
  ]
  for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
    let place = fields.firstIndex { $0.0 == name }
    if let value, let place { fields[place].1 = value }
    if let value, place == nil { fields.append((name, value)) }
    if value == nil, let place { fields.remove(at: place) }
  }
  return "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
}

/// The identity of a session of a role.
func identity(role: String = "AROAEXAMPLEROLE000001", session: String = "alice") -> String {
  """
  {"type":"AssumedRole","principalId":"\(role):\(session)","arn":"arn:aws:sts::111122223333:assumed-role/r/\(session)",\
  "accountId":"111122223333","accessKeyId":"ASIAEXAMPLE","sessionContext":{"sessionIssuer":{"type":"Role",\
  "principalId":"\(role)","arn":"arn:aws:iam::111122223333:role/team/r","accountId":"111122223333","userName":"r"},\
  "attributes":{"creationDate":"2026-10-31T11:00:00Z","mfaAuthenticated":"false"}}}
  """
}

func events(_ numbers: some Sequence<Int>) -> [String] { numbers.map { event($0) } }

/// `{"Records":[…]}` as CloudTrail writes it.
func delivery(_ records: [String]) -> String { #"{"Records":["# + records.joined(separator: ",") + "]}" }

/// A gzip member that holds the bytes without compressing them.
func gzip(_ content: some Sequence<UInt8>) -> [UInt8] {
  let bytes = Array(content)
  var member: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
  var rest = bytes[...]
  repeat {
    let block = rest.prefix(65535)
    rest = rest.dropFirst(block.count)
    member.append(rest.isEmpty ? 1 : 0)
    member += little(UInt16(block.count)) + little(~UInt16(block.count)) + block
  } while !rest.isEmpty
  return member + little(checksum(bytes)) + little(UInt32(truncatingIfNeeded: bytes.count))
}

private func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  withUnsafeBytes(of: number.littleEndian, Array.init)
}

private let checksumTable: [UInt32] = (0..<256).map { byte in
  (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
}

private func checksum(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(UInt32.max) { sum, byte in sum >> 8 ^ checksumTable[Int((sum ^ UInt32(byte)) & 0xFF)] }
}
