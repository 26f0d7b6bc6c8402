import CSystem
import Glibc

/// What one thread does: take whoever is ready, answer now or later, let the connection wait again.
struct RequestLoop: ~Copyable {
    /// Octets that are read at once; the rest of a longer request is the doorkeeper's.
    private static let window = 32768
    /// A request that took a thread less than this did not make it wait.
    private static let prompt: Duration = .microseconds(30)

    private let shift: Duty.Shift
    private let reception: Reception
    private let doorkeeper: Doorkeeper
    private let settings: FastCGISettings
    private let responder: any Responder
    private var reader: RequestReader
    /// Not filled at first: a page of it that no request has needed takes no memory.
    private var window = unsafe [UInt8](unsafeUninitializedCapacity: window) { $1 = $0.count }
    /// Whether the last request did not make the thread wait: the next one may be there before it has gone to sleep.
    private var lingers = false

    /// The loop of the calling thread, with the responder made on it.
    init(
        shift: Duty.Shift, reception: Reception, doorkeeper: Doorkeeper, settings: FastCGISettings,
        responder: any Responder
    ) {
        self.shift = shift
        self.reception = reception
        self.doorkeeper = doorkeeper
        self.settings = settings
        self.responder = responder
        reader = RequestReader(maxBody: settings.maxBody)
    }

    /// Works until the reception closes.
    mutating func run() {
        while shift.look() {
            // Others may wait since the thread had a place the last time.
            catchUp()
            switch reception.next(lingering: lingers, within: responder.patience) {
            case .bell: return
            case .listener(let listener):
                if let connection = reception.accept(from: listener) { serve(connection) }
            case .connection(let connection):
                if reception.connections.claim(connection) { serve(connection) }
            case .arrival(let connection):
                if let arrival = doorkeeper.arrival(from: connection),
                    answer(arrival.reader, on: connection, isSound: arrival.isSound), reception.leave(connection)
                {
                    serve(connection)
                }
            case .handover: reception.takeOver()
            case nil: break
            }
            catchUp()
        }
    }

    /// Gives the answers that were left for later, and serves those who have asked something else already then.
    private mutating func catchUp() {
        var called: [Int32] = []
        repeat {
            if let connection = called.popLast() { serve(connection) }
            responder.catchUp { response, recipient in
                if send(response, to: recipient), reception.leave(recipient.connection) {
                    called.append(recipient.connection)
                }
            }
        } while !called.isEmpty
    }

    /// Serves a connection for as long as something comes on it.
    private mutating func serve(_ connection: Int32) {
        while attend(connection), reception.leave(connection) {}
    }

    /// Reads what a connection has for us, and tells whether it stays. Nobody waits here for the rest of a request.
    private mutating func attend(_ connection: Int32) -> Bool {
        let count = unsafe window.withUnsafeMutableBytes { buffer in
            unsafe system_receive(connection, buffer.baseAddress, buffer.count)
        }
        if count == -Int(EAGAIN) { return true }
        if count == -Int(EINTR) { return attend(connection) }
        guard count > 0 else { return close(connection) }
        defer { reader.reset() }
        let read = Self.read(window, count, by: &reader)
        switch reader.progress {
        case .malformed:
            return close(connection)
        case .incomplete:
            doorkeeper.take(connection, reader)
            return false
        case .whole:
            return answer(reader, on: connection, isSound: read == count)
        }
    }

    /// Has octets of the window read, and tells how many are of the request.
    private static func read(_ window: [UInt8], _ count: Int, by reader: inout RequestReader) -> Int {
        reader.read(window.span.extracting(0..<count))
    }

    private func close(_ connection: Int32) -> Bool {
        reception.close(connection)
        return false
    }

    /// Answers a request, and tells whether the connection is the caller's still, for another one: not when the answer comes
    /// later, and not when more had come on it than that request.
    private mutating func answer(_ request: RequestReader, on connection: Int32, isSound: Bool) -> Bool {
        let began = ContinuousClock.now
        defer { lingers = ContinuousClock.now - began < Self.prompt }
        let recipient = Recipient(
            connection: connection, requestID: request.requestID,
            // Whether standard input follows for an authorizer differs between web servers.
            stays: request.keepsConnection && request.role == .responder && isSound)
        guard let response = responder.answer(FastCGIRequest(request), to: recipient) else { return false }
        return send(response, to: recipient)
    }

    /// Sends an answer, and tells whether the connection stays.
    private func send(_ response: FastCGIResponse, to recipient: Recipient) -> Bool {
        let isSent = RecordWriter.write(response, to: recipient.requestID, on: recipient.connection)
        if isSent, recipient.stays { return true }
        part(from: recipient.connection)
        return false
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
