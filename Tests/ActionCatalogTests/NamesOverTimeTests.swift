import ActionCatalog
import IAMIdentifiers
import Testing

@Suite("Names over time, and what reaches the same")
struct NamesOverTimeTests {
  let catalog = ActionCatalog.builtIn

  func action(_ text: String) throws -> ActionName { try #require(ActionName(text)) }

  @Test("An action of a renamed service has the names of both")
  func renamed() throws {
    let old = try action("codestar-connections:GetHost")
    let new = try action("codeconnections:GetHost")
    #expect(catalog.identity(of: old) == new && catalog.identity(of: new) == new)
    #expect(catalog.formerNames(of: new) == [old] && catalog.formerNames(of: old).isEmpty)
    #expect(catalog.sameAs(old) == [new] && catalog.sameAs(new) == [old])
    let spelled = try action("CODESTAR-CONNECTIONS:gethost")
    #expect(catalog.identity(of: spelled).description == "codeconnections:GetHost")
  }

  @Test(
    "An action that was never renamed is itself, known or not", arguments: ["s3:GetObject", "nobody:Knows"])
  func itself(_ name: String) throws {
    let action = try action(name)
    #expect(catalog.identity(of: action) == action)
    #expect(catalog.formerNames(of: action).isEmpty && catalog.sameAs(action).isEmpty)
  }

  @Test("What reaches the same does so both ways")
  func reach() throws {
    let invoke = try action("bedrock:InvokeModel")
    let mantle = try action("bedrock-mantle:CreateInference")
    #expect(catalog.reachesSameAs(invoke).contains(mantle))
    #expect(catalog.reachesSameAs(mantle).contains(invoke))
    #expect(catalog.reachesSameAs(try action("nobody:Knows")).isEmpty)
    for number in 0..<catalog.count {
      for other in catalog.reachesSameAs(catalog.name(at: number)) {
        #expect(catalog.reachesSameAs(other).contains(catalog.name(at: number)))
      }
    }
  }

  @Test("A catalogue differs in nothing from itself")
  func same() {
    #expect(CatalogDifference(from: catalog, to: catalog).isEmpty)
    #expect(CatalogDifference(from: catalog, to: catalog).reaching.isEmpty)
  }

  @Test("A difference read backwards is the mirrored one")
  func mirrored() throws {
    let reference = try ServiceReference(json: ServiceReferenceTests.storage.utf8)
    let other = ActionCatalog(
      overlaying: try CatalogOverlay(
        date: "today", services: [CatalogOverlay.Service(reference, isWhollyListed: true)]))
    let there = CatalogDifference(from: catalog, to: other)
    let back = CatalogDifference(from: other, to: catalog)
    #expect(there.added == back.removed && there.removed == back.added)
    #expect(there.added.map(\.description) == ["s3:FoldObject"])
    #expect(there.changedLevels.map(\.action) == back.changedLevels.map(\.action))
    #expect(there.changedLevels.map(\.from) == back.changedLevels.map(\.to))
    #expect(there.changedRetirement.count > 50 && there.changedRetirement.allSatisfy { $0.to && !$0.from })
    #expect(there.changedRetirement.map(\.action) == back.changedRetirement.map(\.action))
    #expect(there.changedRetirement.map(\.action) == there.changedRetirement.map(\.action).sorted())
  }

  @Test("Names that AWS's documents alone have are marked")
  func unlisted() throws {
    let reference = ServiceReference(
      service: "fold", actions: [ServiceReference.Action(name: try action("fold:DoIt"))])
    let other = ActionCatalog(
      overlaying: try CatalogOverlay(date: "today", services: [CatalogOverlay.Service(reference)]))
    #expect(other.entry(for: try action("fold:DoIt"))?.isUnlisted == false)
    #expect(catalog.entry(for: try action("s3:GetObject"))?.isUnlisted == false)
  }
}
