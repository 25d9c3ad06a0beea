import IAMPolicy
import JSONText

/// Conditions, and the values of their keys in requests.
extension RandomRequest {
  private struct Family {
    let operators: [String]
    let keys: [String]
    let wanted: [String]
    let found: [String]
    /// A value that is none of the operators' kind.
    var odd: String?
  }

  private static let families = [
    Family(
      operators: [
        "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
      ],
      keys: ["aws:username", "aws:PrincipalTag/team", "aws:TagKeys"],
      wanted: [
        "Ana", "ana", "red", "r*d", "?ed", "*", "", "${aws:username}", "${aws:PrincipalTag/team, 'red'}",
        "r${*}d",
      ],
      found: ["Ana", "ANA", "red", "reed", "r*d", "", "blue"]),
    Family(
      operators: [
        "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan",
        "NumericGreaterThanEquals",
      ],
      keys: ["s3:max-keys"], wanted: ["10", "10.0", "-1", "9.99", "1000"],
      found: ["10", "9", "-1.0", "0.5", "100", "10.00"], odd: "ten"),
    Family(
      operators: [
        "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan",
        "DateGreaterThanEquals",
      ],
      keys: ["aws:CurrentTime"],
      wanted: [
        "2026-11-24T10:00:00Z", "2026-11-24T12:00:00+02:00", "2026-11-24", "1795514400",
        "2026-02-28T23:59:59Z",
      ],
      found: [
        "2026-11-24T10:00:00Z", "2026-11-24T09:59:59Z", "2026-11-24T00:00:00Z", "1795514400",
        "2028-02-29T00:00:00Z",
      ], odd: "yesterday"),
    Family(
      operators: ["Bool"], keys: ["aws:SecureTransport"], wanted: ["true", "false"],
      found: ["true", "false"],
      odd: "maybe"),
    Family(
      operators: ["BinaryEquals"], keys: ["app:Bytes"], wanted: ["QUJD", "QUI="], found: ["QUJD", "QUI="],
      odd: "Q"),
    Family(
      operators: ["IpAddress", "NotIpAddress"], keys: ["aws:SourceIp"],
      wanted: ["203.0.113.0/24", "203.0.112.0/22", "203.0.113.7", "0.0.0.0/0", "2001:db8::/33", "::1"],
      found: [
        "203.0.113.7", "203.0.115.255", "198.51.100.1", "2001:db8:7fff::1", "2001:db8:8000::1",
        "0:0:0:0:0:0:0:1",
      ], odd: "203.0.113.*"),
    Family(
      operators: ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"], keys: ["aws:SourceArn"],
      wanted: [
        "arn:aws:sns:eu-west-1:111122223333:orders", "arn:aws:sns:*:111122223333:*", "arn:aws:sns:*orders",
        "arn:aws:*:*:*:o?ders*", "arn:aws:sns:*:${aws:PrincipalTag/team}:*",
      ],
      found: [
        "arn:aws:sns:eu-west-1:111122223333:orders", "arn:aws:sns:eu-west-1:444455556666:orders:sub",
        "arn:aws:sqs::111122223333:orders", "orders",
      ], odd: "orders"),
  ]

  mutating func condition() -> JSONValue {
    var members: [JSONValue.Member] = []
    for _ in 0...Int(numbers.next() % 2) {
      let family = pick(RandomRequest.families)
      var name = pick(family.operators)
      var wanted = some(family.wanted, upTo: 3)
      if chance(10) {
        name = "Null"
        wanted = .string(pick(["true", "false"]))
      } else {
        if chance(25) { name = pick(["ForAllValues:", "ForAnyValue:"]) + name }
        if chance(20) { name += "IfExists" }
      }
      if members.contains(where: { $0.name == name }) { continue }
      members.append(.init(name, .object([.init(pick(family.keys), wanted)])))
    }
    return .object(members)
  }

  /// A condition of which nobody can say whether it holds.
  mutating func oddCondition() -> JSONValue {
    let family = pick(RandomRequest.families.filter { $0.odd != nil })
    let odd = family.odd ?? ""
    var name = pick(family.operators)
    var wanted = [odd] + (chance(40) ? [pick(family.wanted)] : [])
    if chance(10) {
      (name, wanted) = ("Null", ["maybe"] + (chance(40) ? [pick(["true", "false"])] : []))
    } else {
      if chance(25) { name = pick(["ForAllValues:", "ForAnyValue:"]) + name }
      if chance(20) { name += "IfExists" }
    }
    if chance(50) { wanted.reverse() }
    return .object([.init(name, .object([.init(pick(family.keys), .array(wanted.map { .string($0) }))]))])
  }

  mutating func context(of caller: String) -> JSONValue {
    var members: [JSONValue.Member] = []
    for family in RandomRequest.families {
      for key in family.keys where chance(60) {
        let isSet = key == "aws:TagKeys" || chance(10)
        let values = (0..<(isSet ? Int(numbers.next() % 3) : 1)).map { _ in
          JSONValue.string(pick(family.found))
        }
        members.append(.init(chance(20) ? key.lowercased() : key, isSet ? .array(values) : values[0]))
      }
    }
    if chance(50) {
      let ids =
        caller.contains(":user/")
        ? ["AIDACKCEVSQ6C2EXAMPLE", "AIDADBQP57FF2AEXAMPLE", "AROACKCEVSQ6C2EXAMPLE"]
        : ["AROACKCEVSQ6C2EXAMPLE:monday", "AROADBQP57FF2AEXAMPLE:monday", "AIDACKCEVSQ6C2EXAMPLE"]
      members.append(.init("aws:userid", .string(pick(ids))))
    }
    if caller.contains(":assumed-role/Reader/"), chance(40) {
      let paths = ["111122223333:role/Reader", "111122223333:role/team/Reader", "444455556666:role/Reader"]
      members.append(.init("aws:PrincipalArn", .string("arn:aws:iam::" + pick(paths))))
    }
    return .object(members)
  }
}
