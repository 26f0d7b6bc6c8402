import AuthDomain
import Testing

@testable import AuthFCGI

/// Every API knows a mail address by its domain's A-labels, however it was typed.
@Suite struct InternationalDomainTests {
    @Test func `both spellings of a domain are one address, to register and to log in`() throws {
        let house = try RoutedHouse { [Contacts(realm: "twake", policy: $0)] }
        let typed = house.send("POST", "/api/auth/register", Self.body("ada@bücher.example"))
        #expect(typed.status == 201)
        let again = house.send("POST", "/api/auth/register", Self.body("ADA@xn--bcher-kva.example"))
        #expect(again.status == 400)
        #expect(house.send("POST", "/api/auth/login", Self.body("ada@xn--bcher-kva.example")).status == 200)
    }

    private static func body(_ email: String) -> String {
        #"{"fullName":"Ada","email":"\#(email)","password":"a good password"}"#
    }
}
