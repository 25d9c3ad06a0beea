import ActionCatalog
import IAMIdentifiers
import Testing

@Suite("The calls that need an action")
struct RecordedCallTests {
  private func calls(_ action: String) throws -> [String] {
    ActionCatalog.builtIn.recordedCalls(needing: try #require(ActionName(action))).map {
      "\($0.eventSource) \($0.eventName)"
    }
  }

  @Test("They are those of the mapping, conditional ones too, and the one of the action's name")
  func mapped() throws {
    let reads = try calls("s3:GetObject")
    #expect(reads.contains("s3.amazonaws.com GetObject"))
    #expect(reads.contains("s3.amazonaws.com HeadObject"))
    #expect(reads.contains("s3.amazonaws.com CopyObject"))
    #expect(!reads.contains("s3.amazonaws.com GetObjectAcl"))
    #expect(reads == reads.sorted())
    #expect(try calls("S3:getobject") == reads)
    let puts = try calls("dynamodb:PutItem")
    #expect(puts.contains("dynamodb.amazonaws.com PutItem"))
    #expect(puts.contains("dynamodb.amazonaws.com TransactWriteItems"))
    #expect(try calls("lambda:InvokeFunction").contains("lambda.amazonaws.com Invoke"))
    #expect(try calls("sqs:SendMessage").contains("sqs.amazonaws.com SendMessageBatch"))
  }

  @Test("A service's calls may come from several sources")
  func sources() throws {
    #expect(try calls("cloudwatch:PutMetricData").contains("monitoring.amazonaws.com PutMetricData"))
    #expect(try calls("ec2:CreateTags").contains("ec2.amazonaws.com *"))
  }

  @Test("Of an action that does not exist there are none")
  func unknown() throws {
    #expect(try calls("s3:NoSuchAction").isEmpty)
    #expect(try calls("nowhere:GetObject").isEmpty)
  }

  @Test("What resolve says of a call that is listed names the action")
  func agrees() throws {
    let catalog = ActionCatalog.builtIn
    for number in 0..<catalog.count where !catalog.entry(at: number).dataResourceTypes.isEmpty {
      let action = catalog.entry(at: number).name
      for call in catalog.recordedCalls(needing: action) {
        let found = catalog.resolve(Call(eventSource: call.eventSource, eventName: call.eventName))
        let undecided = catalog.undecidedActions(
          eventSource: call.eventSource, eventName: call.eventName,
          kept: KeptParameters(names: "omitted", deciding: ""))
        #expect(
          found.actions.contains(action) || found.conditionalActions.contains(action)
            || undecided.contains(action),
          "\(call.eventSource) \(call.eventName) \(action)")
      }
    }
  }
}
