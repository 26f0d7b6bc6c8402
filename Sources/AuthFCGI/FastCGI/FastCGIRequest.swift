/// A request as the web server sent it, before anything is made of it.
struct FastCGIRequest: Sendable {
    let role: FastCGIRole
    let parameters: FastCGIParameters
    let body: FastCGIBody
}

extension FastCGIRequest {
    /// The request that was read. Its body is `short` when it has another length than `CONTENT_LENGTH` says (RFC 3875,
    /// 4.1.2: digits, or nothing); one that is announced as larger than the limit is `tooLarge` whatever came of it, as a
    /// web server passes on a request whose body it has refused itself.
    init(_ reader: RequestReader) {
        role = reader.role
        parameters = reader.parameters
        let announced =
            parameters.isRepeated(.contentLength) ? nil : Self.number(parameters.octets(of: .contentLength) ?? [])
        if reader.bodyIsTooLarge || announced.map({ $0 > reader.maxBody }) == true {
            body = .tooLarge
        } else if announced == reader.body.count {
            body = .whole(reader.body)
        } else {
            body = .short
        }
    }

    /// The number that digits spell, 0 where there are none, and no less than 2^31 where it is; nil for anything else.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard 0x30...0x39 ~= digit else { return nil }
            number = min(number, Int(Int32.max)) * 10 + Int(digit - 0x30)
        }
        return number
    }
}
