import CSystem
import Glibc

/// What one thread does: take whoever is ready, answer, let the connection wait again.
struct RequestLoop: ~Copyable {
    /// Octets of a request that are looked at without reading them; a longer one is the doorkeeper's.
    private static let window = 32768

    private let shift: Duty.Shift
    private let reception: Reception
    private let doorkeeper: Doorkeeper
    private let settings: FastCGISettings
    private let handler: (FastCGIRequest) -> FastCGIResponse
    private let request = LibFCGIRequest()
    private var parameters = FastCGIParameters()
    private var peeked = [UInt8](repeating: 0, count: window)

    /// The loop of the calling thread, with the handler made on it.
    init(
        shift: Duty.Shift, reception: Reception, doorkeeper: Doorkeeper, settings: FastCGISettings,
        handler: @escaping (FastCGIRequest) -> FastCGIResponse
    ) {
        self.shift = shift
        self.reception = reception
        self.doorkeeper = doorkeeper
        self.settings = settings
        self.handler = handler
    }

    /// Works until the reception closes.
    mutating func run() {
        while shift.look() {
            switch reception.next() {
            case .halt: return
            case .listener(let listener):
                if let connection = reception.accept(from: listener) { serve(connection) }
            case .connection(let connection):
                if reception.connections.claim(connection) { serve(connection) }
            case .arrival(let connection):
                if let arrival = doorkeeper.arrival(from: connection), answer(arrival, on: connection),
                    reception.leave(connection)
                {
                    serve(connection)
                }
            case .handover: reception.takeOver()
            case nil: continue
            }
        }
    }

    /// Serves a connection for as long as something comes on it.
    private mutating func serve(_ connection: Int32) {
        while attend(connection), reception.leave(connection) {}
    }

    /// Looks at what a connection has for us, and tells whether it stays. Nothing is read before the request is whole.
    private mutating func attend(_ connection: Int32) -> Bool {
        let count = unsafe peeked.withUnsafeMutableBytes { buffer in
            unsafe system_peek(connection, buffer.baseAddress, buffer.count)
        }
        if count == -Int(EAGAIN) { return true }
        if count == -Int(EINTR) { return attend(connection) }
        guard count > 0 else { return close(connection) }
        var walker = RecordWalker()
        switch walker.walk(peeked.span.extracting(0..<count)) {
        case .malformed:
            return close(connection)
        case .incomplete:
            doorkeeper.take(connection)
            return false
        case .whole:
            guard request.read(from: connection) else {
                // libfcgi has closed the connection.
                reception.connections.forget(connection)
                return false
            }
            return answer(walker, on: connection, body: body(in: walker), isSound: walker.walked == count)
        }
    }

    private func close(_ connection: Int32) -> Bool {
        reception.close(connection)
        return false
    }

    /// Lets libfcgi read a gathered request from memory, and answers on the connection; tells whether that stays.
    private mutating func answer(_ arrival: Doorkeeper.Arrival, on connection: Int32) -> Bool {
        let file = unsafe arrival.octets.withUnsafeBytes { octets in
            unsafe system_memory_file(octets.baseAddress, octets.count)
        }
        guard file >= 0, request.read(from: file) else { return close(connection) }
        let body = arrival.walker.bodyCount > settings.maxBody ? .tooLarge : body(in: arrival.walker)
        Glibc.close(file)
        return answer(arrival.walker, on: connection, body: body, isSound: arrival.isSound)
    }

    /// Answers, and tells whether the connection stays. All that had come on it has been read then, or it does not.
    private mutating func answer(
        _ walker: RecordWalker, on connection: Int32, body: FastCGIBody?, isSound: Bool
    ) -> Bool {
        let keeps = request.keepsConnection && request.role == .responder && isSound && body != nil
        request.copyParameters(to: &parameters)
        let response = handler(
            FastCGIRequest(
                role: request.role, parameters: parameters,
                body: announced(body ?? .short, in: parameters)))
        let sent = request.answer(response, to: connection)
        if sent, keeps { return true }
        part(from: connection)
        return false
    }

    /// Standard input, read to its end; nil when the connection failed meanwhile.
    private func body(in walker: RecordWalker) -> FastCGIBody? {
        if walker.isAuthorizer { return .whole([]) }
        guard let octets = request.body(count: walker.bodyCount) else { return nil }
        return octets.count > settings.maxBody ? .tooLarge : .whole(octets)
    }

    /// The body, unless it has another length than `CONTENT_LENGTH` says (RFC 3875, 4.1.2: digits, or nothing).
    private func announced(_ body: FastCGIBody, in parameters: FastCGIParameters) -> FastCGIBody {
        guard case .whole(let octets) = body else { return body }
        guard !parameters.isRepeated(.contentLength) else { return .short }
        return Self.number(parameters.octets(of: .contentLength) ?? []) == octets.count ? body : .short
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

    /// Closes a connection so that the answer on it is not lost: TCP resets when unread octets are thrown away.
    private func part(from connection: Int32) {
        shutdown(connection, Int32(SHUT_WR))
        var octets = [UInt8](repeating: 0, count: 4096)
        for _ in 0..<256 {
            let count = unsafe octets.withUnsafeMutableBytes { buffer in
                unsafe system_receive(connection, buffer.baseAddress, buffer.count)
            }
            if count <= 0 { break }
        }
        reception.close(connection)
    }
}
