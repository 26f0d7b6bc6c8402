/// A request as the web server sent it, before anything is made of it.
struct FastCGIRequest: Sendable {
    let role: FastCGIRole
    let parameters: FastCGIParameters
    let body: FastCGIBody
}

extension FastCGIRequest {
    /// The request that was read. Its body is `short` when it has another length than `CONTENT_LENGTH` says (RFC 3875,
    /// 4.1.2: digits, or nothing).
    init(_ reader: RequestReader) {
        role = reader.role
        parameters = reader.parameters
        if reader.bodyIsTooLarge {
            body = .tooLarge
        } else if !parameters.isRepeated(.contentLength),
            Self.number(parameters.octets(of: .contentLength) ?? []) == reader.body.count
        {
            body = .whole(reader.body)
        } else {
            body = .short
        }
    }

    /// The number that digits spell, 0 where there are none; nil for anything else.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard 0x30...0x39 ~= digit, number <= Int(Int32.max) else { return nil }
            number = number * 10 + Int(digit - 0x30)
        }
        return number
    }
}
