import CFastCGI

/// Reads the records of one request (FastCGI 1.0, 3.3 and 5), however they are cut, and keeps its parameters and its
/// standard input.
///
/// One responder or authorizer request is taken, every record with its id. Whatever else comes is no request, management
/// records and ABORT_REQUEST included.
struct RequestReader: Sendable {
    /// What the octets so far amount to.
    enum Progress: Equatable, Sendable {
        /// More must come.
        case incomplete
        /// The request has ended.
        case whole
        /// No request.
        case malformed
    }

    /// What has been found.
    private(set) var progress = Progress.incomplete
    /// The octets read: those of the request, once it is whole.
    private(set) var count = 0
    /// Which request of its connection the web server says it is.
    private(set) var requestID: UInt16 = 0
    private(set) var role = FastCGIRole.responder
    /// Whether the web server goes on using the connection.
    private(set) var keepsConnection = false
    private(set) var parameters = FastCGIParameters()
    /// Standard input; nothing of it when it is too large.
    private(set) var body: [UInt8] = []
    /// Whether the records so far announce more standard input than the limit.
    var bodyIsTooLarge: Bool { bodyCount > maxBody }

    /// The most octets of standard input that are kept.
    let maxBody: Int
    private var bodyCount = 0
    private var stage = Stage.begin
    private var partial: (octets: UInt64, count: Int) = (0, 0)
    /// The record that is being read: what is left of it, and whether it is empty, which ends a stream.
    private var record: (content: Int, padding: Int, isEmpty: Bool)?

    private enum Stage { case begin, parameters, body }

    /// A reader that keeps this many octets of standard input at most.
    init(maxBody: Int) { self.maxBody = maxBody }

    /// The octets that it keeps.
    var kept: Int { parameters.count + body.count }

    /// Forgets everything, and keeps the room for the parameters of another request.
    mutating func reset() {
        parameters.removeAll()
        body = []
        (progress, stage, record, partial) = (.incomplete, .begin, nil, (0, 0))
        (count, bodyCount) = (0, 0)
    }

    /// Reads on, and tells how many octets belong to the request: what comes after its end is not read.
    mutating func read(_ span: Span<UInt8>) -> Int {
        var index = 0
        while progress == .incomplete, index < span.count {
            if let record, record.content > 0, stage != .begin {
                let end = min(index + record.content, span.count)
                take(span.extracting(index..<end))
                self.record?.content -= end - index
                index = end
            } else if let record, record.content == 0, record.padding > 0 {
                let end = min(index + record.padding, span.count)
                self.record?.padding -= end - index
                index = end
            } else if let octets = gather(span, &index) {
                if record == nil { open(octets) } else { begin(octets) }
            }
            if let record, record.content == 0, record.padding == 0 { close(record.isEmpty) }
        }
        count += index
        return index
    }

    /// Eight octets as one number, once there are so many; whole when they come together, else one by one.
    private mutating func gather(_ span: Span<UInt8>, _ index: inout Int) -> UInt64? {
        if partial.count == 0, span.count - index >= 8 {
            defer { index += 8 }
            return span.word(at: index).byteSwapped
        }
        partial = (partial.octets << 8 | UInt64(span[index]), partial.count + 1)
        index += 1
        guard partial.count == 8 else { return nil }
        defer { partial = (0, 0) }
        return partial.octets
    }

    /// Opens the record of a header.
    private mutating func open(_ octets: UInt64) {
        guard let header = RecordHeader(octets), header.requestID != 0,
            stage == .begin || header.requestID == requestID,
            isInPlace(header)
        else {
            progress = .malformed
            return
        }
        requestID = header.requestID
        record = (header.content, header.padding, header.content == 0)
        guard stage == .body else { return }
        bodyCount += header.content
        if bodyIsTooLarge { body = [] }
    }

    private func isInPlace(_ header: RecordHeader) -> Bool {
        switch stage {
        case .begin: header.kind == FCGI_BEGIN_REQUEST && header.content == 8
        case .parameters:
            header.kind == FCGI_PARAMS && parameters.count + header.content <= FastCGISettings.maxParameters
        case .body: header.kind == FCGI_STDIN
        }
    }

    /// Takes what a request begins with: the role and flags (FastCGI 1.0, 5.1).
    private mutating func begin(_ octets: UInt64) {
        switch Int32(octets >> 48) {
        case FCGI_RESPONDER: role = .responder
        case FCGI_AUTHORIZER: role = .authorizer
        default: progress = .malformed
        }
        keepsConnection = octets >> 40 & UInt64(FCGI_KEEP_CONN) != 0
        record?.content = 0
    }

    private mutating func take(_ content: Span<UInt8>) {
        switch stage {
        case .begin: break
        case .parameters: if !parameters.append(content) { progress = .malformed }
        case .body: if !bodyIsTooLarge { unsafe content.withUnsafeBufferPointer { unsafe body.append(contentsOf: $0) } }
        }
    }

    /// Closes a record that is read to its end.
    private mutating func close(_ endsStream: Bool) {
        record = nil
        switch stage {
        case .begin: stage = .parameters
        case .parameters where endsStream:
            guard parameters.areWhole else {
                progress = .malformed
                return
            }
            stage = .body
            if role == .authorizer { progress = .whole }
        case .body where endsStream: progress = .whole
        case .parameters, .body: break
        }
    }
}
