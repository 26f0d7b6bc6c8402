import AuthDomain
import CCurl

/// Delivers texts to an HTTP gateway: one `POST` a text.
struct GatewayTransport: TextTransport {
    let url: String
    /// Header fields, `Name: value`; a `Content-Type` decides how values are escaped in the body, JSON by default.
    let fields: [String]
    /// The body, with `{{phone}}` and `{{text}}`.
    let body: Template
    private let transfer: Transfer

    /// Nil when there is no memory.
    init?(url: String, fields: [String], body: String) {
        guard let transfer = Transfer() else { return nil }
        self.url = url
        self.fields = fields
        self.body = Template(body)
        self.transfer = transfer
    }

    func deliver(_ message: TextMessage) throws(DeliveryError) {
        let type = fields.first { $0.lowercased().hasPrefix("content-type:") }
        let escape = type?.lowercased().contains("form-urlencoded") == true ? Self.form : Self.json
        let content = body.filled(with: ["phone": escape(message.recipient), "text": escape(message.body)])
        try transfer.begin(url, protocols: "http,https")
        try transfer.set(CURLOPT_POST, 1)
        let octets = Array(content.utf8)
        try transfer.set(CURLOPT_POSTFIELDSIZE, octets.count)
        let all = fields + (type == nil ? ["Content-Type: application/json"] : []) + ["Expect:"]
        let status = try transfer.perform(CURLOPT_HTTPHEADER, all, sending: TransferText(octets))
        guard !(200...299).contains(status) else { return }
        let isPermanent = (400...499).contains(status) && ![401, 403, 408, 425, 429].contains(status)
        throw DeliveryError(reason: "the gateway answers \(status)", isPermanent: isPermanent)
    }

    /// As it stands between the quotation marks of a JSON text (RFC 8259, 7).
    private static func json(_ text: String) -> String {
        String(decoding: JSONValue.string(text).octets.dropFirst().dropLast(), as: UTF8.self)
    }

    /// As a value of `application/x-www-form-urlencoded` (URL Standard, 5.2).
    private static func form(_ text: String) -> String {
        text.utf8.reduce(into: "") { encoded, octet in
            switch octet {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2A, 0x2D, 0x2E, 0x5F:
                encoded.unicodeScalars.append(Unicode.Scalar(octet))
            default: encoded += "%" + Hexadecimal.text([octet]).uppercased()
            }
        }
    }
}
