import AuthDomain
import Testing

@testable import AuthFCGI

/// What the description says of values.
@Suite struct OpenAPISchemaTests {
    private static let policy = Policy()
    private static let document = OpenAPIDocument(
        apis: [
            Contacts(realm: "contacts", policy: policy), Ride(.captain, realm: "captains", policy: policy, client: ""),
        ],
        version: "1"
    ).json

    @Test func `an error that names fields has them in its schema, and need not`() throws {
        let ride = try #require(Self.document.at("components", "schemas", "rideError"))
        #expect(ride.at("properties", "errors", "items", "properties", "field", "type") == "string")
        #expect(ride.at("required") == .array(["status", "data", "message"]))
        let contacts = try #require(Self.document.at("components", "schemas", "contactsError"))
        #expect(contacts.at("required") == .array(["status", "message", "data"]))
    }

    @Test(arguments: [("car", true), ("BIKE", true), ("Auto", true), ("boat", false), ("cars", false), ("", false)])
    func `a captain's vehicle is of a kind in any case`(text: String, isKind: Bool) throws {
        let body = try #require(Self.document.at("paths", "/api/v1/captain/register", "post", "requestBody"))
        let schema = try #require(body.at("content", "application/json", "schema", "properties", "type"))
        let pattern = try #require(schema.at("pattern")?.octets)
        let matches = try Regex(String(decoding: pattern.dropFirst().dropLast(), as: UTF8.self)).wholeMatch(in: text)
        #expect((matches != nil) == isKind)
    }
}
