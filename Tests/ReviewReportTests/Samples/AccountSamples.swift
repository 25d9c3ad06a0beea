@testable import AccessReview

/// Accounts for tests: one covered, one with quiet days, one with a gap, one without a snapshot.
enum AccountSamples {
  static var all: [AccountResult] {
    [
      account("111122223333", quiet: [66, 77]),
      account("444455556666"),
      account("777788889999", gap: 42...46, partial: [41, 47]),
      withoutSnapshot,
    ]
  }

  static func account(
    _ id: String, gap: ClosedRange<Int>? = nil, partial: Set<Int> = [], quiet: Set<Int> = []
  ) -> AccountResult {
    let names = windowDays
    let days = names.enumerated().map { position, day in
      AccountResult.DayCoverage(
        day: day,
        state: gap?.contains(position) == true
          ? "gap" : partial.contains(position) ? "partial" : quiet.contains(position) ? "quiet" : "covered")
    }
    let gaps = gap.map {
      [
        AccountResult.Gap(
          firstDay: names[$0.lowerBound], lastDay: names[$0.upperBound], days: $0.count, regions: [],
          cause: "logging-stopped")
      ]
    }
    return AccountResult(
      accountID: id,
      snapshot: AccountResult.SnapshotSummary(
        takenAt: "2026-10-31T20:00:00Z", takenBasis: "declared", isComplete: true, missing: [],
        sha256: RoleSamples.hash("e")),
      regions: ["eu-west-1", "us-east-1"], days: days, coveredDays: 90 - (gap?.count ?? 0), gaps: gaps ?? [],
      kindsRecorded: [
        .init(kind: "management-read", scope: "all", coveredDays: 90 - (gap?.count ?? 0)),
        .init(kind: "data:AWS::S3::Object", scope: "objects of 6 buckets", coveredDays: 90),
        .init(kind: "data:AWS::SQS::Queue", scope: "nothing", coveredDays: 0),
      ],
      trails: ["arn:aws:cloudtrail:eu-west-1:111122223333:trail/organisation"])
  }

  private static var withoutSnapshot: AccountResult {
    var account = account("999900001111")
    account.snapshot = nil
    return account
  }

  /// 90 days from 2026-08-03 on.
  static var windowDays: [String] {
    let months = [(8, 3, 31), (9, 1, 30), (10, 1, 31)]
    return months.flatMap { month, first, last in
      (first...last).map { "2026-\(month < 10 ? "0" : "")\(month)-\($0 < 10 ? "0" : "")\($0)" }
    }
  }
}
