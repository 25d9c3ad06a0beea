import ActionCatalog
import Testing

@Suite("What became of a call")
struct ErrorCodeTests {
  let catalog = ActionCatalog.builtIn

  @Test(
    "A code tells the outcome, without regard to case",
    arguments: [
      (nil, CallOutcome.success), ("", .success), ("Client.DryRunOperation", .success),
      ("DryRunOperation", .success),
      ("AccessDenied", .denied), ("AccessDeniedException", .denied),
      ("Client.UnauthorizedOperation", .denied),
      ("UnauthorizedOperation", .denied), ("VpceAccessDenied", .denied), ("NotAuthorizedException", .denied),
      ("accessdenied", .denied), ("AuthorizationError", .denied),
      ("ExpiredToken", .unauthenticated), ("ExpiredTokenException", .unauthenticated),
      ("InvalidClientTokenId", .unauthenticated), ("SignatureDoesNotMatch", .unauthenticated),
      ("OptInRequired", .unauthenticated), ("Client.OptInRequired", .unauthenticated),
      ("NoSuchEntityException", .failed), ("ThrottlingException", .failed),
      ("ResourceNotFoundException", .failed),
      ("KMSAccessDeniedException", .failed), ("Whatever", .failed), ("\u{0}", .failed), ("*", .failed),
    ] as [(String?, CallOutcome)])
  func outcomes(_ code: String?, _ outcome: CallOutcome) {
    #expect(catalog.outcome(ofErrorCode: code) == outcome)
  }

  @Test(
    "Among failures, those after authorisation are told from the others",
    arguments: [
      ("NoSuchBucket", ErrorClass.authorisedFailure), ("EntityAlreadyExistsException", .authorisedFailure),
      ("ThrottlingException", .possibleUse), ("Client.InvalidParameterValue", .possibleUse),
    ])
  func classes(_ code: String, _ kind: ErrorClass) { #expect(catalog.errorClass(of: code) == kind) }

  @Test("A huge code is a failure, and a message without a code is no success")
  func oddities() {
    #expect(catalog.outcome(ofErrorCode: String(repeating: "AccessDenied", count: 1000)) == .failed)
    #expect(catalog.outcome(ofErrorCode: nil, errorMessage: "Failed authentication") == .unauthenticated)
    #expect(
      catalog.outcome(ofErrorCode: nil, errorMessage: "No username found in supplied account") == .failed)
  }
}
