import Foundation
import Testing
import TrailFacts

@Suite("The event history, and what collecting scripts write") struct EventHistoryTests {
  /// The output of `lookup-events`: events as texts in events.
  private func history(_ records: [String]) throws -> String {
    let events = try records.map { record in
      String(decoding: try JSONEncoder().encode(["EventId": "x", "CloudTrailEvent": record]), as: UTF8.self)
    }
    return #"{"Events":["# + events.joined(separator: ",") + "]}"
  }

  private func line(_ command: String, _ output: String, account: String = "111122223333") -> String {
    #"{"accessreview":1,"command":"\#(command)","account":"\#(account)","takenAt":"2026-10-31T10:00:00Z","complete":true,"error":null,"output":\#(output)}"#
  }

  /// What is handed on of a line: all but the events, and what became of them.
  private func head(
    events: Int, unreadable: Int = 0, elsewhere: Int = 0, account: String = "111122223333",
    output: String = ""
  ) -> String {
    String(line("cloudtrail lookup-events", "{\(output)\"Events\":[]}", account: account).dropLast())
      + #","eventsRead":{"events":\#(events),"unreadable":\#(unreadable),"elsewhere":\#(elsewhere)}}"#
  }

  private func document(_ scanned: Scanned) -> String? {
    scanned.file?.document.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("Events in the output of lookup-events are read, plain, in an array and in a line") func events()
    throws
  {
    let output = try history([event(1), event(2)])
    let line = line("cloudtrail lookup-events", output)
    for (content, handedOn) in [
      (output, nil), ("[\(output)]", nil), ("\(output)\n\(output)", nil), (line, head(events: 2)),
      ("[\(line)]", "[\(head(events: 2))]"),
    ] {
      let scanned = try scan(content)
      #expect(Set(scanned.numbers) == [1, 2])
      #expect(scanned.file?.kind == .trail)
      #expect(document(scanned) == handedOn)
      #expect(scanned.problems.isEmpty)
    }
  }

  @Test("An event that cannot be read is told, and the others stay") func damaged() throws {
    let scanned = try scan(try history([event(1), "{", "7", event(2), #"{"eventID":"x"}"#]))
    #expect(scanned.numbers == [1, 2])
    #expect(scanned.problems == ["record-damaged", "record-damaged", "record-incomplete"])
    let empty = try scan(#"{"Events":[{"CloudTrailEvent":7},{},5]}"#)
    #expect(empty.problems == ["record-incomplete", "record-incomplete", "record-incomplete"])
  }

  @Test("What lies beside events in a file is handed on") func mixed() throws {
    let other = line("kms list-grants", #"{"Grants":[]}"#)
    let refused = line("cloudtrail lookup-events", "null")
    let scanned = try scan(
      [other, line("cloudtrail lookup-events", try history([event(1)])), other, refused].joined(
        separator: "\n"))
    #expect(scanned.numbers == [1])
    #expect(scanned.problems.isEmpty)
    let document = try #require(scanned.file?.document)
    #expect(String(decoding: document, as: UTF8.self) == "[\(other),\(head(events: 1)),\(other),\(refused)]")
  }

  @Test("What a line says of its answer is handed on, with how many events of it are no part of it")
  func wrapping() throws {
    let damaged = try scan(
      line("cloudtrail lookup-events", try history([event(1), "{", "7", #"{"eventID":"x"}"#])))
    #expect(document(damaged) == head(events: 4, unreadable: 3))
    let other = try scan(
      line("cloudtrail lookup-events", try history([event(1)]), account: "444455556666"))
    #expect(document(other) == head(events: 1, elsewhere: 1, account: "444455556666"))
    let more = try scan(
      line("cloudtrail lookup-events", #"{"NextToken":"a\"\\","x":"y","Events":[]}"#))
    #expect(document(more) == head(events: 0, output: #""NextToken":"a\"\\","#))
  }

  @Test("A history of nothing is a trail of nothing") func empty() throws {
    let scanned = try scan(line("cloudtrail lookup-events", #"{"Events":[]}"#))
    #expect(scanned.file?.kind == .trail)
    #expect(scanned.file?.records == 0)
    #expect(document(scanned) == head(events: 0))
    #expect(try scan(#"{"Events":[]}"#).file?.kind == .unknown)
  }

  @Test("A credential report is a document as it is") func report() throws {
    let text = "user,arn,user_creation_time,x\nr,arn:aws:iam::111122223333:root,2025,y\n"
    for content in [Array(text.utf8), gzip(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8)] {
      let file = try #require(try scan(content).file)
      #expect(file.kind == .unknown)
      #expect(file.problems.isEmpty)
      #expect(file.document.map { String(decoding: $0.suffix(5), as: UTF8.self) } == "25,y\n")
    }
  }
}
