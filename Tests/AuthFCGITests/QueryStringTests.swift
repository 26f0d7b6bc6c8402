import Testing

@testable import AuthFCGI

@Suite struct QueryStringTests {
    @Test(arguments: [
        ("", nil), ("realm=riders", "riders"), ("a=b&realm=r", "r"), ("realm=%72%69", "ri"), ("realm=a+b%2B", "a b+"),
        ("realm=a=b", "a=b"), ("realm", ""), ("&&realm=x&", "x"), ("Realm=x", nil), ("%72ealm=x", "x"),
        ("realm=%C3%A9", "é"),
    ])
    func `a parameter is found by its name`(text: String, value: String?) throws {
        #expect(try #require(QueryString(text))["realm"] == value)
    }

    @Test(arguments: [
        "realm=a&realm=a", "realm=a&%72ealm=b", "realm=%", "realm=%4", "realm=%4g", "realm=%C3", "%ff=x", "x=%+1",
    ])
    func `what could be read in two ways is not read`(text: String) {
        #expect(QueryString(text) == nil)
    }
}
