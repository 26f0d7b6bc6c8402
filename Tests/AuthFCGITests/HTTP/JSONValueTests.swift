import Testing

@testable import AuthFCGI

@Suite struct JSONValueTests {
    private static let none = JSONValue.object(JSONObject(members: []))

    static let written: [(JSONValue, String)] = [
        (JSONValue.null, "null"), (.bool(true), "true"), (.integer(-7), "-7"),
        (.integer(UInt64.max), "18446744073709551615"),
        ("a\"b\\c/", #""a\"b\\c/""#),
        ("\u{0}\u{1}\u{8}\u{1F}\n\r\t\u{7F}", "\"\\u0000\\u0001\\u0008\\u001f\\n\\r\\t\u{7F}\""),
        ("é€😀", "\"é€😀\""), (.array([]), "[]"), (.array([.integer(1), .null]), "[1,null]"), (none, "{}"),
        (["a": "b", "c": .array([["d": .bool(false)]])], #"{"a":"b","c":[{"d":false}]}"#),
    ]

    @Test(arguments: written)
    func `a value is written in its shortest form`(value: JSONValue, text: String) {
        #expect(String(decoding: value.octets, as: UTF8.self) == text)
    }

    @Test func `what is written is read as the same`() throws {
        let scalars = (1...0x3000).compactMap(Unicode.Scalar.init).map { String(Character($0)) }
        let value: JSONValue = [
            "all": .string(scalars.joined()),
            "😀\n\"": .array([.number("1e-5"), .bool(true), .null, Self.none, .array([])]), "": "",
        ]
        #expect(try JSONParser.parse(value.octets) == value)
    }

    @Test func `a text that holds a JSON text stays a text`() throws {
        let value: JSONValue = ["a": #"","admin":true,"b":""#]
        guard case .object(let object) = try JSONParser.parse(value.octets) else { throw JSONParser.Malformed() }
        #expect(object.members.count == 1)
    }
}
