@testable import AuthFCGI

/// An answer, as a client reads it.
struct RideReply: Equatable {
    let status: Int
    let text: String
    let fields: [HTTPResponse.HeaderField]

    init(_ response: HTTPResponse) {
        status = response.status.rawValue
        text = String(decoding: response.body, as: UTF8.self)
        fields = response.fields
    }

    /// The first value of a header field.
    func field(_ name: String) -> String? { fields.first { $0.name.description == name }?.value }

    /// A text of `data`.
    func data(_ name: String) -> String? {
        guard case .object(let object)? = try? JSONParser.parse(Array(text.utf8)),
            case .object(let data)? = object["data"], case .string(let value)? = data[name]
        else { return nil }
        return value
    }

    /// The `message`.
    var message: String? {
        guard case .object(let object)? = try? JSONParser.parse(Array(text.utf8)),
            case .string(let value)? = object["message"]
        else { return nil }
        return value
    }

    /// The fields that `errors` names, in order.
    var blamed: [String] {
        guard case .object(let object)? = try? JSONParser.parse(Array(text.utf8)),
            case .array(let errors)? = object["errors"]
        else { return [] }
        return errors.compactMap { error in
            guard case .object(let object) = error, case .string(let name)? = object["field"] else { return nil }
            return name
        }
    }

    /// The cookies that it sets, each with its value.
    var cookies: [String: String] {
        setCookies.reduce(into: [:]) { cookies, header in
            let pair = header.prefix { $0 != ";" }
            cookies[String(pair.prefix { $0 != "=" })] = String(pair.drop { $0 != "=" }.dropFirst())
        }
    }

    /// The `Set-Cookie` fields without the cookies' values.
    var cookieAttributes: [String] {
        setCookies.map { "\($0.prefix { $0 != "=" })\($0.drop { $0 != ";" })" }
    }

    private var setCookies: [String] { fields.filter { $0.name.description == "Set-Cookie" }.map(\.value) }
}
