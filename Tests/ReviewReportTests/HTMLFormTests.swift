import Foundation
import Testing

@testable import AccessReview
@testable import ReviewReport

/// The document as a document: well-formed, accessible, self-contained.
struct HTMLFormTests {
  static let reviews = [
    ("full", ReviewSamples.full), ("empty", ReviewSamples.empty), ("large", ReviewSamples.large(roles: 20)),
  ]

  @Test("Every tag is closed, every attribute quoted", arguments: reviews)
  func isWellFormed(_: String, review: ReviewResult) {
    #expect(Markup(HTMLReport(review).render()).problems.isEmpty)
  }

  @Test("Addresses are unique, and every link leads to one", arguments: reviews)
  func linksLead(_: String, review: ReviewResult) {
    let tags = Markup(HTMLReport(review).render()).tags
    let ids = tags.compactMap { $0.value("id") }
    #expect(ids.count == Set(ids).count)
    #expect(ids.allSatisfy { !$0.contains(" ") })
    for reference in tags.flatMap({ [$0.value("href"), $0.value("aria-labelledby")] }).compactMap({ $0 }) {
      let id = reference.hasPrefix("#") ? String(reference.dropFirst()) : reference
      #expect(ids.contains(id), "\(reference) leads nowhere")
    }
  }

  @Test("Headings go down one level at a time", arguments: reviews)
  func headingsAreInOrder(_: String, review: ReviewResult) {
    let levels = Markup(HTMLReport(review).render()).tags.compactMap { tag -> Int? in
      tag.name.count == 2 && tag.name.hasPrefix("h") ? Int(tag.name.dropFirst()) : nil
    }
    #expect(levels.filter { $0 == 1 }.count == 1)
    // The contents at the side come first, with a heading of their own.
    for (above, below) in zip(levels.dropFirst(), levels.dropFirst(2)) { #expect(below <= above + 1) }
  }

  @Test("Every table has heads with a scope, and one main landmark there is")
  func tablesHaveScopes() {
    let tags = Markup(HTMLReport(ReviewSamples.full).render()).tags
    #expect(tags.filter { $0.name == "th" }.allSatisfy { ["col", "row"].contains($0.value("scope") ?? "") })
    for landmark in ["main", "nav", "header", "footer"] {
      #expect(tags.filter { $0.name == landmark }.count == 1)
    }
    #expect(tags.first { $0.name == "html" }?.value("lang") == "en")
  }

  @Test("Nothing is loaded, no style or handler stands in an attribute", arguments: reviews)
  func isSelfContained(_: String, review: ReviewResult) {
    let tags = Markup(HTMLReport(review).render()).tags
    for tag in tags {
      #expect(!["link", "img", "iframe", "object", "embed", "base", "form"].contains(tag.name))
      for attribute in tag.attributes {
        #expect(!attribute.name.hasPrefix("on") && attribute.name != "style" && attribute.name != "src")
        if attribute.name == "href" { #expect(attribute.value.hasPrefix("#")) }
      }
    }
  }

  @Test("The policy lets in exactly the style and the script of the document")
  func policyFits() {
    #expect(hash("") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    #expect(hash(StyleSheet.text) == StyleSheet.hash)
    #expect(hash(Script.text) == Script.hash)
    let document = HTMLReport(ReviewSamples.empty).render()
    #expect(document.contains("<style>\(StyleSheet.text)</style>"))
    #expect(document.contains("<script>\(Script.text)</script>"))
    #expect(document.contains("sha256-\(StyleSheet.hash)") && document.contains("sha256-\(Script.hash)"))
  }

  private func hash(_ text: String) -> String { Data(SHA256.digest(Array(text.utf8))).base64EncodedString() }

  @Test("The same review gives the same bytes")
  func isDeterministic() {
    #expect(HTMLReport(ReviewSamples.full).render() == HTMLReport(ReviewSamples.full).render())
  }

  @Test("500 roles of 60 permissions stay below 16 KB each", .timeLimit(.minutes(1)))
  func largeStaysSmall() {
    let text = HTMLReport(ReviewSamples.large(roles: 500)).render()
    #expect(text.utf8.count < 500 * 16_000)
    #expect(text.contains(#"id="role-role-499""#))
  }
}
