import Testing

@testable import AccessReview
@testable import ReviewReport

/// Numbers, plurals and dates.
struct WordsTests {
  @Test(
    "One is singular, all else is plural",
    arguments: [(0, "0 roles"), (1, "1 role"), (2, "2 roles"), (1_234, "1,234 roles"), (-1, "-1 roles")])
  func plurals(_ count: Int, _ words: String) {
    #expect(Words.count(count, "role") == words)
  }

  @Test(
    "Thousands are parted",
    arguments: [
      (0, "0"), (999, "999"), (1_000, "1,000"), (22_184, "22,184"), (1_234_567, "1,234,567"),
      (-1_000, "-1,000"),
      (Int.min, "-9,223,372,036,854,775,808"),
    ])
  func numbers(_ number: Int, _ words: String) {
    #expect(Words.number(number) == words)
  }

  @Test("Sentences begin with words up to twelve", arguments: [(0, "No ids"), (1, "One id"), (13, "13 ids")])
  func spelled(_ count: Int, _ words: String) {
    #expect(Words.spelledCount(count, "id") == words)
  }

  @Test(
    "Percent are never rounded up",
    arguments: [
      (94.99, "94.9 %"), (95, "95 %"), (0, "0 %"), (100, "100 %"), (.infinity, "? %"), (.nan, "? %"),
    ])
  func percent(_ value: Double, _ words: String) {
    #expect(Words.percent(value) == words)
  }

  @Test("Lists end with and, long ones with a count")
  func lists() {
    #expect(Words.list([]) == "")
    #expect(Words.list(["a"]) == "a")
    #expect(Words.list(["a", "b", "c"]) == "a, b and c")
    #expect(Words.list(["a", "b", "c", "d"], atMost: 3) == "a, b and 2 more")
  }

  @Test("Months have names, and what is no month stays as it is")
  func months() {
    #expect(Words.month("2026-10") == "October 2026")
    #expect(Words.month("2026-13") == "2026-13")
    #expect(Words.month("") == "")
  }

  @Test("The lead is singular for one role")
  func lead() {
    var review = ReviewSamples.full
    review.month = nil
    review.totals.roles = 1
    review.totals.rolesWithUnused = 1
    review.totals.rolesWithUnusedPrivilege = 0
    #expect(
      Phrases(review).lead == "In the 90 days to 2026-10-31, 1 of 1 role held permissions that nobody used, "
        + "as far as seen in 90 days.")
    review.windowDays = 1
    #expect(Phrases(review).seen == "as far as seen in 1 day")
  }

  @Test(
    "Words that a shell would take apart are quoted in commands",
    arguments: [
      ("plain-name", "plain-name"), ("a b", "'a b'"), ("a'b", #"'a'\''b'"#), ("", "''"), ("$(x)", "'$(x)'"),
    ])
  func commands(_ word: String, _ quoted: String) {
    #expect(Commands.quoted(word) == quoted)
  }
}
