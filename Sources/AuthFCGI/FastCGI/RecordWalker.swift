/// Follows the records of one request (FastCGI 1.0, 3.3) without keeping them, to tell when it is whole.
///
/// It accepts what libfcgi reads soundly and nothing else: one responder or authorizer request, every record with its
/// id, streams ended by an empty record without padding, sound parameter lengths. So no other record gets to libfcgi.
struct RecordWalker: Sendable {
    /// What the octets so far amount to.
    enum Progress: Equatable, Sendable {
        /// More must come.
        case incomplete
        /// A request ends at the last octet walked.
        case whole
        /// Nothing that may be given to libfcgi.
        case malformed
    }

    /// What has been found.
    private(set) var progress = Progress.incomplete
    /// The octets walked, the last one of a whole request at most.
    private(set) var walked = 0
    /// The octets up to the end of the parameters, once those are whole.
    private(set) var parametersEnd: Int?
    /// The octets of standard input that the records so far announce.
    private(set) var bodyCount = 0
    /// Whether the web server wants an authorizer.
    private(set) var isAuthorizer = false

    private var stage = Stage.begin
    private var octets: (gathered: UInt64, count: Int) = (0, 0)
    private var content = 0
    private var padding = 0
    private var requestID: UInt64 = 0
    private var parameterCount = 0
    private var pairs = PairWalker()

    private enum Stage { case begin, parameters, body }

    /// Walks on. What comes after the end of a whole request is not looked at.
    mutating func walk(_ span: Span<UInt8>) -> Progress {
        var index = 0
        while progress == .incomplete, index < span.count {
            let start = index
            if stage == .begin && content > 0 {
                if let body = gather(span, &index) { begin(body) }
                content -= index - start
            } else if content > 0 {
                index += min(content, span.count - index)
                content -= index - start
                if stage == .parameters, !pairs.walk(span.extracting(start..<index)) { progress = .malformed }
            } else if padding > 0 {
                index += min(padding, span.count - index)
                padding -= index - start
            } else if let header = gather(span, &index), !open(header, end: walked + index - start) {
                progress = .malformed
            }
            walked += index - start
        }
        return progress
    }

    /// Eight octets as one number, once there are so many; whole when they come together, else one by one.
    private mutating func gather(_ span: Span<UInt8>, _ index: inout Int) -> UInt64? {
        if octets.count == 0, span.count - index >= 8 {
            defer { index += 8 }
            return span.word(at: index).byteSwapped
        }
        octets = (octets.gathered << 8 | UInt64(span[index]), octets.count + 1)
        index += 1
        guard octets.count == 8 else { return nil }
        defer { octets = (0, 0) }
        return octets.gathered
    }

    /// Begins a record whose header ends after so many octets; false when it must not be there.
    private mutating func open(_ header: UInt64, end: Int) -> Bool {
        let kind = header >> 48 & 0xff
        let id = header >> 32 & 0xffff
        content = Int(header >> 16 & 0xffff)
        padding = Int(header >> 8 & 0xff)
        guard header >> 56 == 1, id != 0, stage == .begin || id == requestID else { return false }
        requestID = id
        switch stage {
        case .begin:
            return kind == 1 && content == 8
        case .parameters:
            parameterCount += content
            guard kind == 4, parameterCount <= FastCGISettings.maxParameters else { return false }
            if content > 0 { return true }
            parametersEnd = end
            stage = .body
            if isAuthorizer { progress = .whole }
            return padding == 0 && pairs.isAtBorder
        case .body:
            bodyCount += content
            guard kind == 5 else { return false }
            if content > 0 { return true }
            progress = .whole
            return padding == 0
        }
    }

    /// Takes what a request begins with: the role, flags.
    private mutating func begin(_ body: UInt64) {
        let role = body >> 48
        isAuthorizer = role == 2
        if role != 1, role != 2 { progress = .malformed }
        stage = .parameters
    }
}
