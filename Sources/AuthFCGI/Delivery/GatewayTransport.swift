import AuthDomain
import CCurl

/// Delivers texts to an HTTP gateway: one `POST` a text.
struct GatewayTransport: TextTransport {
    let url: String
    /// Header fields, `Name: value`; a `Content-Type` decides how values are escaped in the body, JSON by default.
    let fields: [String]
    /// The body, with `{{phone}}` and `{{text}}`; `{{id}}` is the same when a text is sent again.
    let body: Template
    private let transfer: Transfer

    /// `authorities`: a file with the certificates of authorities (PEM); nil: those of the system.
    init(url: String, fields: [String], body: String, authorities: String?) {
        self.url = url
        self.fields = fields
        self.body = Template(body)
        transfer = Transfer(authorities: authorities)
    }

    func deliver(_ message: TextMessage) throws(DeliveryError) {
        let type = fields.first { $0.lowercased().hasPrefix("content-type:") }
        let escape = type?.lowercased().contains("form-urlencoded") == true ? Self.form : Self.json
        let content = body.filled(with: [
            "phone": escape(message.recipient), "text": escape(message.body), "id": "\(message.id)",
        ])
        try transfer.begin(url, protocols: "http,https", within: message.limit)
        try transfer.set(CURLOPT_POST, 1)
        let octets = Array(content.utf8)
        try transfer.set(CURLOPT_POSTFIELDSIZE, octets.count)
        let all = fields + (type == nil ? ["Content-Type: application/json"] : []) + ["Expect:"]
        let outcome = try transfer.perform(CURLOPT_HTTPHEADER, all, sending: TransferText(octets))
        guard outcome.code == CURLE_OK else { throw DeliveryError(reason: outcome.reason) }
        guard !(200...299).contains(outcome.status) else { return }
        // What is wrong with the message itself; anything else may be set right in time.
        let isPermanent = [400, 410, 413, 422].contains(outcome.status)
        throw DeliveryError(
            reason: "the gateway answers \(outcome.status)", isPermanent: isPermanent, retryAfter: outcome.retryAfter)
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
