import Glibc
import Testing

@testable import AuthFCGI

/// Lines get out whole or not at all, and a log that nobody reads stops nobody.
struct LoggingOutputTests {
    @Test func `a line is written whole`() throws {
        let pipe = try LoggingPipe()
        let output = LogOutput(descriptor: pipe.writer)
        output.write { dropped in Array("a \(dropped)\n".utf8) }
        #expect(pipe.lines() == ["a 0"])
    }

    @Test func `lines that find no reader are dropped and counted`() throws {
        let pipe = try LoggingPipe(isBlocking: false)
        pipe.resize(4096)
        let output = LogOutput(descriptor: pipe.writer)
        let line = [UInt8](repeating: 0x61, count: 3999) + [0x0A]
        let start = ContinuousClock.now
        for _ in 0..<4 { output.write { _ in line } }
        #expect(ContinuousClock.now - start < .seconds(3))
        #expect(pipe.drain() == line)
        output.write { dropped in Array("dropped=\(dropped)\n".utf8) }
        output.write { dropped in Array("dropped=\(dropped)\n".utf8) }
        #expect(pipe.lines() == ["dropped=3", "dropped=0"])
    }

    @Test func `a line that was torn is ended before the next`() throws {
        let pipe = try LoggingPipe(isBlocking: false)
        pipe.resize(4096)
        let output = LogOutput(descriptor: pipe.writer)
        output.write { _ in [UInt8](repeating: 0x61, count: 8191) + [0x0A] }
        let torn = pipe.drain()
        #expect(torn.count == 4096 && !torn.contains(0x0A))
        output.write { dropped in Array("next \(dropped)\n".utf8) }
        #expect(String(decoding: pipe.drain(), as: UTF8.self) == "\nnext 1\n")
    }

    @Test func `a descriptor that takes nothing costs nothing but the line`() {
        let output = LogOutput(descriptor: -1)
        var last = -1
        for _ in 0..<3 {
            output.write { dropped in
                last = dropped
                return [0x0A]
            }
        }
        #expect(last == 2)
    }

    @Test func `lines of many threads do not mix`() async throws {
        let pipe = try LoggingPipe()
        pipe.resize(1_048_576)
        let output = LogOutput(descriptor: pipe.writer)
        await withTaskGroup(of: Void.self) { group in
            for letter in "abcd" {
                group.addTask {
                    for _ in 0..<20 {
                        output.write { _ in Array((String(repeating: letter, count: 4000) + "\n").utf8) }
                    }
                }
            }
        }
        let lines = pipe.lines()
        #expect(lines.count == 80)
        #expect(lines.allSatisfy { line in line.count == 4000 && Set(line).count == 1 })
    }

    @Test func `the journal is known by its device and inode`() throws {
        let pipe = try LoggingPipe()
        var status = stat()
        #expect(unsafe fstat(pipe.writer, &status) == 0)
        let right = "\(status.st_dev):\(status.st_ino)"
        #expect(LogOutput.isJournal(pipe.writer, environment: ["JOURNAL_STREAM": right]))
        for wrong in ["", ":", "1", "\(status.st_dev):1", "x:\(status.st_ino)", right + ":", right + ":1"] {
            #expect(!LogOutput.isJournal(pipe.writer, environment: ["JOURNAL_STREAM": wrong]))
        }
        #expect(!LogOutput.isJournal(pipe.writer, environment: [:]))
        #expect(!LogOutput.isJournal(-1, environment: ["JOURNAL_STREAM": right]))
    }
}
