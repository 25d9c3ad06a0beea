import IAMIdentifiers
import Testing

@testable import IAMPolicy

@Suite("Action patterns")
struct ActionPatternTests {
  @Test(
    "Actions match without regard to case, with wildcards anywhere in the name",
    arguments: [
      ("*", "s3:GetObject", true), ("*:*", "s3:GetObject", true), ("**", "s3:GetObject", true),
      ("s3:*", "S3:GetObject", true), ("S3:getobject", "s3:GetObject", true),
      ("s3:*Object", "s3:GetObject", true),
      ("s3:*Object", "s3:GetObjectAcl", false), ("iam:?etRole", "iam:GetRole", true),
      ("iam:?GetRole", "iam:GetRole", false), ("s3:*", "s3-object-lambda:GetObject", false),
      ("s3:*e*t*", "s3:PutObject", true), ("s3:Get*Object*", "s3:GetObject", true),
      ("s3:GetObject?", "s3:GetObject", false),
      ("s3:****************t", "s3:GetObject", true),
      ("s3:a*a*a*a*a*b", "s3:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false),
      ("lambda:Invoke", "lambda:InvokeFunction", false), ("s3:?*", "s3:G", true), ("s3:??*", "s3:G", false),
    ])
  func matching(pattern: String, action: String, expected: Bool) throws {
    let pattern = try #require(ActionPattern(pattern))
    #expect(pattern.matches(try #require(ActionName(action))) == expected)
  }

  @Test(
    "What IAM would refuse is no pattern",
    arguments: [
      "", ":", "s3", "s3:", ":GetObject", "s3:Get:Object", "*:Get*", "s*:GetObject", "?3:GetObject", "s3*",
      "s3:Get Object",
      " s3:GetObject", "s3:GetObject ", "s3:GetÖbject", "s3:Get\u{0}", "*:*:*", "s3:${aws:username}", "*:",
      ":*",
      "s3:Get\nObject", "**s3:GetObject",
    ])
  func refused(text: String) { #expect(ActionPattern(text) == nil) }

  @Test(
    "The kind of wildcard decides which range of the catalogue is asked",
    arguments: [
      ("*", ActionPattern.WildcardKind.everything), ("*:*", .everything), ("S3:*", .wholeService),
      ("s3:**", .wholeService), ("s3:Get*", .prefix), ("s3:*Get", .inside), ("s3:G?t", .inside),
      ("s3:Get?", .inside),
      ("s3:G*t*", .inside), ("s3:Get", .none),
    ])
  func kinds(text: String, kind: ActionPattern.WildcardKind) throws {
    let pattern = try #require(ActionPattern(text))
    #expect(pattern.wildcardKind == kind)
    #expect(pattern.isLiteral == (kind == .none))
    #expect(pattern.literal?.description == (kind == .none ? text : nil))
    #expect(pattern.servicePrefix == (kind == .everything ? nil : "s3"))
  }

  @Test(
    "A pattern covers another only if it matches all of it",
    arguments: [
      ("*", "s3:Get*", true), ("s3:*", "*", false), ("s3:*", "s3:Get*", true), ("s3:Get*", "s3:*", false),
      ("s3:Get*", "s3:GetObject?", true), ("s3:G?t*", "s3:Get*", true), ("s3:Get*", "s3:G?t*", false),
      ("s3:*", "ec2:*", false), ("s3:*t*", "s3:Put*", true), ("s3:*:*", "s3:*", false),
    ])
  func covering(first: String, second: String, expected: Bool) {
    guard let first = ActionPattern(first), let second = ActionPattern(second) else {
      return #expect(!expected)
    }
    #expect(first.covers(second) == expected)
  }

  @Test("A hostile pattern on a long text is answered at once")
  func hostile() throws {
    let pattern = try #require(ActionPattern("s3:" + String(repeating: "a*", count: 2000) + "b"))
    let name = [UInt8](repeating: UInt8(ascii: "a"), count: 10_000)
    let took = ContinuousClock().measure { #expect(!pattern.matchesName(name[...])) }
    #expect(took < .seconds(10))
  }
}

@Suite("Resource patterns")
struct ResourcePatternTests {
  @Test(
    "Resources match with case, over slashes, and over colons only where the wildcard ends its segment",
    arguments: [
      ("*", "arn:aws:s3:::b", true), ("*", "anything", true), ("arn:aws:s3:::*", "arn:aws:s3:::b/k/l", true),
      ("arn:aws:s3:::B/*", "arn:aws:s3:::b/k", false), ("arn:aws:s3:::b/*", "arn:aws:s3:::b", false),
      ("arn:aws:s3:::b*", "arn:aws:s3:::bucket/a:b", true),
      ("arn:aws:s3:::b/*x", "arn:aws:s3:::b/a:x", false),
      ("arn:aws:s3:::b/*x", "arn:aws:s3:::b/a/y/x", true),
      (
        "arn:aws:logs:*:*:log-group:/aws/*:log-stream:*",
        "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/l/f:log-stream:a", true
      ),
      ("arn:aws:sns:*:topic", "arn:aws:sns:eu-west-1:111122223333:topic", true),
      ("arn:aws:sns:e*1:topic", "arn:aws:sns:eu-west-1:111122223333:topic", false),
      ("arn:*:s3:::b", "arn:aws-cn:s3:::b", true), ("arn:aws*:s3:::b", "arn:aws-us-gov:s3:::b", true),
      ("arn:aws:*:::b", "arn:aws:s3:::b", false), ("arn:aws:s?:::b", "arn:aws:s3:::b", false),
      ("arn:aws:s3:::b?", "arn:aws:s3:::bé", true), ("arn:aws:s3:::b?", "arn:aws:s3:::b", false),
      ("arn:aws:s3:::b?c", "arn:aws:s3:::b:c", false), ("arn:aws:s3:::*?", "arn:aws:s3:::", false),
      ("", "arn:aws:s3:::b", false), ("arn:aws:s3:::b", "arn:aws:s3:::b ", false),
      ("arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/anna/k", true),
      ("arn:aws:s3:::b/${*}", "arn:aws:s3:::b/*", true),
      ("arn:aws:s3:::b/${*}", "arn:aws:s3:::b/x", false),
      ("arn:aws:s3:::b/${open", "arn:aws:s3:::b/${open", true),
    ])
  func matching(pattern: String, resource: String, expected: Bool) {
    #expect(ResourcePattern(pattern).matches(resource) == expected)
  }

  @Test("In the old version a variable is plain text")
  func oldVersion() {
    let pattern = ResourcePattern("arn:aws:s3:::b/${aws:username}", variables: false)
    #expect(!pattern.matches("arn:aws:s3:::b/anna"))
    #expect(pattern.matches("arn:aws:s3:::b/${aws:username}"))
    #expect(pattern.isLiteral)
    #expect(!pattern.hasVariables)
  }

  @Test("Only stars are everything")
  func everything() {
    #expect(ResourcePattern("*").isEverything)
    #expect(ResourcePattern("**").isEverything)
    for text in ["arn:aws:s3:::*", "arn:*", "?", "", "*:*"] { #expect(!ResourcePattern(text).isEverything) }
  }

  @Test(
    "A pattern of all that a service has is known",
    arguments: [
      ("arn:aws:s3:::*", true), ("arn:aws-cn:s3:*:*:*", true), ("arn:aws:s3:::b", false),
      ("arn:aws:ec2:::*", false),
      ("*", false), ("arn:aws:s3:eu-west-1::*", false),
    ])
  func wholeService(text: String, expected: Bool) {
    #expect(ResourcePattern(text).isWholeService("s3") == expected)
  }

  @Test(
    "A pattern covers another where that can be proved",
    arguments: [
      ("*", "arn:aws:s3:::b/${aws:username}", true), ("arn:aws:s3:::b*", "arn:aws:s3:::b/*x", true),
      ("arn:aws:s3:::b/*x", "arn:aws:s3:::b/*", false), ("arn:aws:s3:::b/*x", "arn:aws:s3:::b/yx", true),
      ("arn:aws:s3:::*", "arn:aws:s3:::b/${aws:userid}", true),
      ("arn:aws:s3:::b/a", "arn:aws:s3:::b/${aws:userid}", false),
      ("arn:aws:s3:::${aws:userid}", "arn:aws:s3:::${aws:userid}", true),
      ("arn:aws:s3:::${aws:userid}", "arn:aws:s3:::${aws:username}", false),
      ("arn:aws:s3:::${aws:userid}", "arn:aws:s3:::*", false),
      ("arn:aws:s3:::b?", "arn:aws:s3:::b?", true), ("arn:aws:s3:::b?", "arn:aws:s3:::b*", false),
    ])
  func covering(first: String, second: String, expected: Bool) {
    #expect(ResourcePattern(first).covers(ResourcePattern(second)) == expected)
  }

  @Test(
    "A pattern takes in all, a part or nothing of what a request asks for",
    arguments: [
      ("arn:aws:s3:::b/*", "arn:aws:s3:::b/p/*", "whole"),
      ("arn:aws:s3:::b/p/*", "arn:aws:s3:::b/p/*", "whole"),
      ("arn:aws:s3:::b/p?", "arn:aws:s3:::b/p*", "part"), ("arn:aws:s3:::b/p*", "arn:aws:s3:::b/p?", "whole"),
      ("arn:aws:s3:::b/p?", "arn:aws:s3:::b/p?", "whole"), ("arn:aws:s3:::b/p", "arn:aws:s3:::b/p*", "part"),
      ("arn:aws:s3:::b/q/*", "arn:aws:s3:::b/p/*", "none"),
      ("arn:aws:s3:::b/*/x", "arn:aws:s3:::b/p/*", "part"),
      ("arn:aws:s3:::b/*x", "arn:aws:s3:::b/*", "part"), ("arn:aws:s3:::b/*x", "arn:aws:s3:::b/*yx", "whole"),
      ("arn:aws:s3:::b?", "arn:aws:s3:::b", "none"), ("arn:aws:s3:::b?", "arn:aws:s3:::bé*", "part"),
      ("arn:aws:s3:::b/é", "arn:aws:s3:::b/?", "part"), ("arn:aws:s3:::b/éé", "arn:aws:s3:::b/?", "none"),
      ("arn:aws:s3:::*", "arn:aws:s3:::*", "whole"), ("*", "arn:aws:s3:::b/*", "whole"),
      ("arn:aws:s3:::b/*", "*", "none"), ("*", "*", "whole"), ("arn:aws:s3:::*", "**", "none"),
      ("arn:aws:sns:*:topic", "arn:aws:sns:*:111122223333:*", "part"),
      ("arn:aws:sns:*:*:topic", "arn:aws:sns:*:111122223333:topic", "whole"),
      ("arn:aws:sns:e*1:111122223333:topic", "arn:aws:sns:*:111122223333:topic", "part"),
      ("arn:aws:sns:e*1:*", "arn:aws:sns:eu-*1:1:topic", "whole"),
      ("arn:aws:sns:*-1:topic", "arn:aws:sns:eu-*:topic", "part"),
      ("arn:aws:sns:*-1:topic", "arn:aws:sns:eu:*:topic", "none"),
      ("arn:aws:s*:::b", "arn:aws:s*:::b", "whole"), ("arn:aws:s3:::b", "arn:aws:s*:::b", "none"),
      ("arn:aws:s3:::b/${*}x", "arn:aws:s3:::b/*x", "whole"),
      ("arn:aws:s3:::b/${?}", "arn:aws:s3:::b/?", "whole"),
      ("arn:aws:s3:::b/${*}x", "arn:aws:s3:::b/?x", "part"),
      ("arn:aws:s3:::b/${*}", "arn:aws:s3:::b/y*", "none"),
      ("arn:aws:s3:::b/x", "arn:aws:s3:::b/${aws:username}*", "none"),
      ("arn:aws:s3:::b/$*", "arn:aws:s3:::b/${aws:username}*", "whole"),
    ])
  func shares(pattern: String, asked: String, expected: String) {
    let share = RequestedResource(asked).share(in: ResourcePattern(pattern))
    #expect("\(share)" == expected)
  }

  @Test("What a request for a pattern asks for is taken in as its texts are", arguments: 0..<4)
  func shareIsRight(seed: Int) {
    let letters = ["a", ":", "é"]
    var texts = [""]
    for length in 0..<5 {
      texts += texts.filter { $0.count == length }.flatMap { text in letters.map { text + $0 } }
    }
    let resources = texts.map { "arn:aws:s3:::" + $0 }
    var random = Numbers(seed: UInt64(200 + seed))
    for _ in 0..<500 {
      let pattern = ResourcePattern(
        "arn:aws:s3:::" + random.text(from: ["a", ":", "*", "*", "?", "é"], upTo: 4))
      let text = "arn:aws:s3:::" + random.text(from: ["a", ":", "*", "*", "?", "é"], upTo: 4)
      let asked = ResourcePattern(text, variables: false)
      let wanted = resources.filter { asked.matches($0) }
      let share = RequestedResource(text).share(in: pattern)
      // Two texts of four places have one of at most six in common where they have any; most are shorter.
      switch share {
      case .whole: #expect(wanted.allSatisfy { pattern.matches($0) }, "\(pattern) takes in \(text)")
      case .none: #expect(!wanted.contains { pattern.matches($0) }, "\(pattern) and \(text)")
      case .part: #expect(pattern.overlaps(asked) && asked.overlaps(pattern), "\(pattern) and \(text)")
      }
      if wanted.contains(where: { pattern.matches($0) }) { #expect(share != .none) }
    }
  }

  @Test("Hostile patterns on hostile requests are answered at once")
  func hostileRequests() {
    let texts = ["*a", "?*", "*:a*", "a*b?"].map { "arn:aws:s3:::" + String(repeating: $0, count: 250) }
    let took = ContinuousClock().measure {
      for text in texts {
        let asked = RequestedResource(text + "c")
        for pattern in texts { #expect(asked.share(in: ResourcePattern(pattern + "d")) == .none) }
      }
    }
    #expect(took < .seconds(30))
  }

  @Test(
    "Hostile patterns on a long text are answered at once",
    arguments: [
      String(repeating: "a*", count: 1000) + "b", String(repeating: "*:a", count: 700) + "b",
      String(repeating: "*:a*a*", count: 300) + "b", String(repeating: "?*", count: 1000) + "b",
    ])
  func hostile(pattern: String) {
    let texts = [String(repeating: "a", count: 10_000), String(repeating: ":aa", count: 3_300)]
    let pattern = ResourcePattern("arn:aws:s3:::" + pattern)
    let took = ContinuousClock().measure {
      for text in texts { #expect(!pattern.matches("arn:aws:s3:::" + text)) }
    }
    #expect(took < .seconds(20))
  }

  @Test("The search agrees with a plain definition of matching on thousands of odd pairs", arguments: 0..<8)
  func differential(seed: Int) {
    var random = Numbers(seed: UInt64(seed))
    for _ in 0..<2_500 {
      let pattern = random.text(from: ["a", "b", ":", "/", "*", "*", "?", "é", "*:"], upTo: 9)
      let text = random.text(from: ["a", "b", ":", "/", "é", "a"], upTo: 9)
      let expected = PlainMatcher(pattern: "arn:aws:s3:::" + pattern, text: "arn:aws:s3:::" + text).matches
      #expect(
        ResourcePattern("arn:aws:s3:::" + pattern).matches("arn:aws:s3:::" + text) == expected,
        "\(pattern) on \(text)")
    }
  }

  @Test("What a covered pattern matches, the covering one matches too", arguments: 0..<4)
  func coveringIsSound(seed: Int) {
    var random = Numbers(seed: UInt64(100 + seed))
    let letters = ["a", ":", "*", "*", "?", "é"]
    for _ in 0..<2_000 {
      let first = ResourcePattern("arn:aws:s3:::" + random.text(from: letters, upTo: 5))
      let second = ResourcePattern("arn:aws:s3:::" + random.text(from: letters, upTo: 5))
      guard first.covers(second) else { continue }
      for _ in 0..<20 {
        let text = "arn:aws:s3:::" + random.text(from: ["a", ":", "é", "/"], upTo: 5)
        if second.matches(text) { #expect(first.matches(text), "\(first) covers \(second) but not \(text)") }
      }
    }
  }
}

/// Matching as it is defined, without any cleverness: what may stand at each place, tried one after the other.
private struct PlainMatcher {
  private let pattern: [Unicode.Scalar]
  private let text: [Unicode.Scalar]

  init(pattern: String, text: String) {
    self.pattern = Array(pattern.unicodeScalars)
    self.text = Array(text.unicodeScalars)
  }

  var matches: Bool { matches(0, 0) }

  private func matches(_ place: Int, _ at: Int) -> Bool {
    guard place < pattern.count else { return at == text.count }
    switch pattern[place] {
    case "*":
      var next = place
      while next < pattern.count, pattern[next] == "*" { next += 1 }
      let endsSegment = next == pattern.count || pattern[next] == ":"
      var end = at
      while true {
        if matches(next, end) { return true }
        guard end < text.count, endsSegment || text[end] != ":" else { return false }
        end += 1
      }
    case "?": return at < text.count && text[at] != ":" && matches(place + 1, at + 1)
    default: return at < text.count && text[at] == pattern[place] && matches(place + 1, at + 1)
    }
  }
}

/// Numbers that look like chance and are the same on every run.
private struct Numbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

  mutating func next(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func text(from letters: [String], upTo length: Int) -> String {
    var text = ""
    for _ in 0..<next(below: length + 1) { text += letters[next(below: letters.count)] }
    return text
  }
}
