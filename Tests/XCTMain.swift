import Glibc
import Testing
import XCTest

/// Runs the unit tests. With an entry point of their own, the build need not search all modules for tests of XCTest's.
@main
enum UnitTests {
    static func main() async {
        switch CommandLine.arguments.dropFirst().first {
        case "--dump-tests-json":
            // `swift test --filter` asks for the tests of XCTest's first: there are none.
            XCTMain([])
        case "''":
            // And then for none of them.
            print("filter with: swift test --enable-swift-testing --filter NAME")
            exit(EX_USAGE)
        case _:
            await Testing.__swiftPMEntryPoint() as Never
        }
    }
}
