import Foundation
import JSONText
import Testing

@testable import AccessReview
@testable import ReviewReport

/// Foreign text stays text.
struct HTMLSafetyTests {
  /// The fields of a review that hold one of our own words.
  static let ours: Set<String> = ["type", "severity", "confidence", "verdict", "reasonCode", "dormancy"]

  /// A review with harm in every text that it has.
  private func poisoned(_ poison: String) throws -> ReviewResult {
    let value = try JSONValue(json: JSONEncoder().encode(ReviewSamples.full))
    let changed = value.replacingTexts(except: Self.ours) { $0.prefix(8) + poison }
    return try JSONDecoder().decode(ReviewResult.self, from: Data(changed.canonicalText.utf8))
  }

  @Test("Harm in any field of a review comes out as text", arguments: Hostile.short)
  func everyFieldIsEscaped(_ poison: String) throws {
    let document = HTMLReport(try poisoned(poison)).render()
    let markup = Markup(document)
    #expect(markup.problems.isEmpty)
    #expect(markup.tags.filter { $0.name == "script" }.count == 1)
    #expect(markup.tags.filter { $0.name == "style" }.count == 1)
    #expect(!markup.tags.contains { $0.name == "img" })
    #expect(!markup.tags.contains { $0.attributes.contains { $0.name.hasPrefix("on") } })
    #expect(isVisible(document))
  }

  @Test("No control character and no override is in the document")
  func nothingIsInvisible() {
    #expect(isVisible(HTMLReport(ReviewSamples.full).render()))
    #expect(HTMLReport(ReviewSamples.full).render().contains(#"evil\u{202E}gpj.exe"#))
  }

  private func isVisible(_ document: String) -> Bool {
    document.unicodeScalars.allSatisfy { scalar in
      if scalar == "\n" { return true }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: return false
      default: return true
      }
    }
  }

  @Test("Templates hand out pictures unescaped, and nothing else")
  func onlyPicturesAreRaw() {
    let templates = [
      PageTemplate.head, PageTemplate.body, PageTemplate.end, FirstScreenTemplate.main, BeginTemplate.main,
      RoleListTemplate.head, RoleListTemplate.end, RoleTemplate.main, DormantTemplate.main,
      TrustTemplate.main,
      PoliciesTemplate.main, UnknownTemplate.main, ProvenanceTemplate.main,
    ]
    for template in templates {
      #expect(!template.text.contains("{{&"))
      let raw = template.text.ranges(of: "{{{").count
      #expect(raw == template.text.ranges(of: "{{{picture}}}").count)
    }
  }

  @Test("A name of twenty thousand characters is cut, and its length told")
  func longNamesAreCut() {
    let document = HTMLReport(ReviewSamples.full).render()
    let runs = document.utf8.split { $0 != UInt8(ascii: "x") }.map(\.count)
    #expect(runs.max() == VisibleText.longest)
    #expect(document.contains("(20,480 characters)"))
  }

  @Test(
    "What cannot be seen is spelled out",
    arguments: [
      ("a\u{0}b", #"a\u{0}b"#), ("\u{1B}[2J", #"\u{1B}[2J"#), ("a\u{202E}b", #"a\u{202E}b"#),
      ("\u{2066}x\u{2069}", #"\u{2066}x\u{2069}"#), ("a\r\nb", #"a\u{D}\u{A}b"#),
      ("\u{9B}31m", #"\u{9B}31m"#),
      ("\u{200B}", #"\u{200B}"#), ("Zoë 東京", "Zoë 東京"), ("", ""),
    ])
  func visibleText(_ text: String, _ shown: String) {
    #expect(VisibleText.of(text) == shown)
  }

  @Test("Pictures of odd numbers are markup all the same")
  func oddNumbers() {
    var counts = VerdictCounts()
    counts.used = -5
    counts.unused = 1_000_000_000
    counts.unobservable = 1
    for scale in [-1, 0, 1, 1_000_000_000] {
      #expect(Markup("<svg>" + Graphic.bar(counts, scale: scale).renderText + "</svg>").problems.isEmpty)
    }
    let week = RoleResult.Week(firstDay: Hostile.script, uses: -3, denied: 9, gapDays: 1)
    let pictures = [
      Graphic.weeks([]), Graphic.weeks([week, week]), Graphic.days([]), Graphic.days([Hostile.script]),
      Graphic.months(["", "2026-99-99", "2026-08-01", Hostile.attribute]),
    ]
    for picture in pictures {
      #expect(Markup("<svg>\(picture.renderText)</svg>").problems.isEmpty)
      #expect(!picture.renderText.contains("alert"))
    }
  }
}
