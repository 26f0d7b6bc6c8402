import CFastCGI
import CSystem
import Glibc

/// Writes the records of an answer (FastCGI 1.0, 5.3 and 5.5).
enum RecordWriter {
    /// Writes the whole answer to a request and its end; false when the web server did not take it.
    static func write(_ response: FastCGIResponse, to requestID: UInt16, on connection: Int32) -> Bool {
        send(records(response.octets, of: requestID).span, on: connection)
    }

    /// Standard output in records as long as they may be, its end, and the end of the request.
    static func records(_ output: [UInt8], of requestID: UInt16) -> [UInt8] {
        let most = Int(FCGI_MAX_LENGTH)
        var records: [UInt8] = []
        records.reserveCapacity(output.count + 8 * (4 + output.count / most))
        var index = 0
        while index < output.count {
            let end = min(index + most, output.count)
            append(RecordHeader(FCGI_STDOUT, of: requestID, content: end - index).octets, to: &records)
            records += output[index..<end]
            index = end
        }
        append(RecordHeader(FCGI_STDOUT, of: requestID).octets, to: &records)
        append(RecordHeader(FCGI_END_REQUEST, of: requestID, content: 8).octets, to: &records)
        // The application's status and the protocol's, FCGI_REQUEST_COMPLETE: both 0.
        append(0, to: &records)
        return records
    }

    private static func append(_ word: UInt64, to records: inout [UInt8]) {
        unsafe withUnsafeBytes(of: word.bigEndian) { unsafe records.append(contentsOf: $0) }
    }

    /// Waits as long as the connection's time-out allows when the web server takes the octets slowly.
    private static func send(_ octets: Span<UInt8>, on connection: Int32) -> Bool {
        var index = 0
        while index < octets.count {
            let sent = unsafe octets.extracting(droppingFirst: index).withUnsafeBytes {
                unsafe system_send(connection, $0.baseAddress, $0.count)
            }
            if sent == -Int(EINTR) { continue }
            guard sent > 0 else { return false }
            index += sent
        }
        return true
    }
}
